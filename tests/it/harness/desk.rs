//! A desk: an installation of its own, callers of each kind, and a clock that the test sets.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use serde_json::Value;
use tempfile::TempDir;
use wiredesk::app::App;
use wiredesk::config::Config;
use wiredesk::db::types::Stamp;
use wiredesk::server::{self, Shared};

use super::answer::Answer;
use super::database::{self, Schema};
use super::document;

/// The instant at which every desk opens: 2026-05-01T09:30:00Z.
pub const OPENING: &str = "2026-05-01T09:30:00Z";

/// An installation, closed when the test ends.
pub struct Desk {
    shared: Shared,
    clock: Arc<AtomicI64>,
    engine: &'static str,
    settings: BTreeMap<String, String>,
    // Dropped last: the database under the installation. A second node has none of its own.
    _folder: Option<TempDir>,
    _schema: Option<Schema>,
}

/// A desk on each engine there is.
pub fn desks() -> Vec<Desk> {
    let mut desks = vec![Desk::on_sqlite(&[])];
    desks.extend(database::postgres_url().map(|server| Desk::on_postgres(&server, &[])));
    desks
}

impl Desk {
    /// A desk on SQLite, with settings beside the defaults.
    pub fn on_sqlite(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = database::sqlite(&folder);
        Self::open("sqlite", url, folder, None, settings)
    }

    /// A desk on PostgreSQL, with settings beside the defaults.
    pub fn on_postgres(server: &str, settings: &[(&str, &str)]) -> Self {
        let schema = Schema::new(server);
        let folder = tempfile::tempdir().unwrap();
        Self::open("postgres", schema.url(), folder, Some(schema), settings)
    }

    fn open(
        engine: &'static str,
        url: String,
        folder: TempDir,
        schema: Option<Schema>,
        settings: &[(&str, &str)],
    ) -> Self {
        println!("on {engine}");
        let mut values = BTreeMap::from([
            ("DATABASE_URL".to_owned(), url),
            ("DATABASE_CONNECTIONS".to_owned(), "3".to_owned()),
            ("WIREDESK_DATA_DIR".to_owned(), folder.path().display().to_string()),
            ("WIREDESK_PUBLIC_URL".to_owned(), "https://api.courier.example".to_owned()),
        ]);
        values.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let opening = Stamp::parse(OPENING).unwrap();
        Desk { _folder: Some(folder), _schema: schema, ..Self::start(engine, values, opening) }
    }

    fn start(engine: &'static str, settings: BTreeMap<String, String>, now: Stamp) -> Self {
        let clock = Arc::new(AtomicI64::new(now.0));
        let hand = clock.clone();
        let config = Config::from_values(settings.clone()).unwrap();
        let app = App::open(config, Arc::new(move || Stamp(hand.load(Ordering::SeqCst)))).unwrap();
        Desk { shared: Shared::new(app), clock, engine, settings, _folder: None, _schema: None }
    }

    /// Another node on the same database, with a clock of its own and settings that differ.
    pub fn second_node(&self, settings: &[(&str, &str)]) -> Self {
        let mut values = self.settings.clone();
        values.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Self::start(self.engine, values, self.app().db.now())
    }

    /// `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        self.engine
    }

    /// The App.
    pub fn app(&self) -> &App {
        self.shared.app()
    }

    /// Moves the clock on.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set_clock(&self, instant: &str) {
        self.clock.store(Stamp::parse(instant).unwrap().0, Ordering::SeqCst);
    }

    /// Writes down what was counted, as the server does each second and when it stops.
    pub fn counts(&self) {
        self.tries_to_count().unwrap();
    }

    /// As `counts`, where it may fail.
    pub fn tries_to_count(&self) -> wiredesk::error::Result<()> {
        // Away from the test's own threads, as jobs are.
        thread::scope(|scope| scope.spawn(|| server::count(self.app())).join().unwrap())
    }

    /// Nobody in particular.
    pub fn anyone(&self) -> Call<'_> {
        Call { desk: self, credential: None, headers: Vec::new(), address: None }
    }

    /// Whoever has this credential.
    pub fn bearer(&self, credential: impl Into<String>) -> Call<'_> {
        Call { desk: self, credential: Some(credential.into()), headers: Vec::new(), address: None }
    }
}

/// A caller, and the headers that they send along.
#[derive(Clone)]
pub struct Call<'d> {
    desk: &'d Desk,
    credential: Option<String>,
    headers: Vec<(String, String)>,
    address: Option<SocketAddr>,
}

impl Call<'_> {
    /// The same with a header.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same from another address.
    pub fn from(mut self, address: &str) -> Self {
        self.address = Some(SocketAddr::new(address.parse().unwrap(), 40_000));
        self
    }

    /// GET.
    pub async fn get(&self, uri: &str) -> Answer {
        self.send("GET", uri, None).await
    }

    /// HEAD.
    pub async fn head(&self, uri: &str) -> Answer {
        self.send("HEAD", uri, None).await
    }

    /// POST of a JSON body.
    pub async fn post(&self, uri: &str, body: Value) -> Answer {
        self.send("POST", uri, Some(("application/json", body.to_string().into_bytes()))).await
    }

    /// POST without a body.
    pub async fn act(&self, uri: &str) -> Answer {
        self.send("POST", uri, None).await
    }

    /// PUT of a JSON body.
    pub async fn put(&self, uri: &str, body: Value) -> Answer {
        self.send("PUT", uri, Some(("application/json", body.to_string().into_bytes()))).await
    }

    /// PATCH of a merge patch.
    pub async fn patch(&self, uri: &str, body: Value) -> Answer {
        self.send("PATCH", uri, Some(("application/merge-patch+json", body.to_string().into_bytes()))).await
    }

    /// DELETE.
    pub async fn delete(&self, uri: &str) -> Answer {
        self.send("DELETE", uri, None).await
    }

    /// Any method with any body.
    pub async fn send(&self, method: &str, uri: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        let mut request = TestRequest::with_uri(uri).method(method.parse().unwrap());
        if let Some(address) = self.address {
            request = request.peer_addr(address);
        }
        if let Some(credential) = &self.credential {
            request = request.insert_header(("authorization", format!("Bearer {credential}")));
        }
        for (name, value) in &self.headers {
            request = request.append_header((name.as_str(), value.as_str()));
        }
        if let Some((kind, bytes)) = body {
            request = request.insert_header(("content-type", kind)).set_payload(bytes);
        }
        let service = init_service(server::service(self.desk.shared.clone())).await;
        let response = call_service(&service, request.to_request()).await;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = read_body(response).await.to_vec();
        let answer = Answer { status, headers, bytes };
        document::check(method, uri, &answer);
        answer
    }
}
