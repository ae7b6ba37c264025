//! The parameters of a list of stories, as API.md §3 has them, but for how each story is shown.

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::{IntoParams, ToSchema};

use super::buyer::Buyer;
use super::choice::Choice;
use crate::fields::{Faults, Flag, Moment, Names, Text, Whole, word};

/// Which stories, in which order, and which page of them.
#[derive(Clone, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields, validate = ListParameters::make_sense -> Faults)]
#[into_params(parameter_in = Query)]
pub struct ListParameters {
    /// How many a page holds, 1-100. Default 20; with `ids` as many as are named.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it. It belongs
    /// to this sort and these filters; anything else is 400 `invalid_cursor`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub cursor: Option<Text<2000>>,
    /// A numbered page in place of a cursor, from 1; `page` times `limit` is at most 10,000.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub page: Option<Whole<1, 10_000>>,
    /// `true`: count all that match, in `meta.total`. Default `false`: never counted.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub total: Option<Flag>,
    /// Sections, by slug or id; each includes those below it. `a,b`: any of them; sent again: these as
    /// well; `-a`: none in that. An old slug means its present holder. At most 20 values. What names
    /// nothing live gives an empty list.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "harbour")]
    pub section: Option<Choice>,
    /// Tags, by slug or id; the grammar of `section`.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "lighthouses,-weather")]
    pub tag: Option<Choice>,
    /// Authors in any role, by slug or id; the grammar of `section`.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "ines-duarte")]
    pub author: Option<Choice>,
    /// Series, by slug or id; the grammar of `section`.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "harbour-lights")]
    pub series: Option<Choice>,
    /// Kinds of story, such as `news` or `opinion`; the grammar of `section`.
    #[deserr(default, rename = "type")]
    #[param(rename = "type", inline, nullable = false, example = "news,analysis")]
    pub kind: Option<Choice>,
    /// Languages, BCP 47; the grammar of `section`. One that is not the publication's is 400.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "en")]
    pub locale: Option<Choice>,
    /// Each translation group once: in the language of `locale`, else in the first of these in which it is live.
    /// Stories without translations stand in the list where theirs is among them. Beside one `locale` or none.
    #[deserr(default)]
    #[param(value_type = Option<Vec<String>>, nullable = false, style = Form, explode = false, example = json!(["en"]))]
    pub fallback: Option<Names<20>>,
    /// `free`, `registered` or `subscribers`; the grammar of `section`.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "free")]
    pub access: Option<Choice>,
    /// Origins, by code or id; the grammar of `section`.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "courier")]
    pub origin: Option<Choice>,
    /// Only stories that may be republished (`true`) or may not (`false`), by the caller: with a partner's key by
    /// that partner, its quota aside.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub republishable: Option<Flag>,
    /// The partner who asks; never sent.
    #[deserr(skip)]
    #[param(ignore)]
    pub buyer: Option<Buyer>,
    /// Only stories of this instant or later, by `published_at`: RFC 3339 with a zone, inclusive.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub published_after: Option<Moment>,
    /// Only stories before this instant, by `published_at`: RFC 3339 with a zone, exclusive.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub published_before: Option<Moment>,
    /// Only stories of this instant or later, by `updated_at`: RFC 3339 with a zone, inclusive.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub updated_after: Option<Moment>,
    /// Only stories before this instant, by `updated_at`: RFC 3339 with a zone, exclusive.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub updated_before: Option<Moment>,
    /// These stories in this order, by id, at most 100; those that are not live, whatever the cause,
    /// or that the other filters leave out, are named in `meta.missing`. Without `sort`.
    #[deserr(default)]
    #[param(inline, nullable = false, style = Form, explode = false, example = json!(["01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f"]))]
    pub ids: Option<Names<100>>,
    /// Not these stories, by id or slug, at most 100.
    #[deserr(default)]
    #[param(inline, nullable = false, style = Form, explode = false, example = json!(["last-night-at-the-lighthouse"]))]
    pub exclude: Option<Names<100>>,
    /// The order; ids break ties. `headline` is by a key with case and accents folded. Default
    /// `-published_at`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub sort: Option<Sort>,
}

/// What a list is sorted by, and in which direction: with `-` the latest or last first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ToSchema)]
pub enum Sort {
    /// The newest first.
    #[default]
    #[schema(rename = "-published_at")]
    NewestFirst,
    /// The oldest first.
    #[schema(rename = "published_at")]
    OldestFirst,
    /// The last changed in substance first.
    #[schema(rename = "-updated_at")]
    LastUpdatedFirst,
    /// The first changed in substance first.
    #[schema(rename = "updated_at")]
    FirstUpdatedFirst,
    /// By headline.
    #[schema(rename = "headline")]
    Headline,
    /// By headline, backwards.
    #[schema(rename = "-headline")]
    HeadlineBackwards,
}

impl Sort {
    const ALL: [Sort; 6] = [
        Sort::NewestFirst,
        Sort::OldestFirst,
        Sort::LastUpdatedFirst,
        Sort::FirstUpdatedFirst,
        Sort::Headline,
        Sort::HeadlineBackwards,
    ];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::NewestFirst => "-published_at",
            Sort::OldestFirst => "published_at",
            Sort::LastUpdatedFirst => "-updated_at",
            Sort::FirstUpdatedFirst => "updated_at",
            Sort::Headline => "headline",
            Sort::HeadlineBackwards => "-headline",
        }
    }
}

impl Deserr<Faults> for Sort {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let words = Sort::ALL.map(Sort::as_str).join(", ");
        let parse = |text: &str| Sort::ALL.into_iter().find(|sort| sort.as_str() == text);
        word(value, location, parse, &words)
    }
}

/// How far numbered pages reach, in stories.
const DEEPEST: u32 = 10_000;

impl ListParameters {
    /// What only shows where parameters stand side by side.
    fn make_sense(self, location: ValuePointerRef) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let mut fault = |name: &str, detail: String| {
            faults.0.extend(Faults::one(location.push_key(name), "invalid_value", detail).0);
        };
        if self.page.is_some_and(|page| !self.reaches(page.0)) {
            fault("page", format!("`page` times `limit` is at most {DEEPEST}: go on by `cursor`"));
        }
        if self.page.is_some() && self.cursor.is_some() {
            fault("page", "stands in place of `cursor`, not beside it".into());
        }
        if self.fallback.is_some() && self.locale.as_ref().is_some_and(|locale| locale.single().is_none()) {
            fault("fallback", "stands beside one `locale`, which comes first, or none".into());
        }
        if self.ids.is_some() && self.sort.is_some() {
            fault("sort", "has no meaning beside `ids`, which keep their order".into());
        }
        if faults.0.is_empty() { Ok(self) } else { Err(faults) }
    }

    /// Leaves only what is offered to a partner.
    pub fn offered_to(&mut self, buyer: Buyer) {
        let wanted = self.republishable.is_none_or(|wanted| wanted.0);
        self.republishable = Some(Flag(true));
        // What it may not run is none of its list, whatever else it asks for.
        self.buyer = Some(Buyer { is_shut_out: buyer.is_shut_out || !wanted, ..buyer });
    }

    /// How many a page holds.
    pub fn limit(&self) -> u32 {
        let usual = if self.ids.is_some() { 100 } else { 20 };
        self.limit.map_or(usual, |limit| limit.0)
    }

    /// Whether numbered pages reach as far.
    pub fn reaches(&self, page: u32) -> bool {
        page.saturating_mul(self.limit()) <= DEEPEST
    }

    /// The languages in which each translation group is wanted once, the first choice first; none where all
    /// stories are wanted as they are.
    pub fn languages(&self) -> Vec<&str> {
        let Some(fallback) = &self.fallback else { return Vec::new() };
        let first = self.locale.as_ref().and_then(Choice::single);
        first.into_iter().chain(fallback.0.iter().map(String::as_str)).collect()
    }

    /// Whether all that match are to be counted.
    pub fn wants_total(&self) -> bool {
        self.total.is_some_and(|total| total.0)
    }

    /// Names the list whole, but for the page: what a cursor of it is bound to.
    pub fn name(&self) -> String {
        let page_aside =
            ListParameters { limit: None, cursor: None, page: None, total: None, ..self.clone() };
        format!("{page_aside:?}")
    }
}
