//! The process killed at random moments under write load (SECURITY-CASES FAULT-01): what was acknowledged is
//! there, nothing is half done, the log has no gap.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use rand::RngExt;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Schema, postgres_url};

const ROUNDS: usize = 30;
const WRITERS: usize = 4;

const NEWSROOM: &str = r#"{"type": "publication", "name": "The Harbour Courier", "base_url": "https://courier.example"}
{"type": "origin", "code": "own", "name": "The Harbour Courier", "in_house": true, "republishable": true}
{"type": "section", "slug": "harbour", "name": "Harbour"}
"#;

/// An installation that is killed and started again.
struct Installation {
    folder: TempDir,
    url: Option<String>,
    address: SocketAddr,
    key: String,
}

/// A server, killed by SIGKILL when it is let go of: nothing of the process runs any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Installation {
    fn new(url: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
        let mut made = Installation { folder, url, address, key: String::new() };
        let mut import =
            made.command().args(["import", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
        let import = import.as_mut().unwrap();
        import.stdin.take().unwrap().write_all(NEWSROOM.as_bytes()).unwrap();
        assert!(import.wait().unwrap().success());
        let key =
            made.command().args(["key", "create", "--name", "load", "--scope", "admin"]).output().unwrap();
        made.key = String::from_utf8(key.stdout).unwrap().trim().to_owned();
        made
    }

    fn command(&self) -> Command {
        let data: &Path = &self.folder.path().join("data");
        let mut command = Command::new(env!("CARGO_BIN_EXE_wiredesk"));
        command.env_clear().current_dir(self.folder.path());
        command.env("WIREDESK_DATA_DIR", data).env("WIREDESK_LOG", "error").env("WIREDESK_LIMITS", "off");
        command.env("WIREDESK_BIND", self.address.to_string()).stderr(Stdio::null());
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    fn serve(&self) -> Running {
        let running = Running(self.command().arg("serve").stdout(Stdio::null()).spawn().unwrap());
        for _ in 0..500 {
            if self.ask("GET", "/healthz", None).is_some() {
                return running;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not answer");
    }

    /// The status and body of an answer that came whole; none where it did not.
    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
        let (key, length) = (&self.key, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Api-Key: {key}\r\n{kind}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let status: u16 = line.split(' ').nth(1)?.parse().ok()?;
        let mut length = 0;
        loop {
            line.clear();
            reader.read_line(&mut line).ok()?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut bytes = vec![0; length];
        reader.read_exact(&mut bytes).ok()?;
        Some((status, serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    /// Takes a story on and publishes it, as often as there is an answer.
    fn write(&self, acknowledged: &Acknowledged) {
        loop {
            let number = acknowledged.next.fetch_add(1, Ordering::Relaxed);
            let story = json!({"slug": format!("story-{number}"), "headline": "A story", "section": "harbour",
                "origin": "own", "body": {"html": "<p>The lamp was lit.</p>"}});
            let Some((201, made)) = self.ask("POST", "/v1/admin/articles", Some(&story)) else { return };
            let id = made["data"]["id"].as_str().unwrap().to_owned();
            acknowledged.made.lock().unwrap().push(id.clone());
            let publish = format!("/v1/admin/articles/{id}/publish");
            let Some((200, _)) = self.ask("POST", &publish, None) else { return };
            acknowledged.live.lock().unwrap().push(id);
        }
    }
}

/// What the house said was done.
#[derive(Default)]
struct Acknowledged {
    next: AtomicU32,
    made: Mutex<Vec<String>>,
    live: Mutex<Vec<String>>,
}

fn kill_and_look(url: Option<String>) {
    let house = Installation::new(url);
    let acknowledged = Acknowledged::default();
    let mut dice = rand::rng();
    for round in 0..ROUNDS {
        let running = house.serve();
        let patience = Duration::from_millis(dice.random_range(5..250));
        thread::scope(|scope| {
            for _ in 0..WRITERS {
                scope.spawn(|| house.write(&acknowledged));
            }
            // However slow the machine is, something was acknowledged before.
            let begun = acknowledged.made.lock().unwrap().len();
            let mut waits = 0;
            while acknowledged.made.lock().unwrap().len() < begun + 2 && waits < 2_000 {
                thread::sleep(Duration::from_millis(5));
                waits += 1;
            }
            thread::sleep(patience);
            drop(running);
        });
        let sound = house.command().arg("check").output().unwrap();
        let told = String::from_utf8_lossy(&sound.stdout).into_owned();
        assert!(sound.status.success(), "round {round} after {patience:?}: {told}");
        assert!(told.contains("ok     change log") && told.contains("ok     live stories"), "{told}");
    }
    let _running = house.serve();
    let (made, live) = (acknowledged.made.lock().unwrap(), acknowledged.live.lock().unwrap());
    assert!(made.len() >= ROUNDS, "there was no load: {} stories", made.len());
    for id in made.iter() {
        let (status, story) = house.ask("GET", &format!("/v1/admin/articles/{id}"), None).unwrap();
        assert_eq!(status, 200, "{id} was acknowledged");
        let (shown, _) = house.ask("GET", &format!("/v1/articles/{id}"), None).unwrap();
        assert_eq!(shown == 200, story["data"]["state"] == "live", "{id} is half published");
        assert!(shown == 200 || !live.contains(id), "{id} was acknowledged as live");
    }
}

#[test]
fn fault_01_what_was_acknowledged_survives_a_kill_on_sqlite() {
    kill_and_look(None);
}

#[test]
fn fault_01_what_was_acknowledged_survives_a_kill_on_postgresql() {
    if let Some(server) = postgres_url() {
        let schema = Schema::new(&server);
        kill_and_look(Some(schema.url()));
    }
}
