//! Keys stay with their blocks, and changes are told by them.

use super::read;
use wiredesk::body::{ChangeOp, Document, diff};

fn keys(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.key.as_str()).collect()
}

fn saved(old: &Document, html: &str) -> Document {
    let mut new = read(html);
    new.keep_keys_of(old);
    new
}

#[test]
fn reading_the_same_html_gives_the_same_unique_keys() {
    let input = "<p>a</p><p>a</p><p>b</p><hr><hr>";
    let document = read(input);
    assert_eq!(document, read(input));
    assert_eq!(keys(&document).iter().collect::<std::collections::HashSet<_>>().len(), 5);
}

#[test]
fn a_block_whose_text_is_unchanged_keeps_its_key_wherever_it_goes() {
    let mut old = read("<p>a</p><p>b</p><p>b</p><img src='/x.jpg'>");
    for (block, key) in old.blocks.iter_mut().zip(["k1", "k2", "k3", "k4"]) {
        block.key = key.into();
    }
    let new = saved(&old, "<img src='/x.jpg' alt='now'><p>b</p><p>new</p><h2>a</h2><p>b</p>");
    assert_eq!(keys(&new)[0], "k4");
    assert_eq!(keys(&new)[1], "k2");
    assert!(!["k1", "k2", "k3", "k4"].contains(&keys(&new)[2]));
    assert_eq!(&keys(&new)[3..], ["k1", "k3"]);
}

#[test]
fn an_edited_block_keeps_the_key_of_its_place() {
    let old = read("<p>a</p><p>bb</p><p>c</p>");
    let new = saved(&old, "<p>a</p><p>bb, edited</p><p>c</p>");
    assert_eq!(keys(&new), keys(&old));
    let changes = diff(&old, &new);
    assert_eq!(changes.iter().map(|change| change.op).collect::<Vec<_>>(), [ChangeOp::Changed]);
    assert_eq!(changes[0].from["children"][0]["text"], "bb");
}

#[test]
fn a_key_is_never_given_twice() {
    let mut old = read("<p>a</p><p>b</p>");
    let spare = read("<p>c</p>").blocks[0].key.clone();
    old.blocks[0].key = spare.clone();
    let new = saved(&old, "<p>c</p><p>a</p><p>b</p>");
    assert_eq!(keys(&new).iter().collect::<std::collections::HashSet<_>>().len(), 3);
    assert_eq!(keys(&new)[1], spare);
}

#[test]
fn the_diff_names_what_was_added_removed_changed_and_moved() {
    let old = read("<p>a</p><p>b</p><p>c</p><p>d</p>");
    let new = saved(&old, "<p>d</p><p>a</p><h2>c</h2><p>e</p><p>f</p>");
    let told: Vec<(ChangeOp, String)> =
        diff(&old, &new).into_iter().map(|change| (change.op, change.key)).collect();
    let key = |at: usize| old.blocks[at].key.clone();
    assert_eq!(
        told,
        [
            (ChangeOp::Removed, key(1)),
            (ChangeOp::Moved, key(3)),
            (ChangeOp::Changed, key(2)),
            (ChangeOp::Added, new.blocks[3].key.clone()),
            (ChangeOp::Added, new.blocks[4].key.clone()),
        ]
    );
    assert_eq!(diff(&old, &old), []);
}
