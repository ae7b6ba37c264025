//! The page of a story: everything that it shows, read in one snapshot.

use std::collections::BTreeMap;

use super::views::{PageView, RepublishView};
use super::{Showing, seo, show_with};
use crate::articles::list::{Buyer, judged_for};
use crate::articles::views::{ArticleView, BodyForm};
use crate::articles::{Card, cards, related};
use crate::authors;
use crate::body::Document;
use crate::curation::appeals::views::AppealView;
use crate::curation::lists::views::ListView;
use crate::curation::{appeals, lists};
use crate::db::Snapshot;
use crate::db::ids::{ArticleId, AuthorId, SectionId};
use crate::error::{Error, Result};
use crate::popularity::views::PopularView;
use crate::popularity::{self, Window};
use crate::publication::{self, Settings};
use crate::republish::{Circumstances, ask};
use crate::seo::Seo;
use crate::taxonomy::sections;

/// How many stories the ranking of a page holds.
const MOST_POPULAR: u32 = 5;
/// How many related stories a page holds.
const RELATED: usize = 5;

/// The page of a story with this body for a caller, with the lists of these keys. The answer depends on all that
/// it shows.
pub fn page(
    snapshot: &mut Snapshot,
    card: Card,
    body: Document,
    keys: &[String],
    showing: &Showing,
    circumstances: &Circumstances,
    public_url: &str,
) -> Result<PageView> {
    snapshot.depends_on_all("publication");
    snapshot.depends_on("list", "articles");
    let settings = publication::settings(snapshot)?;
    let asked = ask(snapshot, &card, &settings, circumstances)?;
    let popular = popularity::most_popular(snapshot, Window::Day, None, MOST_POPULAR)?;
    let popular = noted(snapshot, &popular)?;
    let buyer = circumstances.partner.as_ref().map(|client| client.buyer(&settings, circumstances.now));
    let buyer = buyer.as_ref();
    let popular = judged_for(snapshot, buyer, popular)?;
    let related = related(snapshot, &card, &body, RELATED)?;
    let related = judged_for(snapshot, buyer, related)?;
    related.iter().for_each(|card| card.noted_in(snapshot));
    let seo = head(snapshot, &card, &body, &settings)?;
    let bodies = [(card.id, body)].into();
    let own = judged_for(snapshot, buyer, vec![card.clone()])?;
    Ok(PageView {
        appeal: appeal(snapshot, &card, &settings)?,
        most_popular: PopularView::ranked(popular),
        lists: lists(snapshot, keys, &settings, buyer)?,
        related: related.into_iter().map(ArticleView::new).collect(),
        republish: RepublishView::new(&asked.verdict, &settings, public_url, &card.slug),
        seo,
        article: show_with(snapshot, own, bodies, showing, Some(BodyForm::Html))?
            .pop()
            .ok_or(Error::NotFound("article"))?,
    })
}

/// The stories of these ids; the answer depends on each.
fn noted(snapshot: &mut Snapshot, ids: &[ArticleId]) -> Result<Vec<Card>> {
    let cards = cards(snapshot, ids)?;
    cards.iter().for_each(|card| card.noted_in(snapshot));
    Ok(cards)
}

fn head(snapshot: &mut Snapshot, card: &Card, body: &Document, settings: &Settings) -> Result<Seo> {
    let ids: Vec<AuthorId> = card.authors.iter().map(|author| author.id).collect();
    let authors = authors::by_ids(snapshot, &ids)?;
    let origins = seo::origins(snapshot, std::slice::from_ref(card))?;
    let site = settings.site();
    let facts = seo::Facts {
        card,
        body: Some(body),
        settings,
        site: &site,
        authors: &authors,
        origin: origins.first(),
    };
    Ok(facts.seo())
}

fn appeal(snapshot: &mut Snapshot, card: &Card, settings: &Settings) -> Result<Option<AppealView>> {
    let chain = sections::chain(snapshot, card.section.id)?;
    let chain: Vec<SectionId> = chain.into_iter().map(|section| section.id).collect();
    let Some(appeal) = appeals::appeal_for(snapshot, &chain)? else { return Ok(None) };
    let named = appeals::sections_of(snapshot, std::slice::from_ref(&appeal))?;
    Ok(Some(AppealView::for_readers(&settings.site(), &named, appeal)))
}

fn lists(
    snapshot: &mut Snapshot,
    keys: &[String],
    settings: &Settings,
    buyer: Option<&Buyer>,
) -> Result<BTreeMap<String, Option<ListView>>> {
    let site = settings.site();
    let lists = lists::lists_for_page(snapshot, keys, buyer)?;
    Ok(lists.into_iter().map(|(key, list)| (key, list.map(|list| ListView::new(&site, list)))).collect())
}
