//! Lists as JSON, in and out.

use std::collections::HashMap;

use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Draft, DraftItem, Item, List, ListedStory, MOST_ITEMS, Promo, ShownItem, ShownList};
use crate::articles::site::Site;
use crate::articles::views::ArticleView;
use crate::db::ids::{ArticleId, ListId};
use crate::fields::{Faults, Key, Name, Ref, SiteLink, Text};

/// Stories and promos in an order that the newsroom gave them.
#[derive(Serialize, ToSchema)]
#[schema(as = CuratedList)]
pub struct ListView {
    /// The id.
    pub id: ListId,
    /// The name to ask for it by.
    #[schema(example = "harbour-picks")]
    pub key: String,
    /// The heading.
    #[schema(example = "From the harbour")]
    pub title: String,
    /// Live stories and promos, in order.
    pub items: Vec<ListItemView>,
}

/// A place in a list.
#[derive(Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schema(as = CuratedItem)]
pub enum ListItemView {
    /// A live story.
    Article {
        /// The story, as lists of stories have it.
        article: Box<ArticleView>,
    },
    /// Something that is not a story.
    Promo {
        /// What it says.
        promo: PromoView,
    },
}

/// Something in a list that is not a story.
#[derive(Serialize, ToSchema)]
#[schema(as = Promo)]
pub struct PromoView {
    /// Its heading.
    #[schema(example = "Come to the harbour festival")]
    pub title: String,
    /// A sentence or two.
    #[schema(example = "Three days of boats, music and fried squid.")]
    pub text: Option<String>,
    /// Where it leads, absolute for readers.
    #[schema(example = "https://courier.example/festival")]
    pub url: String,
    /// Address of its picture, absolute for readers.
    #[schema(example = "https://media.courier.example/festival.jpg")]
    pub image: Option<String>,
}

/// A list as the newsroom sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffCuratedList)]
pub struct StaffListView {
    /// The id.
    pub id: ListId,
    /// The name to ask for it by.
    #[schema(example = "harbour-picks")]
    pub key: String,
    /// The heading.
    #[schema(example = "From the harbour")]
    pub title: String,
    /// Stories in any state and promos, in order.
    pub items: Vec<StaffListItemView>,
}

/// A place in a list as the newsroom sees it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schema(as = StaffCuratedItem)]
pub enum StaffListItemView {
    /// A story; readers see it while it is live.
    Article {
        /// The story, in short.
        article: ListedStoryView,
    },
    /// Something that is not a story.
    Promo {
        /// What it says, as it was given.
        promo: PromoView,
    },
}

/// A story of a list, in short.
#[derive(Serialize, ToSchema)]
#[schema(as = ListedStory)]
pub struct ListedStoryView {
    /// The key.
    pub id: ArticleId,
    /// The slug.
    #[schema(example = "last-night-of-the-lighthouse")]
    pub slug: String,
    /// The headline of the latest revision.
    #[schema(example = "Last night of the lighthouse")]
    pub headline: Option<String>,
    /// Where it is in its workflow; readers see what is `live`.
    #[schema(example = "live")]
    pub state: String,
}

/// A list to make, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = not_too_many -> Faults)]
#[schema(as = CuratedListInput)]
pub struct ListInput {
    /// The name to ask for it by. 409 `taken` where another list has it.
    #[schema(inline, example = "harbour-picks")]
    pub key: Key,
    /// The heading, 1-200 characters.
    #[schema(inline, example = "From the harbour")]
    pub title: Name<200>,
    /// Stories and promos, in order; at most 200.
    #[deserr(default)]
    #[schema(max_items = 200)]
    pub items: Option<Vec<ListItemInput>>,
}

/// A place in a list: a story or a promo, one of the two.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = one_of_two -> Faults)]
#[schema(as = CuratedItemInput)]
pub struct ListItemInput {
    /// Which of the two it is; told by what stands beside it where it is left out.
    #[deserr(default, rename = "type")]
    #[schema(rename = "type")]
    pub kind: Option<ListItemKind>,
    /// A story in any state, by id or slug.
    #[deserr(default)]
    #[schema(inline, example = json!("last-night-of-the-lighthouse"))]
    pub article: Option<Ref>,
    /// Something that is not a story.
    #[deserr(default)]
    pub promo: Option<PromoInput>,
}

/// What stands at a place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(as = CuratedItemKind, rename_all = "lowercase", example = "article")]
pub enum ListItemKind {
    /// A story.
    Article,
    /// Something that is not a story.
    Promo,
}

/// Something in a list that is not a story.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PromoInput {
    /// Its heading, 1-200 characters.
    #[schema(inline, example = "Come to the harbour festival")]
    pub title: Name<200>,
    /// A sentence or two, at most 1,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "Three days of boats, music and fried squid.")]
    pub text: Option<Text<1000>>,
    /// Where it leads: an http or https URL, or a path on the publication's site. 422 `unsafe_url`.
    #[schema(inline, example = "/festival")]
    pub url: SiteLink,
    /// Its picture: an http or https URL, or a path on the publication's site. 422 `unsafe_url`.
    #[deserr(default)]
    #[schema(inline, example = "https://media.courier.example/festival.jpg")]
    pub image: Option<SiteLink>,
}

fn not_too_many(input: ListInput, location: ValuePointerRef) -> Result<ListInput, Faults> {
    if input.items.as_ref().is_none_or(|items| items.len() <= MOST_ITEMS) {
        return Ok(input);
    }
    Err(Faults::one(
        location.push_key("items"),
        "too_long",
        format!("a list holds at most {MOST_ITEMS} items"),
    ))
}

fn one_of_two(input: ListItemInput, location: ValuePointerRef) -> Result<ListItemInput, Faults> {
    match (&input.article, &input.promo, input.kind) {
        (Some(_), None, None | Some(ListItemKind::Article))
        | (None, Some(_), None | Some(ListItemKind::Promo)) => Ok(input),
        _ => Err(Faults::one(
            location,
            "invalid_value",
            "must hold one of `article` and `promo`, as its `type` says",
        )),
    }
}

impl ListView {
    /// The list as readers see it, its links absolute.
    pub fn new(site: &Site, list: ShownList) -> Self {
        let item = |item| match item {
            ShownItem::Article(card) => ListItemView::Article { article: Box::new(ArticleView::new(*card)) },
            ShownItem::Promo(promo) => ListItemView::Promo { promo: PromoView::absolute(site, promo) },
        };
        let items = list.items.into_iter().map(item).collect();
        ListView { id: list.id, key: list.key, title: list.title, items }
    }
}

impl PromoView {
    fn of(promo: Promo) -> Self {
        let Promo { title, text, url, image } = promo;
        PromoView { title, text, url, image }
    }

    fn absolute(site: &Site, promo: Promo) -> Self {
        let promo = PromoView::of(promo);
        PromoView { url: site.link(&promo.url), image: promo.image.map(|image| site.link(&image)), ..promo }
    }
}

impl StaffListView {
    /// The list with its stories in short.
    pub fn new(stories: &[ListedStory], list: List) -> Self {
        let stories: HashMap<ArticleId, &ListedStory> =
            stories.iter().map(|story| (story.id, story)).collect();
        let item = |item| match item {
            Item::Article(id) => {
                let article = ListedStoryView::of(stories.get(&id).copied()?);
                Some(StaffListItemView::Article { article })
            }
            Item::Promo(promo) => Some(StaffListItemView::Promo { promo: PromoView::of(promo) }),
        };
        let items = list.items.into_iter().filter_map(item).collect();
        StaffListView { id: list.id, key: list.key, title: list.title, items }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(list: &List) -> Value {
        let item = |item: &Item| match item {
            Item::Article(id) => json!({"article": id}),
            Item::Promo(promo) => json!({"promo": promo}),
        };
        let items: Vec<Value> = list.items.iter().map(item).collect();
        json!({"key": list.key, "title": list.title, "items": items})
    }
}

impl ListedStoryView {
    fn of(story: &ListedStory) -> Self {
        let ListedStory { id, slug, headline, state } = story.clone();
        ListedStoryView { id, slug, headline, state }
    }
}

impl From<ListInput> for Draft {
    fn from(input: ListInput) -> Self {
        let items = input.items.into_iter().flatten().filter_map(ListItemInput::draft).collect();
        Draft { key: input.key, title: input.title.into_string(), items }
    }
}

impl ListItemInput {
    /// What was sent; that it is one of the two was seen to when it was read.
    fn draft(self) -> Option<DraftItem> {
        let promo = self.promo.map(|promo| {
            DraftItem::Promo(Promo {
                title: promo.title.into_string(),
                text: promo.text.and_then(Text::filled),
                url: promo.url.into_string(),
                image: promo.image.map(SiteLink::into_string),
            })
        });
        self.article.map(DraftItem::Article).or(promo)
    }
}
