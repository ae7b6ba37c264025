//! Partner publications as JSON, in and out.

use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{Agreement, Draft, Grant, GrantDraft, GrantKind, Partner, Period, Portion, Quota};
use crate::db::ids::{GrantId, PartnerId};
use crate::fields::{Email, Faults, Name, Number, Ref, Rule, Slug, Text};
use crate::rights::{Duty, PartnerState, Territory};

/// The most hosts of a partner.
const MOST_HOSTS: usize = 50;
/// The most grants of a partner.
const MOST_GRANTS: usize = 500;

/// A partner publication.
#[derive(Serialize, ToSchema)]
#[schema(as = Partner)]
pub struct PartnerView {
    /// The key.
    pub id: PartnerId,
    /// The name in addresses.
    #[schema(example = "the-ferryman")]
    pub slug: String,
    /// What it is called.
    #[schema(example = "The Ferryman")]
    pub name: String,
    /// The hosts of its pages, names or addresses, without port.
    #[schema(example = json!(["ferryman.example"]))]
    pub hosts: Vec<String>,
    /// Where the newsroom writes to.
    #[schema(example = "desk@ferryman.example")]
    pub contact_email: Option<String>,
    /// The group that leases of assets may name.
    #[schema(example = "islands")]
    pub group: Option<String>,
    /// The country that it publishes in; null: not told, and so outside every list.
    pub territory: Option<Territory>,
    /// Its standing.
    pub state: PartnerState,
    /// The version of the terms that it accepted; null: none.
    #[schema(example = "2")]
    pub terms_version: Option<String>,
    /// Whether it may read a story before the end of its embargo.
    #[schema(example = false)]
    pub embargo_access: bool,
    /// How long it must wait after a story went live, in minutes.
    #[schema(example = 0)]
    pub embargo_delay_minutes: u32,
    /// How many packages it may take; null: no limit.
    pub quota: Option<Quota>,
    /// Whether it may run pictures at all.
    #[schema(example = true)]
    pub images: bool,
    /// How much of a story it gets.
    pub text: Portion,
    /// The rules that are asked of its copies.
    #[schema(example = json!(["credit", "pixel", "canonical"]))]
    pub profile: Vec<Duty>,
    /// What it was granted; empty: whatever the rules allow.
    pub grants: Vec<GrantView>,
}

/// Something that a partner may run: one of section, tag, origin and article, by its id.
#[derive(Serialize, ToSchema)]
#[schema(as = Grant)]
pub struct GrantView {
    /// The key.
    pub id: GrantId,
    /// A section with all below it.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f")]
    pub section: Option<String>,
    /// A tag.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e70")]
    pub tag: Option<String>,
    /// An origin.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e71")]
    pub origin: Option<String>,
    /// One story.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e72")]
    pub article: Option<String>,
}

/// A partner to take on, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = PartnerInput::within_bounds -> Faults)]
pub struct PartnerInput {
    /// What it is called, 1-200 characters.
    #[schema(inline, example = "The Ferryman")]
    pub name: Name<200>,
    /// The name in addresses; made from the name where it is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "the-ferryman")]
    pub slug: Option<Slug>,
    /// The hosts of its pages, names or addresses, without port, at most 50.
    #[deserr(default)]
    #[schema(inline, example = json!(["ferryman.example"]))]
    pub hosts: Option<Vec<Host>>,
    /// Where the newsroom writes to.
    #[deserr(default)]
    #[schema(inline, example = "desk@ferryman.example")]
    pub contact_email: Option<Email>,
    /// The group that leases of assets may name, at most 100 characters.
    #[deserr(default)]
    #[schema(inline, example = "islands")]
    pub group: Option<Text<100>>,
    /// The country that it publishes in, ISO 3166-1 alpha-2.
    #[deserr(default)]
    #[schema(value_type = Option<String>, example = "PT")]
    pub territory: Option<Territory>,
    /// Its standing. Default `active`.
    #[deserr(default)]
    pub state: Option<PartnerState>,
    /// The version of the terms that it accepted, at most 50 characters; null: none.
    #[deserr(default)]
    #[schema(inline, example = "2")]
    pub terms_version: Option<Text<50>>,
    /// Whether it may read a story before the end of its embargo. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub embargo_access: Option<bool>,
    /// How long it must wait after a story went live, 0-525600 minutes. Default 0.
    #[deserr(default)]
    #[schema(inline, example = 0)]
    pub embargo_delay_minutes: Option<Number<0, 525_600>>,
    /// How many packages it may take; null: no limit.
    #[deserr(default)]
    pub quota: Option<QuotaInput>,
    /// Whether it may run pictures at all. Default true.
    #[deserr(default)]
    #[schema(example = true)]
    pub images: Option<bool>,
    /// How much of a story it gets. Default `full`.
    #[deserr(default)]
    pub text: Option<Portion>,
    /// The rules that are asked of its copies. Default all.
    #[deserr(default)]
    #[schema(example = json!(["credit", "pixel", "canonical"]))]
    pub profile: Option<Vec<Duty>>,
    /// What it is granted, at most 500; empty: whatever the rules allow.
    #[deserr(default)]
    pub grants: Option<Vec<GrantInput>>,
}

/// How many packages a partner may take.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct QuotaInput {
    /// How many packages, each of another story, 0-1000000.
    #[schema(inline, example = 500)]
    pub packages: Number<0, 1_000_000>,
    /// In which time, by UTC.
    pub per: Period,
}

/// Something to grant: one of section, tag, origin and article, by id, slug or code.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = GrantInput::names_one -> Faults)]
pub struct GrantInput {
    /// The key of a grant that is there, as a GET gives it; not read.
    #[deserr(default)]
    #[schema(inline, example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f")]
    #[allow(dead_code)] // read so that what a GET gives can be sent back
    pub id: Option<Text<36>>,
    /// A section with all below it.
    #[deserr(default)]
    #[schema(inline, example = "harbour")]
    pub section: Option<Ref>,
    /// A tag.
    #[deserr(default)]
    #[schema(inline, example = "lighthouses")]
    pub tag: Option<Ref>,
    /// An origin.
    #[deserr(default)]
    #[schema(inline, example = "courier")]
    pub origin: Option<Ref>,
    /// One story.
    #[deserr(default)]
    #[schema(inline, example = "last-night-at-the-lighthouse")]
    pub article: Option<Ref>,
}

/// A host: a name or an address, without scheme, port and path.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = Host::parse -> Rule)]
#[schema(value_type = String, min_length = 1, max_length = 253)]
pub struct Host(String);

impl Host {
    fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, 253)?;
        let wrong = || Rule::invalid("must be a host like ferryman.example, without scheme, port or path");
        if text.contains(['/', '@', '?', '#', ' ']) {
            return Err(wrong());
        }
        // The URL standard's parser gives a host the one form that it has in a URL.
        url::Host::parse(text.trim()).map(|host| Host(host.to_string())).map_err(|_| wrong())
    }
}

/// The terms that a partner accepts.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TermsInput {
    /// The version in force, as `whoami` names it in `terms_due`.
    #[schema(value_type = String, min_length = 1, max_length = 50, example = "2")]
    pub version: Name<50>,
}

impl PartnerInput {
    fn within_bounds(self, location: ValuePointerRef) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let hosts = self.hosts.as_ref().map_or(0, Vec::len);
        let grants = self.grants.as_ref().map_or(0, Vec::len);
        for (name, count, most) in [("hosts", hosts, MOST_HOSTS), ("grants", grants, MOST_GRANTS)] {
            if count > most {
                let detail = format!("must be at most {most}");
                faults.0.extend(Faults::one(location.push_key(name), "too_long", detail).0);
            }
        }
        if faults.0.is_empty() { Ok(self) } else { Err(faults) }
    }
}

impl From<PartnerInput> for Draft {
    fn from(input: PartnerInput) -> Self {
        let mut profile = input.profile.unwrap_or_else(|| Duty::ALL.to_vec());
        profile.sort_unstable();
        profile.dedup();
        let agreement = Agreement {
            hosts: input.hosts.unwrap_or_default().into_iter().map(|host| host.0).collect(),
            contact_email: input.contact_email.map(|email| email.0),
            group: input.group.and_then(Text::filled),
            territory: input.territory,
            terms_version: input.terms_version.and_then(Text::filled),
            embargo_access: input.embargo_access.unwrap_or(false),
            embargo_delay_minutes: input.embargo_delay_minutes.map_or(0, |number| number.0.unsigned_abs()),
            quota: input
                .quota
                .map(|quota| Quota { packages: quota.packages.0.unsigned_abs(), per: quota.per }),
            images: input.images.unwrap_or(true),
            text: input.text.unwrap_or_default(),
            profile,
        };
        Draft {
            slug: input.slug,
            name: input.name.into_string(),
            state: input.state.unwrap_or_default(),
            agreement,
            grants: input.grants.into_iter().flatten().filter_map(GrantInput::draft).collect(),
        }
    }
}

impl GrantInput {
    fn named(&self) -> [(GrantKind, &Option<Ref>); 4] {
        [
            (GrantKind::Section, &self.section),
            (GrantKind::Tag, &self.tag),
            (GrantKind::Origin, &self.origin),
            (GrantKind::Article, &self.article),
        ]
    }

    fn names_one(self, location: ValuePointerRef) -> Result<Self, Faults> {
        if self.named().iter().filter(|(_, named)| named.is_some()).count() == 1 {
            return Ok(self);
        }
        Err(Faults::one(location, "invalid_value", "must name one section, tag, origin or article"))
    }

    /// What is to be granted; there is one such thing in what was read.
    pub fn draft(self) -> Option<GrantDraft> {
        let (kind, named) = self.names()?;
        Some(GrantDraft { kind, named: named.clone() })
    }

    /// The kind and name of what is to be granted.
    pub fn names(&self) -> Option<(GrantKind, &Ref)> {
        self.named().into_iter().find_map(|(kind, named)| Some((kind, named.as_ref()?)))
    }
}

impl From<Partner> for PartnerView {
    fn from(partner: Partner) -> Self {
        let Partner { id, slug, name, state, agreement, grants } = partner;
        PartnerView {
            id,
            slug,
            name,
            hosts: agreement.hosts,
            contact_email: agreement.contact_email,
            group: agreement.group,
            territory: agreement.territory,
            state,
            terms_version: agreement.terms_version,
            embargo_access: agreement.embargo_access,
            embargo_delay_minutes: agreement.embargo_delay_minutes,
            quota: agreement.quota,
            images: agreement.images,
            text: agreement.text,
            profile: agreement.profile,
            grants: grants.iter().map(GrantView::from).collect(),
        }
    }
}

impl PartnerView {
    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(partner: &Partner) -> serde_json::Value {
        let agreement = &partner.agreement;
        let grants: Vec<_> =
            partner.grants.iter().map(|grant| json!({ grant.kind.as_str(): grant.entity })).collect();
        json!({
            "slug": partner.slug,
            "name": partner.name,
            "hosts": agreement.hosts,
            "contact_email": agreement.contact_email,
            "group": agreement.group,
            "territory": agreement.territory,
            "state": partner.state,
            "terms_version": agreement.terms_version,
            "embargo_access": agreement.embargo_access,
            "embargo_delay_minutes": agreement.embargo_delay_minutes,
            "quota": agreement.quota,
            "images": agreement.images,
            "text": agreement.text,
            "profile": agreement.profile,
            "grants": grants,
        })
    }
}

impl From<&Grant> for GrantView {
    fn from(grant: &Grant) -> Self {
        let named = |kind| (grant.kind == kind).then(|| grant.entity.clone());
        GrantView {
            id: grant.id,
            section: named(GrantKind::Section),
            tag: named(GrantKind::Tag),
            origin: named(GrantKind::Origin),
            article: named(GrantKind::Article),
        }
    }
}
