//! Pictures, galleries and tables.
//!
//! Their inner objects (pictures of a gallery, rows, cells) may carry a `_key` and a `_type`, as Portable Text's
//! editors give them; these are not kept.

use serde_json::Value;

use super::super::blocks::{Caption, Cell, Gallery, Image, Row, Table};
use super::Faults;
use super::fields::{Fields, LINE, TEXT};
use super::text::inline;

pub(super) fn image(fields: &mut Fields) -> Option<Image> {
    let is_there = fields.value("media").is_some() || fields.value("url").is_some();
    if !is_there {
        fields.missing("media");
    }
    Some(Image {
        media: fields.reference("media"),
        url: fields.picture_url("url"),
        alt: fields.optional("alt", TEXT).map(|alt| super::from_html::collapse(&alt)),
        caption: caption(fields),
        credit: fields.line("credit"),
        width: fields.number("width", 1..=1_000_000),
        height: fields.number("height", 1..=1_000_000),
        decorative: fields.flag("decorative"),
    })
}

pub(super) fn gallery(fields: &mut Fields) -> Option<Gallery> {
    let faults = fields.faults();
    let images = not_empty(fields, "images")?;
    Some(Gallery {
        images: images
            .into_iter()
            .filter_map(|(value, pointer)| gallery_image(value, pointer, faults))
            .collect(),
    })
}

fn gallery_image(value: &Value, pointer: String, faults: &Faults) -> Option<Image> {
    let mut fields = Fields::new(value, pointer, faults)?;
    fields.ignore("_key");
    if fields.optional("_type", LINE).is_some_and(|kind| kind != "image") {
        fields.invalid("_type", "must be image");
    }
    let image = image(&mut fields);
    fields.end();
    image
}

pub(super) fn table(fields: &mut Fields) -> Option<Table> {
    let faults = fields.faults();
    let caption = caption(fields);
    let rows = not_empty(fields, "rows")?;
    Some(Table {
        caption,
        rows: rows.into_iter().filter_map(|(value, pointer)| row(value, pointer, faults)).collect(),
    })
}

fn row(value: &Value, pointer: String, faults: &Faults) -> Option<Row> {
    let mut fields = Fields::new(value, pointer, faults)?;
    fields.ignore("_key");
    fields.ignore("_type");
    let cells = not_empty(&mut fields, "cells").unwrap_or_default();
    let cells = cells.into_iter().filter_map(|(value, pointer)| cell(value, pointer, faults)).collect();
    fields.end();
    Some(Row { cells })
}

fn cell(value: &Value, pointer: String, faults: &Faults) -> Option<Cell> {
    let mut fields = Fields::new(value, pointer, faults)?;
    fields.ignore("_key");
    fields.ignore("_type");
    let header = fields.flag("header");
    let mut span = |name| {
        fields.number(name, 1..=1000).and_then(|span| u16::try_from(span).ok()).filter(|span| *span > 1)
    };
    let (colspan, rowspan) = (span("colspan"), span("rowspan"));
    let inline = inline(&mut fields);
    fields.end();
    Some(Cell { header, colspan, rowspan, inline: inline? })
}

/// `caption`, and `caption_spans` where it has marks.
fn caption(fields: &mut Fields) -> Caption {
    let plain = fields.optional("caption", TEXT).map(super::fields::with_plain_line_ends);
    let place = fields.place("caption_spans");
    let spans = fields.value("caption_spans").and_then(|value| {
        let mut fields = Fields::new(value, place, fields.faults())?;
        let inline = inline(&mut fields);
        fields.end();
        inline
    });
    spans.map(Caption::from).unwrap_or_else(|| plain.map(Caption::plain).unwrap_or_default())
}

fn not_empty<'v>(fields: &mut Fields<'v, '_>, name: &'static str) -> Option<Vec<(&'v Value, String)>> {
    let items = fields.list(name)?;
    if items.is_empty() {
        fields.invalid(name, "must not be empty");
    }
    Some(items)
}
