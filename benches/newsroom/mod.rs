//! A newsroom to measure: generated stories of ordinary length, imported into a database of its own.

pub mod wire;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use wiredesk::app::App;
use wiredesk::auth::Scope;
use wiredesk::auth::keys::{self, Maker, NewKey};
use wiredesk::config::Config;
use wiredesk::db::Actor;
use wiredesk::db::types::Stamp;
use wiredesk::fields::Warning;
use wiredesk::server::Shared;
use wiredesk::transfer::{self, Source, Watch};

/// An installation with stories.
pub struct Newsroom {
    shared: Shared,
    folder: TempDir,
}

struct Silent;

impl Watch for Silent {
    fn warns(&mut self, _: usize, _: &Warning) {}
}

impl Newsroom {
    /// One with so many stories, the oldest twenty in the sections `archive` and `attic` below it.
    pub fn open(stories: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let values = BTreeMap::from([
            ("WIREDESK_DATA_DIR".to_owned(), folder.path().display().to_string()),
            ("WIREDESK_LIMITS".to_owned(), "off".to_owned()),
        ]);
        let app = App::open(Config::from_values(values).unwrap(), Arc::new(Stamp::now)).unwrap();
        let source = Source::spool(bundle(stories).as_bytes(), folder.path()).unwrap();
        transfer::import(&app.db, &source, &mut Silent).unwrap();
        Newsroom { shared: Shared::new(app), folder }
    }

    /// A key with an editor's rights.
    #[allow(dead_code)]
    pub fn write_key(&self) -> String {
        let new = NewKey {
            name: "load".to_owned(),
            scope: Scope::Write,
            partner: None,
            addresses: Vec::new(),
            expires_at: None,
        };
        let db = &self.shared.app().db;
        db.write_now(Actor::system(), move |tx| keys::create(tx, &Maker::house(), new)).unwrap().value.key
    }

    /// Where the database stands: what is measured beside it stands on the same disk.
    #[allow(dead_code)]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What a server of it shares between its workers.
    pub fn shared(&self) -> Shared {
        self.shared.clone()
    }
}

fn bundle(stories: usize) -> String {
    let mut lines = String::from(
        r#"{"type": "publication", "name": "The Harbour Courier", "base_url": "https://courier.example"}
{"type": "origin", "code": "own", "name": "The Harbour Courier", "in_house": true, "republishable": true}
{"type": "section", "slug": "archive", "name": "Archive"}
{"type": "section", "slug": "attic", "name": "Attic", "parent": "archive"}
"#,
    );
    for number in 0..10 {
        let _ = writeln!(
            lines,
            r#"{{"type": "section", "slug": "section-{number}", "name": "Section {number}"}}"#
        );
        let _ =
            writeln!(lines, r#"{{"type": "author", "slug": "author-{number}", "name": "Author {number}"}}"#);
        let _ = writeln!(lines, r#"{{"type": "tag", "slug": "tag-{number}", "name": "Tag {number}"}}"#);
    }
    for number in 0..stories {
        lines.push_str(&story(number));
    }
    lines
}

fn story(number: usize) -> String {
    let section = match number {
        0..10 => "archive".to_owned(),
        10..20 => "attic".to_owned(),
        _ => format!("section-{}", number % 10),
    };
    let paragraph = "The tide went out further than anybody could remember, and the boats lay on their sides in the mud. ";
    let body = format!("<p>{}</p>", paragraph.repeat(4)).repeat(8);
    let minutes = i64::try_from(number).unwrap_or_default();
    let at = Stamp::parse("2020-01-01T00:00:00Z").unwrap().plus_seconds(minutes * 600);
    let (author, tag, other) = (number % 10, number % 10, (number / 10) % 10);
    format!(
        r#"{{"type": "article", "slug": "story-{number}", "headline": "Story number {number} of the harbour", "section": "{section}", "authors": ["author-{author}"], "tags": ["tag-{tag}", "tag-{other}"], "origin": "own", "status": "live", "published_at": "{at}", "body": {{"html": "{body}"}}}}
"#
    )
}
