//! `wiredesk demo`: a newsroom of our own words in a folder of its own, with fresh credentials, served until it
//! is stopped.
//!
//! The folder is the one that the settings name, or `./demo-data`. What stands there is thrown away where an
//! earlier demo made it, and never otherwise.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use super::{Done, Failure, import, open, serve};
use crate::app::App;
use crate::auth::keys::{self, Maker, NewKey};
use crate::auth::users::{self, State, UserFields};
use crate::auth::{Password, PasswordHash, Role, Scope, partners, secrets};
use crate::config::Config;
use crate::db::Actor;
use crate::error::Result;
use crate::transfer::Source;

/// The newsroom.
const BUNDLE: &str = include_str!("../../demo/newsroom.ndjson");
/// The file that says whose folder it is.
const MARK: &str = "this-is-a-demo";
/// Where the demo lives, where the settings name no folder.
const FOLDER: &str = "./demo-data";

/// Makes the demo and serves it.
pub fn run(config: Config) -> Done {
    let named = config.data_dir.as_path() != Path::new("./data");
    let folder = if named { config.data_dir.clone() } else { PathBuf::from(FOLDER) };
    // Before anything is thrown away: a demo that still runs has the port.
    TcpListener::bind(config.bind)
        .map_err(|error| Failure::Fault(format!("cannot listen on {}: {error}", config.bind)))?;
    make_fresh(&folder)?;
    let database_url = format!("sqlite://{}", folder.join("newsroom.db").display());
    let app = open(Config { data_dir: folder, database_url, ..config })?;
    import::quietly(&app, &Source::text(BUNDLE))?;
    let credentials = app.db.write_now(Actor::system(), credentials)?.value;
    tell(&app, &credentials);
    serve(app)
}

/// Empties the folder of an earlier demo, or makes a new one; any other that holds something is refused.
fn make_fresh(folder: &Path) -> Done {
    let told = |error: std::io::Error| Failure::Fault(format!("{}: {error}", folder.display()));
    let held = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<std::io::Result<Vec<_>>>().map_err(told)?,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(told(error)),
    };
    let is_demo = held.iter().any(|entry| entry.file_name() == MARK);
    if !held.is_empty() && !is_demo {
        return Err(Failure::Fault(format!(
            "{} holds something that no demo made: name an empty folder in WIREDESK_DATA_DIR",
            folder.display()
        )));
    }
    for entry in held.iter().filter(|entry| entry.file_name() != MARK) {
        if entry.file_type().map_err(told)?.is_file() {
            fs::remove_file(entry.path()).map_err(told)?;
        }
    }
    secrets::make_folder(folder)?;
    fs::write(
        folder.join(MARK),
        "Made by `wiredesk demo`, which throws everything here away at its next start.\n",
    )
    .map_err(told)
}

/// What the demo's visitors use.
struct Credentials {
    email: &'static str,
    password: String,
    read: String,
    write: String,
    partner: String,
}

fn credentials(tx: &mut crate::db::Tx) -> Result<Credentials> {
    let email = "editor@courier.example";
    let password: String = secrets::random_word().chars().take(24).collect();
    let hash = PasswordHash::of(&Password::typed(&password))?;
    let editor = UserFields {
        email: email.to_owned(),
        name: "Editor of the day".to_owned(),
        role: Role::Editor,
        state: State::Active,
        may_publish: true,
        author: None,
        desks: Vec::new(),
    };
    users::create(tx, editor, Some(hash))?;
    let ferryman = partners::read(tx, "the-ferryman")?;
    let mut key = |name: &str, scope, partner| {
        let new = NewKey { name: name.to_owned(), scope, partner, addresses: Vec::new(), expires_at: None };
        keys::create(tx, &Maker::house(), new).map(|made| made.key)
    };
    Ok(Credentials {
        email,
        password,
        read: key("demo: read", Scope::Read, None)?,
        write: key("demo: write", Scope::Write, None)?,
        partner: key("demo: The Ferryman", Scope::Partner, Some(ferryman.id))?,
    })
}

fn tell(app: &App, credentials: &Credentials) {
    let url = &app.config.public_url;
    let Credentials { email, password, read, write, partner } = credentials;
    println!("The Harbour Courier is served at {url}, its documentation at {url}/docs/\n");
    println!("editor       {email}");
    println!("password     {password}");
    println!("read key     {read}");
    println!("write key    {write}");
    println!("partner key  {partner}\n");
    println!("curl '{url}/v1/articles/last-night-at-the-lighthouse/page'");
    println!("curl '{url}/v1/articles?section=harbour&limit=5'");
    println!(
        "curl -H 'Authorization: Bearer {partner}' '{url}/v1/articles/last-night-at-the-lighthouse/republish'"
    );
    println!("curl '{url}/v1/articles/coast-road-closed-after-rockfall/rights'");
    println!(
        "curl -H 'Authorization: Bearer {write}' -H 'Content-Type: application/json' \
         -d '{{\"headline\": \"A story of your own\"}}' '{url}/v1/admin/articles'"
    );
    if !app.config.bind.ip().is_loopback() {
        eprintln!(
            "warning: {} can be reached from elsewhere: whoever sees these credentials can use them",
            app.config.bind
        );
    }
}
