//! Where a block goes: behind the line that it interrupts, and into the lists that are open.
//!
//! Promises: no list level is left out, an item that lacks a block of its own gets an empty one; a picture
//! inside a line waits for the line's end, so that it does not cut a sentence.

use super::super::blocks::{Block, Content, MAX_LEVEL, Text};
use super::reader::{Place, Reader};

impl Reader<'_> {
    /// Ends the line: it becomes a block, and what waited for that follows.
    pub(super) fn end_line(&mut self) {
        if let Some(inline) = self.line.take() {
            self.push(Content::Text(Text { style: self.place.style, list_item: None, inline }));
        }
        for block in std::mem::take(&mut self.waiting) {
            self.push(block.content);
        }
    }

    /// Adds a block once the line has ended.
    pub(super) fn wait(&mut self, content: Content) {
        if self.line.is_empty() { self.push(content) } else { self.waiting.push(Block::new(content)) }
    }

    /// Adds a block. In a list the first text of an item is the item; items that lack a block get an empty
    /// one.
    pub(super) fn push(&mut self, mut content: Content) {
        if let Content::Text(text) = &mut content
            && let Some(list) = self.lists.last_mut().filter(|list| !list.has_item)
        {
            list.has_item = true;
            text.list_item = Some(list.kind);
            self.fill_items(self.lists.len() - 1);
        } else {
            self.fill_items(self.lists.len());
        }
        self.add(content, self.lists.len());
    }

    /// Blocks that were read apart, added here: their lists stand in ours.
    pub(super) fn push_all(&mut self, blocks: Vec<Block>) {
        let outer = self.place.clone();
        for block in blocks {
            (self.place.lang, self.place.dir) = (block.lang, block.dir);
            self.name_next(block.anchor);
            if let Some(level) = block.level {
                self.fill_items(self.lists.len());
                let level = self.lists.len() + usize::from(level);
                self.add(block.content, level.min(usize::from(MAX_LEVEL)));
            } else {
                self.push(block.content);
            }
        }
        self.place = outer;
    }

    /// Gives an empty block to the items of the outer lists that have none.
    fn fill_items(&mut self, levels: usize) {
        for at in 0..levels {
            let list = &mut self.lists[at];
            if !std::mem::replace(&mut list.has_item, true) {
                let list_item = Some(list.kind);
                let content = Content::Text(Text { list_item, ..Text::default() });
                let level = u8::try_from(at + 1).ok();
                self.blocks.push(Block { level, anchor: self.anchor.take(), ..Block::new(content) });
            }
        }
    }

    fn add(&mut self, content: Content, level: usize) {
        let place = if content == Content::Divider { Place::default() } else { self.place.clone() };
        self.blocks.push(Block {
            level: u8::try_from(level).ok().filter(|level| *level > 0),
            lang: place.lang,
            dir: place.dir,
            anchor: self.anchor.take(),
            ..Block::new(content)
        });
    }

    /// The blocks added since there were `count`.
    pub(super) fn since(&mut self, count: usize) -> &mut [Block] {
        &mut self.blocks[count..]
    }

    pub(super) fn count(&self) -> usize {
        self.blocks.len()
    }
}
