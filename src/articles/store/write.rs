//! Writing the live tables.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::super::Translation;
use super::super::byline::Role;
use super::super::facts::Facts;
use super::super::live::{GoingLive, Offer};
use crate::body::Document;
use crate::both;
use crate::db::ids::{ArticleId, MediaId, OriginId, SectionId, SeriesId, TagId};
use crate::db::schema::{
    live_article_authors, live_article_media, live_article_sections, live_article_tags,
    live_article_territories, live_articles, versions,
};
use crate::db::types::{Json, Stamp};
use crate::db::{Conn, Tx};
use crate::error::Result;
use crate::fields::sort_key;

#[derive(Insertable)]
#[diesel(table_name = live_articles)]
struct Row<'a> {
    id: ArticleId,
    version: i32,
    slug: &'a str,
    kind: &'static str,
    headline: &'a str,
    headline_key: String,
    kicker: Option<&'a str>,
    standfirst: Option<&'a str>,
    summary: Option<&'a str>,
    url: &'a str,
    canonical_url: &'a str,
    locale: &'a str,
    access: &'static str,
    published_at: Stamp,
    first_published_at: Stamp,
    updated_at: Stamp,
    modified_at: Stamp,
    changed_at: Stamp,
    changed_seq: i64,
    section_id: SectionId,
    primary_tag_id: Option<TagId>,
    series_id: Option<SeriesId>,
    series_part: Option<i32>,
    lead_media_id: Option<MediaId>,
    origin_id: OriginId,
    republishable: bool,
    offered: bool,
    word_count: i32,
    reading_minutes: i32,
    translation_group: Option<&'a str>,
    facts: Json<Facts>,
    body: Json<&'a Document>,
}

/// Writes the rows of a live story in place of those it had.
pub fn replace(tx: &mut Tx, live: &GoingLive) -> Result<()> {
    let Some(section_id) = live.sections.first().copied() else { return Ok(()) };
    let story = live.story;
    let row = Row {
        id: live.id,
        version: live.version,
        slug: &story.slug,
        kind: story.kind.as_str(),
        headline: live.headline,
        headline_key: sort_key(live.headline),
        kicker: story.kicker.as_deref(),
        standfirst: story.standfirst.as_deref(),
        summary: story.summary.as_deref(),
        url: live.url,
        canonical_url: live.canonical_url,
        locale: &story.locale,
        access: story.access.as_str(),
        published_at: live.published_at,
        first_published_at: live.first_published_at,
        updated_at: live.updated_at,
        modified_at: live.modified_at,
        changed_at: tx.now(),
        changed_seq: tx.next_seq(),
        section_id,
        primary_tag_id: story.primary_tag,
        series_id: story.series.map(|part| part.series),
        series_part: story.series.and_then(|part| part.part),
        lead_media_id: story.lead_media,
        origin_id: live.origin,
        republishable: live.offer.to_anyone,
        offered: live.offer.somewhere,
        word_count: number(story.body.word_count()),
        reading_minutes: number(story.body.reading_minutes()),
        translation_group: story.translation_group.as_deref(),
        facts: Json::of(Facts::of(story, live.withheld)),
        body: Json::of(&story.body),
    };
    remove(tx, live.id)?;
    diesel::insert_into(live_articles::table).values(row).execute(&mut **tx)?;
    insert_references(tx, live)
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn insert_references(tx: &mut Tx, live: &GoingLive) -> Result<()> {
    let (id, at) = (live.id, live.published_at);
    let sections: Vec<_> = live
        .sections
        .iter()
        .map(|section| {
            (
                live_article_sections::section_id.eq(*section),
                live_article_sections::published_at.eq(at),
                live_article_sections::article_id.eq(id),
            )
        })
        .collect();
    let tags: Vec<_> = (0..)
        .zip(&live.story.tags)
        .map(|(position, tag)| {
            (
                live_article_tags::tag_id.eq(*tag),
                live_article_tags::published_at.eq(at),
                live_article_tags::article_id.eq(id),
                live_article_tags::position.eq(position),
            )
        })
        .collect();
    let authors: Vec<_> = (0..)
        .zip(&live.story.authors)
        .map(|(position, credit)| {
            (
                live_article_authors::author_id.eq(credit.author),
                live_article_authors::published_at.eq(at),
                live_article_authors::article_id.eq(id),
                live_article_authors::role.eq(Role::as_str(credit.role)),
                live_article_authors::position.eq(position),
            )
        })
        .collect();
    let media: Vec<_> = live
        .media
        .iter()
        .map(|media| (live_article_media::media_id.eq(*media), live_article_media::article_id.eq(id)))
        .collect();
    let rights = &live.story.rights;
    let bounds = [(true, &rights.territories_in), (false, &rights.territories_out)];
    let territories: Vec<_> = bounds
        .iter()
        .flat_map(|(allowed, list)| {
            list.iter().collect::<BTreeSet<_>>().into_iter().map(|place| (*allowed, place))
        })
        .map(|(allowed, place)| {
            (
                live_article_territories::article_id.eq(id),
                live_article_territories::territory.eq(place.to_string()),
                live_article_territories::allowed.eq(allowed),
            )
        })
        .collect();
    both!(&mut **tx, c => {
        if !territories.is_empty() {
            diesel::insert_into(live_article_territories::table).values(&territories).execute(c)?;
        }
        diesel::insert_into(live_article_sections::table).values(&sections).execute(c)?;
        diesel::insert_into(live_article_tags::table).values(&tags).execute(c)?;
        diesel::insert_into(live_article_authors::table).values(&authors).execute(c)?;
        diesel::insert_into(live_article_media::table).values(&media).execute(c)?;
    });
    Ok(())
}

/// Takes a story off the live tables; the rows beside it go with it.
pub fn remove(conn: &mut Conn, id: ArticleId) -> Result<()> {
    diesel::delete(live_articles::table.find(id)).execute(conn)?;
    Ok(())
}

/// Keeps a published version as it was; publishing the same number again changes nothing.
pub fn keep_version(tx: &mut Tx, live: &GoingLive) -> Result<()> {
    let row = (
        versions::article_id.eq(live.id),
        versions::version.eq(live.version),
        versions::revision.eq(live.revision),
        versions::at.eq(tx.now()),
        versions::story.eq(Json::of(live.story)),
    );
    both!(&mut **tx, c => diesel::insert_into(versions::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The translation group of a live story.
pub fn group_of(conn: &mut Conn, id: ArticleId) -> Result<Option<String>> {
    let group =
        live_articles::table.find(id).select(live_articles::translation_group).first(conn).optional()?;
    Ok(group.flatten())
}

/// The live stories of a translation group, by locale.
pub fn group_members(conn: &mut Conn, group: &str) -> Result<Vec<Translation>> {
    let rows = live_articles::table
        .filter(live_articles::translation_group.eq(group))
        .order((live_articles::locale, live_articles::id))
        .select((live_articles::locale, live_articles::id, live_articles::slug, live_articles::url))
        .load::<(String, ArticleId, String, String)>(conn)?;
    Ok(rows.into_iter().map(|(locale, id, slug, url)| Translation { locale, id, slug, url }).collect())
}

/// Writes down the translations of a live story, where they are others than before.
pub fn put_translations(tx: &mut Tx, id: ArticleId, translations: &[Translation]) -> Result<()> {
    let row = live_articles::table.find(id);
    let mut facts = row.select(live_articles::facts).first::<Json<Facts>>(&mut **tx)?.value;
    if facts.translations == translations {
        return Ok(());
    }
    facts.translations = translations.to_vec();
    let values = (
        live_articles::facts.eq(Json::of(facts)),
        live_articles::changed_at.eq(tx.now()),
        live_articles::changed_seq.eq(tx.next_seq()),
    );
    diesel::update(row).set(values).execute(&mut **tx)?;
    Ok(())
}

/// Writes the ancestors of a section's live stories anew.
pub fn refile_section(tx: &mut Tx, section: SectionId, ancestors: &[SectionId]) -> Result<()> {
    let stories = live_articles::table
        .filter(live_articles::section_id.eq(section))
        .select((live_articles::id, live_articles::published_at))
        .load::<(ArticleId, Stamp)>(&mut **tx)?;
    for (id, at) in stories {
        diesel::delete(live_article_sections::table.filter(live_article_sections::article_id.eq(id)))
            .execute(&mut **tx)?;
        let rows: Vec<_> = std::iter::once(&section)
            .chain(ancestors)
            .map(|section| {
                (
                    live_article_sections::section_id.eq(*section),
                    live_article_sections::published_at.eq(at),
                    live_article_sections::article_id.eq(id),
                )
            })
            .collect();
        both!(&mut **tx, c => diesel::insert_into(live_article_sections::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Writes down to whom a live story is offered, where that is another answer.
pub fn put_offer(tx: &mut Tx, id: ArticleId, offer: Offer) -> Result<bool> {
    let values = (
        live_articles::republishable.eq(offer.to_anyone),
        live_articles::offered.eq(offer.somewhere),
        live_articles::changed_at.eq(tx.now()),
        live_articles::changed_seq.eq(tx.next_seq()),
    );
    let is_another =
        live_articles::republishable.ne(offer.to_anyone).or(live_articles::offered.ne(offer.somewhere));
    let row = live_articles::table.find(id).filter(is_another);
    Ok(diesel::update(row).set(values).execute(&mut **tx)? > 0)
}

/// Writes down whether a live story is held back.
pub fn put_withheld(tx: &mut Tx, id: ArticleId, withheld: bool) -> Result<()> {
    let row = live_articles::table.find(id);
    let Some(facts) = row.select(live_articles::facts).first::<Json<Facts>>(&mut **tx).optional()? else {
        return Ok(());
    };
    let values = (
        live_articles::facts.eq(Json::of(Facts { withheld, ..facts.value })),
        live_articles::changed_at.eq(tx.now()),
        live_articles::changed_seq.eq(tx.next_seq()),
    );
    diesel::update(row).set(values).execute(&mut **tx)?;
    Ok(())
}
