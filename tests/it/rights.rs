//! The verdict: whether somebody may republish a story.
#![allow(clippy::unwrap_used)]

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use wiredesk::db::types::Stamp;
use wiredesk::error::Error;
use wiredesk::rights::{
    ArticleRights, AssetReason, Channel, ConditionCode, Lease, LeaseEffect, Media, Origin, Partner,
    PartnerState, Policy, Profile, Question, ReasonCode, RightsView, Ruling, State, Territory, Verdict,
    refusal, verdict,
};

const HOUR: i64 = 3_600;

fn hour(n: i64) -> Stamp {
    Stamp(0).plus_seconds(n * HOUR)
}

fn country(code: &str) -> Territory {
    Territory::parse(code).unwrap()
}

/// A story of ours that anybody may run, asked about by nobody in particular.
fn plain() -> Question<'static> {
    Question {
        article: ArticleRights {
            state: State::Live { since: hour(0) },
            withheld: false,
            opt_out: false,
            expires_at: None,
            channels: &[],
            territories_in: &[],
            territories_out: &[],
        },
        origin: Some(Origin {
            code: "own",
            name: "The Harbour Courier",
            policy: Some(Policy::Allow),
            contact: None,
        }),
        partner: None,
        terms_version: "2",
        media: &[],
        channel: Channel::Web,
        territory: None,
        now: hour(10),
    }
}

fn partner() -> Partner<'static> {
    Partner {
        id: "p1",
        group: Some("locals"),
        state: PartnerState::Active,
        terms_version: Some("2"),
        territory: Some(country("PT")),
        embargo_access: false,
        embargo_delay_minutes: 0,
        granted: true,
        quota_exhausted_until: None,
        profile: Profile::ALL,
        images: true,
    }
}

fn codes(verdict: &Verdict) -> Vec<&'static str> {
    verdict.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

fn conditions(verdict: &Verdict) -> Vec<&'static str> {
    verdict.conditions.iter().map(|condition| condition.code.as_str()).collect()
}

#[test]
fn anybody_may_run_our_own_story_under_every_condition() {
    let answer = verdict(&plain());
    assert_eq!(answer.ruling, Ruling::Conditional);
    assert_eq!(conditions(&answer), ["credit", "pixel", "canonical", "noindex", "no_images"]);
    assert_eq!((codes(&answer), answer.next_change_at), (vec![], None));
}

#[test]
fn a_partner_of_whom_nothing_is_required_is_allowed_without_conditions() {
    let nothing = Profile { credit: false, pixel: false, canonical: false, noindex: false, images: false };
    let answer = verdict(&Question { partner: Some(Partner { profile: nothing, ..partner() }), ..plain() });
    assert_eq!((answer.ruling, conditions(&answer)), (Ruling::Allow, vec![]));
}

#[test]
fn an_origin_that_reserves_its_stories_or_is_unknown_denies() {
    let wire = Origin { code: "wire", name: "Wire House", policy: None, contact: Some("desk@wire.example") };
    for (origin, code, says) in [
        (None, "origin_unknown", "not known"),
        (Some(wire), "origin_unknown", "Wire House"),
        (Some(Origin { policy: Some(Policy::Ask), ..wire }), "origin_reserved", "desk@wire.example"),
        (Some(Origin { policy: Some(Policy::Deny), ..wire }), "origin_reserved", "Wire House"),
    ] {
        let answer = verdict(&Question { origin, ..plain() });
        assert_eq!((answer.ruling, codes(&answer)), (Ruling::Deny, vec![code]));
        assert!(answer.reasons[0].detail.contains(says));
    }
    assert!(
        verdict(&Question { origin: Some(Origin { policy: Some(Policy::Allow), ..wire }), ..plain() })
            .allows()
    );
}

#[test]
fn every_reason_is_told_in_the_fixed_order() {
    let answer = verdict(&Question {
        article: ArticleRights {
            state: State::Embargoed { until: hour(12) },
            withheld: true,
            opt_out: true,
            expires_at: Some(hour(9)),
            channels: &[Channel::Print],
            territories_in: &[],
            territories_out: &[country("PT")],
        },
        origin: None,
        partner: Some(Partner {
            state: PartnerState::Blocked,
            terms_version: Some("1"),
            granted: false,
            quota_exhausted_until: Some(hour(24)),
            ..partner()
        }),
        ..plain()
    });
    assert_eq!(
        codes(&answer),
        [
            "withheld",
            "origin_unknown",
            "embargo_active",
            "rights_expired",
            "territory_excluded",
            "channel_excluded",
            "partner_blocked",
            "section_not_granted",
            "terms_not_accepted",
            "quota_exhausted",
            "article_opt_out",
        ]
    );
    let until: Vec<_> = answer.reasons.iter().filter_map(|reason| reason.until).collect();
    assert_eq!(until, [hour(12), hour(24)]);
    assert_eq!(answer.next_change_at, Some(hour(12)));
}

#[test]
fn before_its_embargos_end_a_story_is_embargoed_and_not_not_live() {
    let mut question = plain();
    question.article.state = State::Embargoed { until: hour(12) };
    let answer = verdict(&question);
    assert_eq!((codes(&answer), answer.reasons[0].until), (vec!["embargo_active"], Some(hour(12))));
    question.partner = Some(Partner { embargo_access: true, ..partner() });
    assert!(verdict(&question).allows());
    question.partner = None;
    question.now = hour(12);
    assert!(verdict(&question).allows(), "an embargo that has lapsed does not block");
}

#[test]
fn a_partner_with_a_delay_waits_after_the_story_went_live() {
    let late = Partner { embargo_delay_minutes: 90, embargo_access: true, ..partner() };
    let mut question = Question { partner: Some(late), now: hour(1), ..plain() };
    let answer = verdict(&question);
    assert_eq!(
        (codes(&answer), answer.next_change_at),
        (vec!["embargo_active"], Some(Stamp(0).plus_seconds(5_400)))
    );
    assert_eq!(answer.reasons[0].field, "partner.embargo_delay_minutes");
    question.now = hour(2);
    assert!(verdict(&question).allows());
    question.article.state = State::Embargoed { until: hour(12) };
    assert_eq!(verdict(&question).next_change_at, Some(Stamp(0).plus_seconds(12 * HOUR + 5_400)));
}

#[test]
fn a_territory_that_nobody_told_is_outside_every_list() {
    let (pt, br) = ([country("PT")], [country("BR")]);
    let mut question = plain();
    question.article.territories_out = &pt;
    assert!(verdict(&question).allows());
    question.territory = Some(country("pt"));
    assert_eq!(codes(&verdict(&question)), ["territory_excluded"]);
    question.article.territories_out = &[];
    question.article.territories_in = &br;
    assert_eq!(codes(&verdict(&question)), ["territory_excluded"]);
    question.territory = None;
    assert_eq!(codes(&verdict(&question)), ["territory_excluded"]);
    question.territory = Some(country("BR"));
    assert!(verdict(&question).allows());
    question.partner = Some(partner());
    assert_eq!(codes(&verdict(&question)), ["territory_excluded"], "a partner's own country counts");
}

#[test]
fn an_older_version_of_the_terms_is_not_enough() {
    for (accepted, says) in [(Some("1"), "accepted version 1"), (None, "has not accepted")] {
        let answer =
            verdict(&Question { partner: Some(Partner { terms_version: accepted, ..partner() }), ..plain() });
        assert_eq!(codes(&answer), ["terms_not_accepted"]);
        assert!(answer.reasons[0].detail.contains("ersion 2") && answer.reasons[0].detail.contains(says));
    }
}

fn asset(question: &Question<'_>) -> (Option<AssetReason>, Option<Stamp>) {
    let answer = verdict(question);
    (answer.assets[0].reason, answer.assets[0].until)
}

#[test]
fn an_asset_is_denied_until_somebody_cleared_it_and_a_denial_wins() {
    let lease = |effect, from, to| Lease { effect, group: None, partner: None, from, to };
    let ours = [Lease { partner: Some("p1"), ..lease(LeaseEffect::Allow, Some(hour(5)), Some(hour(20))) }];
    let mixed = [
        Lease { group: Some("locals"), ..lease(LeaseEffect::Allow, None, None) },
        lease(LeaseEffect::Deny, Some(hour(11)), Some(hour(13))),
    ];
    let image = |syndication_allowed, leases| {
        [Media { id: "m1", key: None, credit: None, syndication_allowed, leases }]
    };
    let (closed, open) = (image(false, &[]), image(true, &[]));
    let (leased, mixed) = (image(false, &ours), image(true, &mixed));
    let anyone = |media| Question { media, ..plain() };
    let theirs = |media| Question { media, partner: Some(partner()), ..plain() };
    assert_eq!(asset(&anyone(&closed)), (Some(AssetReason::NotCleared), None));
    assert_eq!(asset(&anyone(&open)), (None, None));
    assert_eq!(
        asset(&anyone(&leased)),
        (Some(AssetReason::NotCleared), None),
        "a partner's lease is the partner's"
    );
    assert_eq!(asset(&theirs(&leased)), (None, Some(hour(20))));
    assert_eq!(asset(&theirs(&mixed)), (None, Some(hour(11))));
    let then = Question { now: hour(12), ..theirs(&mixed) };
    assert_eq!(asset(&then), (Some(AssetReason::LeaseDenied), Some(hour(13))));
    let text_only = Question { partner: Some(Partner { images: false, ..partner() }), ..theirs(&open) };
    assert_eq!(asset(&text_only), (Some(AssetReason::ImagesNotIncluded), None));
    let denied = Question { origin: None, ..anyone(&open) };
    assert_eq!(asset(&denied), (Some(AssetReason::StoryDenied), None));
}

#[test]
fn no_images_is_a_condition_unless_all_of_them_may_be_run() {
    let image =
        |syndication_allowed| Media { id: "m1", key: None, credit: None, syndication_allowed, leases: &[] };
    let (all, some, none) = ([image(true)], [image(true), image(false)], []);
    let keeps_off = |media: &[Media<'_>], partner| {
        let answer = verdict(&Question { media, partner, ..plain() });
        answer.conditions.iter().any(|condition| condition.code == ConditionCode::NoImages)
    };
    assert!(!keeps_off(&all, None));
    assert!(keeps_off(&some, None) && keeps_off(&none, None));
    assert!(keeps_off(&some, Some(partner())) && !keeps_off(&none, Some(partner())));
    assert!(keeps_off(&all, Some(Partner { images: false, ..partner() })));
}

#[test]
fn the_answer_as_json_has_every_field() {
    let image = [Media {
        id: "m1",
        key: Some("dawn"),
        credit: Some("A. Reader"),
        syndication_allowed: false,
        leases: &[],
    }];
    let mut question = Question { media: &image, ..plain() };
    question.article.state = State::Embargoed { until: hour(12) };
    let json = serde_json::to_value(RightsView::of("a1", &verdict(&question))).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "id": "a1",
            "verdict": "deny",
            "reasons": [{
                "code": "embargo_active", "field": "embargo_until", "until": "1970-01-01T12:00:00.000000Z",
                "detail": "The story's embargo ends at 1970-01-01T12:00:00.000000Z.",
            }],
            "conditions": [],
            "assets": [{
                "media": "m1", "key": "dawn", "allowed": false, "reason": "story_denied", "credit": "A. Reader", "until": null,
            }],
            "next_change_at": "1970-01-01T12:00:00.000000Z",
        })
    );
    let unknown = serde_json::to_value(RightsView::unknown("a2")).unwrap();
    assert_eq!(unknown["reasons"][0]["code"], "not_live");
}

#[test]
fn a_refusal_carries_the_first_code_every_reason_and_whom_to_ask() {
    let wire = Origin {
        code: "wire",
        name: "Wire House",
        policy: Some(Policy::Ask),
        contact: Some("desk@wire.example"),
    };
    let mut question = Question { origin: Some(wire), ..plain() };
    question.article.opt_out = true;
    let refused =
        refusal(&verdict(&question), Some(serde_json::json!({"code": "wire"})), question.now).unwrap();
    assert_eq!((refused.status(), refused.code()), (403, "origin_reserved"));
    let Error::Denied { members, retry_after, .. } = refused else { panic!("not a denial") };
    assert_eq!(members["reasons"][1]["code"], "article_opt_out");
    assert_eq!(members["origin"]["code"], "wire");
    assert_eq!(retry_after, None);
    assert!(refusal(&verdict(&plain()), None, hour(0)).is_none());
    let spent = Partner { quota_exhausted_until: Some(hour(11)), ..partner() };
    let question = Question { partner: Some(spent), ..plain() };
    let refused = refusal(&verdict(&question), None, question.now).unwrap();
    assert!(matches!(refused, Error::Denied { retry_after: Some(3_600), .. }));
}

#[test]
fn territories_are_those_of_iso_3166_in_either_case() {
    assert_eq!(Territory::parse("gb").unwrap().as_str(), "GB");
    for none in ["UK", "EU", "XX", "", "P", "PRT", "A ", "é"] {
        assert_eq!(Territory::parse(none), None, "{none}");
    }
}

/// A question with everything in it owned.
#[derive(Clone, Debug)]
struct Case {
    state: State,
    flags: [bool; 2],
    expires_at: Option<Stamp>,
    channels: Vec<Channel>,
    territories: [Vec<Territory>; 2],
    origin: Option<Option<Policy>>,
    partner: Option<Partner<'static>>,
    media: Vec<(bool, Vec<Lease<'static>>)>,
    territory: Option<Territory>,
    now: Stamp,
}

impl Case {
    fn ask(&self, now: Stamp) -> Verdict {
        let media: Vec<Media<'_>> = self
            .media
            .iter()
            .map(|(syndication_allowed, leases)| Media {
                id: "m",
                key: None,
                credit: None,
                syndication_allowed: *syndication_allowed,
                leases,
            })
            .collect();
        verdict(&Question {
            article: ArticleRights {
                state: self.state,
                withheld: self.flags[0],
                opt_out: self.flags[1],
                expires_at: self.expires_at,
                channels: &self.channels,
                territories_in: &self.territories[0],
                territories_out: &self.territories[1],
            },
            origin: self.origin.map(|policy| Origin { code: "o", name: "O", policy, contact: None }),
            partner: self.partner,
            terms_version: "2",
            media: &media,
            channel: Channel::Web,
            territory: self.territory,
            now,
        })
    }

    /// The rule of each code, told once more without the order and the words.
    fn applies(&self, code: ReasonCode) -> bool {
        let place = self.partner.map_or(self.territory, |partner| partner.territory);
        let live_from = match self.state {
            State::Live { since } => Some(since),
            State::Embargoed { until } => Some(until),
            State::NotLive | State::Retracted => None,
        };
        match code {
            ReasonCode::NotLive => self.state == State::NotLive,
            ReasonCode::Retracted => self.state == State::Retracted,
            ReasonCode::Withheld => self.flags[0],
            ReasonCode::OriginReserved => matches!(self.origin, Some(Some(Policy::Ask | Policy::Deny))),
            ReasonCode::OriginUnknown => matches!(self.origin, None | Some(None)),
            ReasonCode::EmbargoActive => live_from.is_some_and(|from| {
                let delay = self.partner.map_or(0, |partner| i64::from(partner.embargo_delay_minutes));
                let waits = matches!(self.state, State::Embargoed { .. })
                    && !self.partner.is_some_and(|p| p.embargo_access);
                (delay > 0 || waits) && self.now < from.plus_seconds(delay * 60)
            }),
            ReasonCode::RightsExpired => self.expires_at.is_some_and(|end| end <= self.now),
            ReasonCode::TerritoryExcluded => {
                place.is_some_and(|place| self.territories[1].contains(&place))
                    || !self.territories[0].is_empty()
                        && !place.is_some_and(|place| self.territories[0].contains(&place))
            }
            ReasonCode::ChannelExcluded => {
                !self.channels.is_empty() && !self.channels.contains(&Channel::Web)
            }
            ReasonCode::PartnerSuspended => self.partner.is_some_and(|p| p.state == PartnerState::Suspended),
            ReasonCode::PartnerBlocked => self.partner.is_some_and(|p| p.state == PartnerState::Blocked),
            ReasonCode::SectionNotGranted => self.partner.is_some_and(|p| !p.granted),
            ReasonCode::TermsNotAccepted => self.partner.is_some_and(|p| p.terms_version != Some("2")),
            ReasonCode::QuotaExhausted => {
                self.partner.is_some_and(|p| p.quota_exhausted_until.is_some_and(|end| self.now < end))
            }
            ReasonCode::ArticleOptOut => self.flags[1],
        }
    }
}

fn some_hour() -> impl Strategy<Value = Stamp> {
    (0i64..24).prop_map(hour)
}

fn some_places() -> impl Strategy<Value = Vec<Territory>> {
    subsequence(vec![country("PT"), country("BR"), country("IL")], 0..=2)
}

fn some_partner() -> impl Strategy<Value = Partner<'static>> {
    let standing = prop_oneof![6 => Just(PartnerState::Active), 1 => Just(PartnerState::Suspended), 1 => Just(PartnerState::Blocked)];
    let may = (
        prop::bool::weighted(0.3),
        prop_oneof![2 => Just(0u32), 1 => Just(90)],
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.8),
    );
    let terms = select(vec![Some("2"), Some("2"), Some("2"), Some("1"), None]);
    let profile = (any::<bool>(), any::<bool>()).prop_map(|(some, images)| Profile {
        credit: some,
        pixel: some,
        images,
        ..Profile::ALL
    });
    let place = option::of(select(vec![country("PT"), country("BR")]));
    (standing, terms, place, may, option::weighted(0.2, some_hour()), profile).prop_map(
        |(
            state,
            terms_version,
            territory,
            (embargo_access, embargo_delay_minutes, granted, images),
            quota,
            profile,
        )| Partner {
            state,
            terms_version,
            territory,
            embargo_access,
            embargo_delay_minutes,
            granted,
            images,
            quota_exhausted_until: quota,
            profile,
            ..partner()
        },
    )
}

fn some_lease() -> impl Strategy<Value = Lease<'static>> {
    let who = select(vec![
        (None, None),
        (None, None),
        (Some("locals"), None),
        (Some("others"), None),
        (None, Some("p1")),
    ]);
    (any::<bool>(), who, option::of(some_hour()), option::of(some_hour())).prop_map(
        |(allow, (group, partner), from, to)| Lease {
            effect: if allow { LeaseEffect::Allow } else { LeaseEffect::Deny },
            group,
            partner,
            from,
            to,
        },
    )
}

fn some_case() -> impl Strategy<Value = Case> {
    let state = prop_oneof![
        4 => some_hour().prop_map(|since| State::Live { since }),
        3 => some_hour().prop_map(|until| State::Embargoed { until }),
        1 => Just(State::NotLive),
        1 => Just(State::Retracted),
    ];
    let origin = select(vec![
        Some(Some(Policy::Allow)),
        Some(Some(Policy::Allow)),
        Some(Some(Policy::Allow)),
        Some(Some(Policy::Ask)),
        Some(Some(Policy::Deny)),
        Some(None),
        None,
    ]);
    let flags = [prop::bool::weighted(0.1), prop::bool::weighted(0.1)];
    let channels = prop_oneof![3 => Just(vec![]), 1 => subsequence(Channel::ALL.to_vec(), 0..=3)];
    let places = prop_oneof![3 => Just([vec![], vec![]]), 1 => [some_places(), some_places()]];
    let media = prop::collection::vec((any::<bool>(), prop::collection::vec(some_lease(), 0..3)), 0..3);
    let asked = (option::of(select(vec![country("PT"), country("BR")])), some_hour());
    (
        state,
        flags,
        option::weighted(0.3, some_hour()),
        channels,
        places,
        origin,
        option::of(some_partner()),
        media,
        asked,
    )
        .prop_map(
            |(state, flags, expires_at, channels, territories, origin, partner, media, (territory, now))| {
                Case {
                    state,
                    flags,
                    expires_at,
                    channels,
                    territories,
                    origin,
                    partner,
                    media,
                    territory,
                    now,
                }
            },
        )
}

fn less_look_ahead(verdict: Verdict) -> Verdict {
    Verdict { next_change_at: None, ..verdict }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_reasons_are_exactly_those_whose_rule_applies_in_the_fixed_order(case in some_case()) {
        let found: Vec<ReasonCode> = case.ask(case.now).reasons.iter().map(|reason| reason.code).collect();
        let expected: Vec<ReasonCode> = ReasonCode::ALL.into_iter().filter(|code| case.applies(*code)).collect();
        prop_assert!(found.is_sorted() && ReasonCode::ALL.is_sorted());
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_denial_has_a_reason_and_a_permission_none(case in some_case()) {
        let answer = case.ask(case.now);
        prop_assert_eq!(answer.ruling == Ruling::Deny, !answer.reasons.is_empty());
        prop_assert_eq!(answer.ruling == Ruling::Conditional, !answer.conditions.is_empty());
        prop_assert!(answer.conditions.iter().map(|condition| condition.code).is_sorted());
        prop_assert!(answer.allows() || answer.assets.iter().all(|asset| asset.reason == Some(AssetReason::StoryDenied)));
        prop_assert_eq!(answer.assets.len(), case.media.len());
    }

    #[test]
    fn denial_beats_permission_whatever_else_is_said(case in some_case()) {
        let before = case.ask(case.now);
        let unknown = Case { origin: None, ..case.clone() }.ask(case.now);
        prop_assert!(!unknown.allows() && codes(&unknown).contains(&"origin_unknown"));
        let closed = Case { flags: [true, true], ..case.clone() }.ask(case.now);
        prop_assert!(!closed.allows());
        prop_assert!(codes(&before).iter().all(|code| codes(&closed).contains(code)));
    }

    #[test]
    fn an_anonymous_caller_has_no_reason_of_a_partner(case in some_case()) {
        let answer = Case { partner: None, ..case.clone() }.ask(case.now);
        for reason in answer.reasons {
            prop_assert!(!reason.code.closes_lists() && !reason.field.starts_with("partner."));
        }
    }

    #[test]
    fn the_next_change_is_the_first_instant_at_which_the_answer_differs(case in some_case()) {
        let answer = case.ask(case.now);
        let now = less_look_ahead(answer.clone());
        // Everything in a case happens on a half hour.
        let mut later = (1..=60).map(|n| case.now.plus_seconds(n * HOUR / 2));
        let first = later.find(|instant| less_look_ahead(case.ask(*instant)) != now);
        prop_assert_eq!(answer.next_change_at, first);
        if let Some(change) = answer.next_change_at {
            prop_assert_eq!(&less_look_ahead(case.ask(Stamp(change.0 - 1))), &now);
            prop_assert_ne!(less_look_ahead(case.ask(change)), now);
        }
    }

    #[test]
    fn a_reason_ends_when_it_says_so_and_not_before(case in some_case()) {
        for reason in case.ask(case.now).reasons {
            if let Some(end) = reason.until {
                prop_assert!(end > case.now);
                prop_assert!(case.ask(Stamp(end.0 - 1)).reasons.contains(&reason));
                prop_assert!(case.ask(end).reasons.iter().all(|other| other.code != reason.code));
            }
        }
    }

    #[test]
    fn an_assets_decision_changes_when_it_says_so_and_not_before(case in some_case()) {
        for (at, asset) in case.ask(case.now).assets.iter().enumerate() {
            if let Some(turn) = asset.until {
                // The story's own denial may come first; then it is the reason there.
                let before = &case.ask(Stamp(turn.0 - 1)).assets[at];
                prop_assert!(before.reason == asset.reason || before.reason == Some(AssetReason::StoryDenied));
                prop_assert_ne!(case.ask(turn).assets[at].reason, asset.reason);
            }
        }
    }
}
