//! The pictures of a body and the assets behind them, as the newsroom checks them.

use std::collections::{BTreeSet, HashMap};

use super::blocks::Block;
use super::{Document, Known};

impl Document {
    /// Names each asset by its id where it was named by its key: `ids` leads from one to the other.
    pub fn name_media(&mut self, ids: &HashMap<String, String>) {
        for image in self.blocks.iter_mut().flat_map(Block::images_mut) {
            if let Some(id) = image.media.as_ref().and_then(|name| ids.get(name)) {
                image.media = Some(id.clone());
            }
        }
    }

    /// Forgets the assets behind these ids, which are no longer there; what the pictures say of themselves stays.
    pub fn forget_media(&mut self, lost: &BTreeSet<String>) {
        for image in self.blocks.iter_mut().flat_map(Block::images_mut) {
            image.media.take_if(|media| lost.contains(media));
        }
    }

    /// The pictures that have neither alternative text nor are decorative, by what they are called.
    pub fn pictures_without_alt(&self, known: &Known) -> Vec<String> {
        let resolved = self.resolved(known);
        let images = resolved.blocks.iter().flat_map(Block::images);
        images
            .filter(|image| image.alt.is_none() && !image.decorative)
            .map(|image| image.url.clone().or(image.media.clone()).unwrap_or_default())
            .collect()
    }
}
