//! Words of the document that belong to no single operation: introduction, tags, path parameters.

/// What a reader of the document should know first.
pub const INTRODUCTION: &str = "\
A headless newsroom: stories, and the rules by which others may republish them, as JSON.

Three surfaces. **Delivery** (`/v1/…`, `/feeds/…`) shows what is live, to anyone. **Syndication** \
(`/v1/syndication/…`) shows a partner publication what it may run, with its terms. **Admin** \
(`/v1/admin/…`) is the newsroom's own side.

Answers are `{data, meta, links}`; what is absent is `null`, lists are always arrays. Faults are \
`application/problem+json` (RFC 9457) with a stable `code`, the `request_id` of the log, and, where a \
query or a body is wrong, every fault of it in `errors`. Delivery answers carry a strong `ETag` and \
answer 304 to `If-None-Match`. HEAD is there wherever GET is.

Lists are paged by `links.next`, which is `null` on the last page. List filters are text: a comma means \
any of these, a repeated parameter means all of them, a leading `-` means not. An unknown parameter is a \
400 that names the nearest known one.

Each write answers with `Wiredesk-Sequence: n`; a read that sends `Wiredesk-Min-Sequence: n` is answered \
from a state at least that new, by any node. A POST that is named in `Idempotency-Key` is done once, however \
often it is sent within a day.";

/// What a tag groups.
pub fn tag(name: &str) -> &'static str {
    match name {
        "publication" => "The publication itself: name, languages, addresses, rules.",
        "articles" => "Live stories: lists, one story, and what goes with it.",
        "authors" => "People and desks whom a live story names.",
        "sections" => "The sections of the publication, a tree.",
        "tags" => "What stories are about.",
        "series" => "Stories that belong together, in order.",
        "taxonomy" => "Sections, tags and series.",
        "media" => "Pictures, sound and film that live stories show.",
        "lists" => "What editors put together by hand: front pages, promos, appeals.",
        "most popular" => "What is read most, and the counting of it.",
        "search" => "Full text search in live stories.",
        "feeds" => "Feeds and sitemaps for readers and machines.",
        "republishing" => "What may be republished, by whom, under which conditions.",
        "sync" => "Keeping a copy up to date: changes since a point.",
        "addresses" => "Where an address leads, old ones too.",
        "installation" => "The installation: its health, its document, who is asking.",
        "syndication" => "What a partner publication may run: stories, notices, placements, checks.",
        "syndication: webhooks" => "A partner's endpoints that are told of changes.",
        "admin: sign-in" => "Signing in and out.",
        "whoami" => "What a credential names, and what is open to it.",
        "admin: users" => "Members of staff and their roles.",
        "admin: keys" => "API keys.",
        "admin: articles" => "Stories in every state: writing, workflow, publishing, taking back.",
        "admin: authors" => "Authors, those whom no live story names too.",
        "admin: sections" => "Sections, and where they stand in the tree.",
        "admin: tags" => "Tags, unused ones too.",
        "admin: series" => "Series, unused ones too.",
        "admin: taxonomy" => "Sections, tags and series, unused ones too.",
        "admin: media" => "Assets, their credits and rights.",
        "admin: settings" => "Settings of the publication.",
        "admin: origins" => "Where stories come from, and what may be done with them.",
        "admin: lists" => "Lists put together by hand, with stories and promos.",
        "admin: appeals" => "Appeals to readers, and where and when they stand.",
        "admin: redirects" => "Old addresses and where they lead.",
        "admin: partners" => "Partner publications, their grants and terms.",
        "admin: republishing" => "Placements, notices, checks and reports.",
        "admin: webhooks" => "Endpoints that are told of changes.",
        "admin: changes" => "The log of every write.",
        _ => "",
    }
}

/// The surface that a tag stands on.
pub fn group(tag: &str) -> &'static str {
    match tag {
        tag if tag.starts_with("admin") => "Admin",
        tag if tag.starts_with("syndication") => "Syndication",
        _ => "Delivery",
    }
}

/// What a parameter of a path names, and an example of it.
pub fn path_parameter(name: &str) -> (String, &'static str) {
    const AN_ID: &str = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a";
    match name {
        "article" => {
            ("Id or slug of the story; an old slug leads to the present one.".into(), "harbour-bridge-closed")
        }
        "author" => ("Id or slug of the author.".into(), "ines-duarte"),
        "section" => ("Id or slug of the section.".into(), "harbour"),
        "tag" => ("Id or slug of the tag.".into(), "tide-tables"),
        "series" => ("Id or slug of the series.".into(), "the-long-tide"),
        "partner" => ("Id or slug of the partner publication.".into(), "northern-echo"),
        "origin" | "code" => ("Code of the origin.".into(), "own"),
        "list" | "key" => ("Key of the list.".into(), "front"),
        "number" | "revision" => ("Number of the revision.".into(), "3"),
        "token" => ("The token, as it was handed out.".into(), "AbCd"),
        "id" => ("The key.".into(), AN_ID),
        other => (format!("Id of the {}.", other.replace('_', " ").trim_end_matches(" id")), AN_ID),
    }
}
