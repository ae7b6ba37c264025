//! What a package puts into the head of the partner's page, or into its headers.
//!
//! The canonical link and the robots rule, as far as the verdict requires them, in both forms:
//! search engines honour them nowhere else, so neither ever stands in the piece itself.

use url::Url;

use super::{HeadView, Source};
use crate::body::escape_html;
use crate::rights::ConditionCode;

pub(super) fn of(source: &Source<'_>) -> HeadView {
    let requires =
        |code: ConditionCode| source.verdict.conditions.iter().any(|condition| condition.code == code);
    let mut head = HeadView::default();
    // Printed by the URL standard: ASCII, without anything that could end a tag or a header.
    if let Ok(canonical) = Url::parse(source.story.canonical_url)
        && requires(ConditionCode::Canonical)
    {
        head.tags.push(format!("<link rel=\"canonical\" href=\"{}\">", escape_html(canonical.as_str())));
        head.headers.insert("Link".to_owned(), format!("<{canonical}>; rel=\"canonical\""));
    }
    if requires(ConditionCode::Noindex) {
        head.tags.push("<meta name=\"robots\" content=\"noindex\">".to_owned());
        head.headers.insert("X-Robots-Tag".to_owned(), "noindex".to_owned());
    }
    head
}
