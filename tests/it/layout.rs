//! Who may import whom: the order of the rooms, held over every `use crate::` line.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from low to high; those of one step never import each other.
const STEPS: [&[&str]; 16] = [
    &["error", "config"],
    &["db"],
    &["fields"],
    &["changes", "body", "rights", "seo", "receipts", "outbound"],
    &["auth", "addresses"],
    &["articles", "readers"],
    &["publication", "authors", "taxonomy", "media"],
    &["newsroom"],
    &["curation", "popularity"],
    &["republish", "webhooks"],
    &["feeds"],
    &["pages", "transfer", "ops"],
    &["app"],
    &["api"],
    &["server"],
    &["cli"],
];

fn step(room: &str) -> Option<usize> {
    STEPS.iter().position(|rooms| rooms.contains(&room))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// Each source file: its room, its path within `src`, its text.
fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let source = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let room = name.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        (room, name, fs::read_to_string(&path).unwrap())
    };
    found.into_iter().map(source).collect()
}

/// The rooms that the `use crate::` lines of a file name, grouped imports included.
fn imports(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for statement in text.split(';') {
        let Some((_, path)) = statement.split_once("use crate::") else { continue };
        let heads: Vec<&str> = match path.trim().strip_prefix('{') {
            Some(group) => group.trim_end_matches('}').split(',').map(str::trim).collect(),
            None => vec![path],
        };
        let head = |head: &str| head.split([':', ' ', '{', ',']).next().unwrap_or_default().trim().to_owned();
        rooms.extend(heads.into_iter().map(head).filter(|room| !room.is_empty()));
    }
    rooms
}

/// The files of a room that stand above all rooms: its routes.
fn is_above_all(name: &str) -> bool {
    name.contains("routes") || name.starts_with("http/")
}

#[test]
fn a_room_imports_only_from_the_rooms_below_it() {
    let mut broken = Vec::new();
    for (room, name, text) in sources() {
        if is_above_all(&name) || ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        let own = step(&room).unwrap_or_else(|| panic!("{name}: `{room}` has no place in the order"));
        for import in imports(&text) {
            let above = step(&import).is_some_and(|other| other >= own && import != room);
            if above || (import == "http" && own < step("app").unwrap()) {
                broken.push(format!("{name} imports {import}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn diesel_stands_in_stores_and_the_database_alone_and_actix_at_the_edge() {
    let mut broken = Vec::new();
    for (room, name, text) in sources() {
        let code =
            |word: &str| text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
        if (code("use diesel") || code("diesel::")) && room != "db" && !name.contains("store") {
            broken.push(format!("{name} speaks diesel"));
        }
        let at_the_edge =
            is_above_all(&name) || ["server", "api", "cli", "app", "ops"].contains(&room.as_str());
        if code("actix_web::") && !at_the_edge {
            broken.push(format!("{name} speaks actix"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn no_file_is_longer_than_400_lines_and_each_opens_with_what_it_is() {
    let mut broken = Vec::new();
    for (_, name, text) in sources() {
        if text.lines().count() > 400 && !name.ends_with("schema.rs") {
            broken.push(format!("{name} has {} lines", text.lines().count()));
        }
        if !text.starts_with("//!") {
            broken.push(format!("{name} does not say what it is"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
