//! The commands, run as a script runs them: what is on stdout, what on stderr, and the exit code.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::PAGE;

/// The program on a data folder of its own, with nothing else set.
fn wiredesk(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wiredesk"));
    command.env_clear().env("WIREDESK_DATA_DIR", folder).env("WIREDESK_LOG", "warn");
    // Nothing of this repository's `.env` is read.
    command.current_dir(folder.parent().unwrap());
    command
}

struct Place {
    _outer: TempDir,
    folder: PathBuf,
}

fn place() -> Place {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("data");
    Place { _outer: outer, folder }
}

fn run(command: &mut Command) -> (i32, String, String) {
    told(command.output().unwrap())
}

fn told(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn fed(command: &mut Command, text: &str) -> (i32, String, String) {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    told(child.wait_with_output().unwrap())
}

#[test]
fn a_bundle_goes_in_from_a_file_and_from_a_pipe_and_out_again() {
    let place = place();
    let file = place.folder.with_file_name("page.ndjson");
    fs::write(&file, PAGE).unwrap();
    let (code, out, _) = run(wiredesk(&place.folder).arg("import").arg(&file));
    assert_eq!(code, 0);
    let counts: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(counts["article"], json!({"made": 9, "changed": 0, "unchanged": 0}));
    let (code, out, _) = fed(wiredesk(&place.folder).args(["import", "-"]), PAGE);
    assert_eq!(code, 0);
    let counts: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(counts["article"], json!({"made": 0, "changed": 0, "unchanged": 9}));
    let (code, out, _) = run(wiredesk(&place.folder).args(["export", "-"]));
    assert_eq!(code, 0);
    let exported = place.folder.with_file_name("out.ndjson");
    let (code, nothing, _) = run(wiredesk(&place.folder).arg("export").arg(&exported));
    assert_eq!((code, nothing.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&exported).unwrap(), out);
    assert_eq!(fs::metadata(&exported).unwrap().permissions().mode() & 0o777, 0o600);
    // Nothing of the pipe is left behind.
    let names: Vec<_> =
        fs::read_dir(&place.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().starts_with("import-")), "{names:?}");
}

#[test]
fn a_faulty_bundle_is_exit_1_with_every_fault_on_stderr() {
    let place = place();
    let text = "{\"type\": \"tag\"}\n{\"type\": \"section\", \"slug\": \"a\"}\n";
    let (code, out, err) = fed(wiredesk(&place.folder).args(["import", "-"]), text);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("line 1, slug: ") && err.contains("line 2, name: "), "{err}");
    assert!(err.contains("2 faults: nothing was stored"), "{err}");
    let (code, _, _) = fed(wiredesk(&place.folder).args(["import", "-"]), "");
    assert_eq!(code, 1);
    let (code, _, err) = run(wiredesk(&place.folder).args(["import", "not-there.ndjson"]));
    assert_eq!(code, 1);
    assert!(err.contains("not-there.ndjson"), "{err}");
    let (code, _, err) = run(wiredesk(&place.folder).args(["import", "x.xml", "--format", "wxr"]));
    assert_eq!(code, 2);
    assert!(err.contains("wxr"), "{err}");
}

#[test]
fn wrong_settings_are_told_all_at_once_with_exit_2() {
    let place = place();
    let mut command = wiredesk(&place.folder);
    command.env("WIREDESK_BIND", "nowhere").env("WIREDESK_LIMITS", "perhaps");
    command.env("DATABASE_URL", "mysql://root:hunter2@db/x");
    let (code, out, err) = run(command.arg("check"));
    assert_eq!((code, out.as_str()), (2, ""));
    for name in ["WIREDESK_BIND", "WIREDESK_LIMITS", "DATABASE_URL"] {
        assert!(err.contains(name), "{err}");
    }
    assert!(!err.contains("hunter2"), "{err}");
    // Nor in what the driver says of a URL that is mistyped.
    for url in ["postgres://u:hun@ter2@nohost.invalid/x", "postgres://u:hunt%zer2@127.0.0.1:1/x"] {
        let (code, out, err) = run(wiredesk(&place.folder).arg("check").env("DATABASE_URL", url));
        assert_eq!(code, 1);
        assert!(out.contains("fault  database: "), "{out}");
        assert!(
            !format!("{out}{err}").contains("ter2") && !format!("{out}{err}").contains("zer2"),
            "{out}{err}"
        );
    }
    let (code, _, _) = run(wiredesk(&place.folder).arg("fly"));
    assert_eq!(code, 2);
}

#[test]
fn what_is_made_is_for_its_owner_alone_and_a_readable_secret_is_refused() {
    let place = place();
    let (code, _, _) = run(wiredesk(&place.folder).arg("migrate"));
    assert_eq!(code, 0);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(place.folder.clone()), 0o700);
    assert_eq!(mode(place.folder.join("secrets")), 0o600);
    assert_eq!(mode(place.folder.join("newsroom.db")), 0o600);
    fs::set_permissions(place.folder.join("secrets"), fs::Permissions::from_mode(0o644)).unwrap();
    let (code, _, err) = run(wiredesk(&place.folder).arg("migrate"));
    assert_eq!(code, 2);
    assert!(err.contains("secrets"), "{err}");
}

#[test]
fn a_key_and_a_password_stand_alone_on_stdout() {
    let place = place();
    let user = ["user", "create", "--email", "ines@courier.example", "--name", "Inês", "--role", "editor"];
    let (code, password, _) = run(wiredesk(&place.folder).args(user));
    assert_eq!((code, password.lines().count(), password.trim().len()), (0, 1, 24));
    let (code, _, err) = run(wiredesk(&place.folder).args(user));
    assert_eq!(code, 1);
    assert!(err.contains("e-mail"), "{err}");
    let set = ["user", "password", "--email", "ines@courier.example", "--password-stdin"];
    let (code, out, _) = fed(wiredesk(&place.folder).args(set), "a long and quiet harbour\n");
    assert_eq!((code, out.as_str()), (0, ""));
    let (code, _, _) = fed(wiredesk(&place.folder).args(set), "short\n");
    assert_eq!(code, 1);
    let (code, key, _) =
        run(wiredesk(&place.folder).args(["key", "create", "--name", "desk", "--scope", "write"]));
    assert_eq!((code, key.lines().count()), (0, 1));
    assert!(key.starts_with("wd_write_"), "{key}");
    let partner = ["key", "create", "--name", "f", "--scope", "partner"];
    assert_eq!(run(wiredesk(&place.folder).args(partner)).0, 2);
    assert_eq!(run(wiredesk(&place.folder).args(partner).args(["--partner", "the-ferryman"])).0, 1);
    let line = json!({"type": "partner", "slug": "the-ferryman", "name": "The Ferryman"});
    assert_eq!(fed(wiredesk(&place.folder).args(["import", "-"]), &line.to_string()).0, 0);
    let (code, key, _) = run(wiredesk(&place.folder).args(partner).args(["--partner", "the-ferryman"]));
    assert_eq!(code, 0);
    assert!(key.starts_with("wd_partner_"), "{key}");
    let wrong = ["user", "create", "--email", "nobody", "--name", "N", "--role", "king"];
    assert_eq!(run(wiredesk(&place.folder).args(wrong)).0, 2);
}

#[test]
fn a_sound_installation_is_exit_0_line_by_line() {
    let place = place();
    fed(wiredesk(&place.folder).args(["import", "-"]), PAGE);
    let (code, out, _) = run(wiredesk(&place.folder).arg("check"));
    assert_eq!(code, 0, "{out}");
    assert!(out.lines().count() >= 7 && out.lines().all(|line| line.starts_with("ok ")), "{out}");
}

/// A server, or the demo, which ends with the test.
struct Running {
    child: Child,
    port: u16,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        command.env("WIREDESK_BIND", format!("127.0.0.1:{port}"));
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let running = Running { child, port };
        let patience = Instant::now() + Duration::from_secs(60);
        while running.get("/healthz").is_none() {
            assert!(Instant::now() < patience, "the server never answered");
            std::thread::sleep(Duration::from_millis(50));
        }
        running
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    fn stop(mut self) -> String {
        let _ = self.child.kill();
        let mut out = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        let _ = self.child.wait();
        out
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_demo_serves_its_stories_with_fresh_credentials_and_spares_real_data() {
    let place = place();
    let demo = || {
        let running = Running::start(wiredesk(&place.folder).arg("demo"));
        let page = running.get("/v1/articles/last-night-at-the-lighthouse/page").unwrap();
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("reader-support"), "{page}");
        running.stop()
    };
    let (first, second) = (demo(), demo());
    assert_eq!(first.lines().filter(|line| line.starts_with("curl ")).count(), 5);
    let credentials = |out: &str| -> Vec<String> {
        let named = ["password", "read key", "write key", "partner key"];
        let lines = out.lines().filter(|line| named.iter().any(|name| line.starts_with(name)));
        lines.map(str::to_owned).collect()
    };
    let (first, second) = (credentials(&first), credentials(&second));
    assert_eq!(first.len(), 4);
    assert!(first.iter().zip(&second).all(|(one, other)| one != other), "{first:?} {second:?}");
    let real = place.folder.with_file_name("real");
    assert_eq!(run(wiredesk(&real).arg("migrate")).0, 0);
    let (code, _, err) = run(wiredesk(&real).arg("demo").env("WIREDESK_BIND", "127.0.0.1:0"));
    assert_eq!(code, 1);
    assert!(err.contains("real"), "{err}");
    assert!(real.join("newsroom.db").exists());
}

/// A bundle of so many small stories.
fn many(count: usize) -> String {
    let mut lines = vec![
        json!({"type": "origin", "code": "own", "name": "Own", "in_house": true, "republishable": true}),
        json!({"type": "section", "slug": "harbour", "name": "Harbour"}),
    ];
    lines.extend((0..count).map(|number| {
        json!({
            "type": "article", "slug": format!("story-{number}"), "headline": format!("Story {number}"),
            "section": "harbour", "origin": "own", "status": "live", "published_at": "2026-03-14T19:30:00Z",
            "body": {"html": format!("<p>{}</p>", "The tide comes and goes. ".repeat(40))},
        })
    }));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The most memory that an import of so many stories held, in KiB.
fn peak(count: usize) -> u64 {
    let place = place();
    let file = place.folder.with_file_name("many.ndjson");
    fs::write(&file, many(count)).unwrap();
    let mut child = wiredesk(&place.folder)
        .arg("import")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(peak.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().success());
    most
}

#[test]
fn an_import_holds_no_more_memory_for_many_stories_than_for_few() {
    if !Path::new("/proc/self/status").exists() {
        return;
    }
    let (few, many) = (peak(200), peak(1200));
    println!("{few} KiB for 200 stories, {many} KiB for 1,200");
    assert!(many < few + 16 * 1024, "{few} KiB for 200 stories, {many} KiB for 1,200");
}

#[test]
fn an_import_runs_while_a_server_does() {
    let place = place();
    let server = Running::start(wiredesk(&place.folder).arg("serve"));
    let file = place.folder.with_file_name("many.ndjson");
    fs::write(&file, many(100)).unwrap();
    let (code, _, err) = run(wiredesk(&place.folder).arg("import").arg(&file));
    assert_eq!(code, 0, "{err}");
    let story = server.get("/v1/articles/story-99").unwrap();
    assert!(story.starts_with("HTTP/1.1 200"), "{story}");
}
