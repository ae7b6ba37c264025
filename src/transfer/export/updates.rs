//! Live coverage as lines: the entries of each story, the newest first, as the API lists them.

use serde_json::{Map, Value, json};

use super::{Bundle, PAGE, some};
use crate::articles::updates::{self, Update};
use crate::db::Conn;
use crate::db::ids::{ArticleId, MediaId};
use crate::error::Result;
use crate::newsroom::views::update_form;
use crate::transfer::{Kind, store};

/// How many entries are read at a time: each has its body.
const FEW: i64 = 20;

/// Writes the entries of every story, in the order of slugs. What was taken out is told to nobody.
pub fn write(conn: &mut Conn, bundle: &mut Bundle) -> Result<()> {
    let mut after = String::new();
    loop {
        let page = store::stories(conn, &after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        let ids: Vec<ArticleId> = page.iter().map(|(_, id)| *id).collect();
        let covered = store::covered(conn, &ids)?;
        for (slug, id) in page.into_iter().filter(|(_, id)| covered.contains(id)) {
            write_those_of(conn, bundle, &slug, id)?;
        }
    }
}

fn write_those_of(conn: &mut Conn, bundle: &mut Bundle, slug: &str, id: ArticleId) -> Result<()> {
    let mut last: Option<Update> = None;
    loop {
        let after = last.as_ref().map(|update| (update.at, update.id.as_str()));
        let page = updates::newest(conn, id, after, FEW)?;
        if page.is_empty() {
            return Ok(());
        }
        for update in &page {
            let what = format!("update {} of the story `{slug}`", update.id);
            bundle.worded(Kind::Update, &what, fields(conn, slug, update)?, &update.body)?;
        }
        last = page.into_iter().last();
    }
}

/// What an entry says, as staff send it, with names in the place of ids.
fn fields(conn: &mut Conn, slug: &str, update: &Update) -> Result<Map<String, Value>> {
    let mut members =
        Map::from_iter([("id".to_owned(), json!(update.id)), ("article".to_owned(), json!(slug))]);
    if let Value::Object(form) = update_form(update) {
        members.extend(form);
    }
    let authors = update.authors.iter().map(|author| json!({"slug": author.slug, "role": author.role}));
    members.insert("authors".to_owned(), authors.collect());
    let shown = update.body.mentions().media;
    let shown: Vec<MediaId> = shown.iter().filter_map(|id| id.parse().ok()).collect();
    let mut body = update.body.clone();
    body.name_media(&some(conn, &shown, store::media_keys)?);
    members.insert("body".to_owned(), json!({"blocks": body}));
    Ok(members)
}
