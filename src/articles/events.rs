//! What lines of the log about stories are called where others are told of them: by webhook and in the feed.

/// What a partner that is suspended is still told of stories.
pub const STILL_TOLD: [&str; 2] = ["article.corrected", "article.retracted"];

/// The event that a kind of line is: to whoever is told, a story that came to its end is unpublished as one that was
/// taken off by hand.
pub fn event(kind: &str) -> &str {
    match kind {
        "article.expired" => "article.unpublished",
        "article.rights_changed" => "rights.changed",
        "media.rights_changed" => "media.rights.changed",
        kind => kind,
    }
}
