//! The `_key` of each block: made from what the block says, and kept through edits.
//!
//! Promises: keys are unique within a document; the same text gives the same keys; a block whose words did
//! not change keeps the key that it had, wherever it moved, and one that was edited in its place keeps it
//! too.

use std::collections::{HashMap, HashSet, VecDeque};

use sha2::{Digest, Sha256};

use super::blocks::{Block, Content};
use super::{Document, to_text};

impl Document {
    /// Gives a key to each block that has none or another's.
    pub(super) fn make_keys(&mut self) {
        let mut taken: HashSet<String> = HashSet::with_capacity(self.blocks.len());
        let mut last: HashMap<String, usize> = HashMap::new();
        for block in &mut self.blocks {
            if !block.key.is_empty() && taken.insert(block.key.clone()) {
                continue;
            }
            let key = content_key(block);
            block.key = unique(key, &mut taken, &mut last);
        }
    }

    /// Takes over the keys of an earlier state of the document.
    pub fn keep_keys_of(&mut self, old: &Self) {
        let mut keys: Vec<Option<String>> = vec![None; self.blocks.len()];
        let mut free: HashSet<&str> = old.blocks.iter().map(|block| block.key.as_str()).collect();
        self.keep_same(old, &mut keys, &mut free);
        self.keep_unchanged(old, &mut keys, &mut free);
        self.keep_edited(old, &mut keys, &mut free);
        let mut taken: HashSet<String> = keys.iter().flatten().cloned().collect();
        let mut last = HashMap::new();
        for (block, key) in self.blocks.iter_mut().zip(keys) {
            block.key = key.unwrap_or_else(|| unique(std::mem::take(&mut block.key), &mut taken, &mut last));
        }
    }

    /// Blocks that have their key and their words.
    fn keep_same<'o>(&self, old: &'o Self, keys: &mut [Option<String>], free: &mut HashSet<&'o str>) {
        let before: HashMap<&str, String> =
            old.blocks.iter().map(|block| (block.key.as_str(), signature(block))).collect();
        for (block, key) in self.blocks.iter().zip(keys) {
            if before.get(block.key.as_str()).is_some_and(|words| *words == signature(block))
                && free.remove(block.key.as_str())
            {
                *key = Some(block.key.clone());
            }
        }
    }

    /// Blocks whose words stood under another key.
    fn keep_unchanged<'o>(&self, old: &'o Self, keys: &mut [Option<String>], free: &mut HashSet<&'o str>) {
        let mut before: HashMap<String, VecDeque<&str>> = HashMap::new();
        for block in old.blocks.iter().filter(|block| free.contains(block.key.as_str())) {
            before.entry(signature(block)).or_default().push_back(&block.key);
        }
        for (block, key) in self.blocks.iter().zip(keys).filter(|(_, key)| key.is_none()) {
            if let Some(kept) = before.get_mut(&signature(block)).and_then(VecDeque::pop_front) {
                free.remove(kept);
                *key = Some(kept.to_owned());
            }
        }
    }

    /// Blocks that were edited: known by their key, or, where as many blocks of the same kinds stand between
    /// the same neighbours, by their place.
    fn keep_edited<'o>(&self, old: &'o Self, keys: &mut [Option<String>], free: &mut HashSet<&'o str>) {
        for (block, key) in self.blocks.iter().zip(keys.iter_mut()).filter(|(_, key)| key.is_none()) {
            if free.remove(block.key.as_str()) {
                *key = Some(block.key.clone());
            }
        }
        let places: HashMap<&str, usize> =
            old.blocks.iter().enumerate().map(|(at, block)| (block.key.as_str(), at)).collect();
        let place = |key: Option<&Option<String>>| key.and_then(|key| places.get(key.as_deref()?)).copied();
        let mut start = 0;
        while start < keys.len() {
            let end =
                keys[start..].iter().position(Option::is_some).map_or(keys.len(), |offset| start + offset);
            let after = start.checked_sub(1).map_or(Some(0), |at| place(keys.get(at)).map(|at| at + 1));
            let before = if end == keys.len() { Some(old.blocks.len()) } else { place(keys.get(end)) };
            let gap = after
                .zip(before)
                .and_then(|(after, before)| old.blocks.get(after..before))
                .unwrap_or_default();
            let is_same = |(new, old): (&Block, &Block)| {
                std::mem::discriminant(&new.content) == std::mem::discriminant(&old.content)
                    && free.contains(old.key.as_str())
            };
            if gap.len() == end - start && self.blocks[start..end].iter().zip(gap).all(is_same) {
                for (key, block) in keys[start..end].iter_mut().zip(gap) {
                    free.remove(block.key.as_str());
                    *key = Some(block.key.clone());
                }
            }
            start = end + 1;
        }
    }
}

/// What makes a block the same through edits: its words, or where it has none its content.
fn signature(block: &Block) -> String {
    match &block.content {
        Content::Text(text) => format!("text {}", text.inline.text()),
        Content::Image(image) => format!("image {:?} {:?}", image.media, image.url),
        Content::Quote(_) | Content::Table(_) | Content::Code(_) => {
            format!("words {}", to_text::block_words(block))
        }
        Content::Gallery(_)
        | Content::Embed(_)
        | Content::Divider
        | Content::Related(_)
        | Content::Promo(_) => {
            format!("content {}", serde_json::to_string(&block.content).unwrap_or_default())
        }
    }
}

/// A short key from the content alone.
fn content_key(block: &Block) -> String {
    let digest = Sha256::digest(signature(block).as_bytes());
    digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

fn unique(key: String, taken: &mut HashSet<String>, last: &mut HashMap<String, usize>) -> String {
    if taken.insert(key.clone()) {
        return key;
    }
    let number = last.entry(key.clone()).or_insert(1);
    loop {
        *number += 1;
        let numbered = format!("{key}-{number}");
        if taken.insert(numbered.clone()) {
            return numbered;
        }
    }
}
