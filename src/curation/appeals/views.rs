//! Appeals as JSON, in and out.

use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Appeal, CallToAction, Draft, Signature, Words};
use crate::articles::site::Site;
use crate::articles::views::ArticleSection;
use crate::db::ids::{AppealId, SectionId};
use crate::db::types::Stamp;
use crate::fields::{Faults, Key, Name, Number, Ref, SiteLink, Text};
use crate::taxonomy::sections::Section;

/// Something that the publication asks of its readers.
#[derive(Serialize, ToSchema)]
#[schema(as = Appeal)]
pub struct AppealView {
    /// The id.
    pub id: AppealId,
    /// The name that the newsroom calls it by.
    #[schema(example = "spring-drive")]
    pub key: String,
    /// The heading.
    #[schema(example = "The Courier is free to read, and costs money to make")]
    pub title: String,
    /// What it says, a paragraph each.
    #[schema(example = json!(["If you have read this far, you know what our harbour desk does."]))]
    pub paragraphs: Vec<String>,
    /// Who asks.
    pub signature: Option<SignatureView>,
    /// What readers are asked to do.
    pub cta: Option<CallToActionView>,
    /// Where in a story it stands; null means at its end.
    pub placement: Option<PlacementView>,
    /// From when on it shows; null means at once.
    pub starts_at: Option<Stamp>,
    /// Until when it shows; null means for good.
    pub ends_at: Option<Stamp>,
    /// The sections on whose pages it shows, with those below them; none means on every page.
    pub sections: Vec<ArticleSection>,
    /// Whether it shows at all.
    #[schema(example = true)]
    pub active: bool,
}

/// Who asks.
#[derive(Serialize, ToSchema)]
#[schema(as = AppealSignature)]
pub struct SignatureView {
    /// The name.
    #[schema(example = "Tomé Vidal")]
    pub name: String,
    /// The office.
    #[schema(example = "Publisher")]
    pub role: Option<String>,
}

/// What readers are asked to do.
#[derive(Serialize, ToSchema)]
#[schema(as = CallToAction)]
pub struct CallToActionView {
    /// What the button says.
    #[schema(example = "Give what you can")]
    pub label: String,
    /// Where it leads, absolute for readers.
    #[schema(example = "https://courier.example/give")]
    pub url: String,
}

/// Where in a story an appeal stands.
#[derive(Serialize, ToSchema)]
#[schema(as = AppealPlacement)]
pub struct PlacementView {
    /// After this top-level block, from 1; beyond the last one it stands at the end.
    #[schema(example = 4, minimum = 1)]
    pub after_block: i32,
}

/// An appeal to make, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = in_order -> Faults)]
pub struct AppealInput {
    /// The name that the newsroom calls it by. 409 `taken` where another appeal has it.
    #[schema(inline, example = "spring-drive")]
    pub key: Key,
    /// The heading, 1-200 characters.
    #[schema(inline, example = "The Courier is free to read, and costs money to make")]
    pub title: Name<200>,
    /// What it says, a paragraph each: at most 50 of 1-5,000 characters.
    #[deserr(default)]
    #[schema(max_items = 50, value_type = Option<Vec<String>>, example = json!(["If you have read this far …"]))]
    pub paragraphs: Option<Vec<Name<5000>>>,
    /// Who asks.
    #[deserr(default)]
    pub signature: Option<SignatureInput>,
    /// What readers are asked to do.
    #[deserr(default)]
    pub cta: Option<CallToActionInput>,
    /// Where in a story it stands; at its end where it is left out.
    #[deserr(default)]
    pub placement: Option<PlacementInput>,
    /// From when on it shows; at once where it is left out.
    #[deserr(default)]
    pub starts_at: Option<Stamp>,
    /// Until when it shows, later than `starts_at`; for good where it is left out.
    #[deserr(default)]
    pub ends_at: Option<Stamp>,
    /// The sections on whose pages it shows, with those below them, by id or slug, at most 50; on every
    /// page where none is named.
    #[deserr(default)]
    #[schema(max_items = 50, value_type = Option<Vec<Ref>>, example = json!(["harbour"]))]
    pub sections: Option<Vec<Ref>>,
    /// Whether it shows at all. Default true.
    #[deserr(default)]
    #[schema(example = true)]
    pub active: Option<bool>,
}

/// Who asks.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = AppealSignatureInput)]
pub struct SignatureInput {
    /// The name, 1-200 characters.
    #[schema(inline, example = "Tomé Vidal")]
    pub name: Name<200>,
    /// The office, at most 200 characters.
    #[deserr(default)]
    #[schema(inline, example = "Publisher")]
    pub role: Option<Text<200>>,
}

/// What readers are asked to do.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CallToActionInput {
    /// What the button says, 1-100 characters.
    #[schema(inline, example = "Give what you can")]
    pub label: Name<100>,
    /// Where it leads: an http or https URL, or a path on the publication's site. 422 `unsafe_url`.
    #[schema(inline, example = "/give")]
    pub url: SiteLink,
}

/// Where in a story an appeal stands.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = AppealPlacementInput)]
pub struct PlacementInput {
    /// After this top-level block, 1-10,000; beyond the last one it stands at the end.
    #[schema(inline, example = 4)]
    pub after_block: Number<1, 10_000>,
}

const MOST: usize = 50;

fn in_order(input: AppealInput, location: ValuePointerRef) -> Result<AppealInput, Faults> {
    let mut faults = Faults::default();
    let mut fault = |field, code, detail: &str| {
        faults.0.extend(Faults::one(location.push_key(field), code, detail).0);
    };
    if input.paragraphs.as_ref().is_some_and(|paragraphs| paragraphs.len() > MOST) {
        fault("paragraphs", "too_long", "must be at most 50 paragraphs");
    }
    if input.sections.as_ref().is_some_and(|sections| sections.len() > MOST) {
        fault("sections", "too_long", "must be at most 50 sections");
    }
    if let (Some(start), Some(end)) = (input.starts_at, input.ends_at)
        && end <= start
    {
        fault("ends_at", "invalid_value", "must be later than `starts_at`");
    }
    if faults.0.is_empty() { Ok(input) } else { Err(faults) }
}

impl AppealView {
    /// The appeal as the newsroom gave it.
    pub fn new(sections: &[Section], appeal: Appeal) -> Self {
        let Appeal { id, key, sections: named, text } = appeal;
        let section = |id: &SectionId| sections.iter().find(|section| section.id == *id);
        AppealView {
            id,
            key,
            title: text.title,
            paragraphs: text.paragraphs,
            signature: text.signature.map(|Signature { name, role }| SignatureView { name, role }),
            cta: text.cta.map(|CallToAction { label, url }| CallToActionView { label, url }),
            placement: text.after_block.map(|after_block| PlacementView { after_block }),
            starts_at: text.starts_at,
            ends_at: text.ends_at,
            sections: named.iter().filter_map(section).map(short).collect(),
            active: text.active,
        }
    }

    /// The appeal as readers see it, its link absolute.
    pub fn for_readers(site: &Site, sections: &[Section], appeal: Appeal) -> Self {
        let mut view = AppealView::new(sections, appeal);
        if let Some(cta) = &mut view.cta {
            cta.url = site.link(&cta.url);
        }
        view
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(appeal: &Appeal) -> Value {
        let text = &appeal.text;
        json!({
            "key": appeal.key,
            "title": text.title,
            "paragraphs": text.paragraphs,
            "signature": text.signature,
            "cta": text.cta,
            "placement": text.after_block.map(|after_block| json!({"after_block": after_block})),
            "starts_at": text.starts_at,
            "ends_at": text.ends_at,
            "sections": appeal.sections,
            "active": text.active,
        })
    }
}

fn short(section: &Section) -> ArticleSection {
    let Section { id, slug, name, path, .. } = section.clone();
    ArticleSection { id, slug, name, path }
}

impl From<AppealInput> for Draft {
    fn from(input: AppealInput) -> Self {
        let text = Words {
            title: input.title.into_string(),
            paragraphs: input.paragraphs.into_iter().flatten().map(Name::into_string).collect(),
            signature: input.signature.map(|signature| Signature {
                name: signature.name.into_string(),
                role: signature.role.and_then(Text::filled),
            }),
            cta: input
                .cta
                .map(|cta| CallToAction { label: cta.label.into_string(), url: cta.url.into_string() }),
            after_block: input.placement.map(|placement| placement.after_block.0),
            starts_at: input.starts_at,
            ends_at: input.ends_at,
            active: input.active.unwrap_or(true),
        };
        Draft { key: input.key, sections: input.sections.unwrap_or_default(), text }
    }
}
