//! What a check may find: the rules, their outcomes, and a code with a remedy for everything that is wrong.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rights::Duty;

/// What a copy must keep to, in the order of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CheckRule, example = "canonical")]
pub enum Rule {
    /// The page can be read, and tells which story it runs.
    Page,
    /// It names us and links to the story.
    Credit,
    /// It names the authors.
    Author,
    /// It shows the story's pixel.
    Pixel,
    /// Its one canonical link leads to the story.
    Canonical,
    /// It keeps itself out of search engines.
    Noindex,
    /// It shows none of our pictures that it may not show.
    Images,
    /// Its words are ours.
    Text,
    /// It shows nothing that was retracted.
    Live,
}

impl Rule {
    /// The rules that a profile can require, in the order of an answer.
    pub const REQUIRABLE: [Rule; 8] = [
        Rule::Credit,
        Rule::Author,
        Rule::Pixel,
        Rule::Canonical,
        Rule::Noindex,
        Rule::Images,
        Rule::Text,
        Rule::Live,
    ];

    /// Its word in profiles and answers.
    pub fn word(self) -> &'static str {
        match self {
            Rule::Page => "page",
            Rule::Credit => "credit",
            Rule::Author => "author",
            Rule::Pixel => "pixel",
            Rule::Canonical => "canonical",
            Rule::Noindex => "noindex",
            Rule::Images => "images",
            Rule::Text => "text",
            Rule::Live => "live",
        }
    }
}

impl From<Duty> for Rule {
    fn from(duty: Duty) -> Self {
        match duty {
            Duty::Credit => Rule::Credit,
            Duty::Author => Rule::Author,
            Duty::Pixel => Rule::Pixel,
            Duty::Canonical => Rule::Canonical,
            Duty::Noindex => Rule::Noindex,
            Duty::Images => Rule::Images,
            Duty::Text => Rule::Text,
            Duty::Live => Rule::Live,
        }
    }
}

/// What came of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = CheckResult, example = "fail")]
pub enum Outcome {
    /// The page keeps to it.
    Pass,
    /// It does, but for something that should be looked at.
    Warn,
    /// It does not.
    Fail,
    /// It was not asked: the partner's profile leaves it out, or the page could not be read.
    Na,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $outcome:ident, $fix:expr;)*) => {
        /// What was found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[schema(as = CheckCode, example = "canonical_not_in_head")]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The word of the API.
            pub fn word(self) -> &'static str {
                match self {
                    $(Code::$name => $word,)*
                }
            }

            /// What a page that has it comes to.
            pub fn outcome(self) -> Outcome {
                match self {
                    $(Code::$name => Outcome::$outcome,)*
                }
            }

            /// What to do about it, for a person; none where there is nothing to do.
            pub fn fix(self) -> Option<&'static str> {
                match self {
                    $(Code::$name => $fix,)*
                }
            }
        }
    };
}

codes! {
    /// The page did not answer, or not with HTML.
    PageUnreachable = "page_unreachable", Fail,
        Some("Let the page answer with HTML within ten seconds.");
    /// The page leads to a host that is not the partner's.
    RedirectToOtherHost = "redirect_to_other_host", Fail,
        Some("Give the address of the page itself, on one of your registered hosts.");
    /// The page's host is no longer one of the partner's.
    HostNotRegistered = "host_not_registered", Fail,
        Some("Let the newsroom register the host of the page.");
    /// The site's robots.txt asks us not to read the page.
    ClosedByRobotsTxt = "closed_by_robots_txt", Na,
        Some("Let the user agent Wiredesk read the page in robots.txt, or submit its HTML.");
    /// Nothing on the page tells which story it runs.
    ArticleUnknown = "article_unknown", Fail,
        Some("Keep the pixel or the canonical link on the page, or name the story in `article`.");
    /// The page no longer runs the story.
    PageRemoved = "page_removed", Na, None;
    /// The story was retracted: nothing else is asked of the page.
    ArticleRetracted = "article_retracted", Na, None;
    /// The partner's profile does not require the rule.
    NotRequired = "not_required", Na, None;
    /// The page does not name the publication.
    CreditMissing = "credit_missing", Fail,
        Some("Put the credit line of the package on the page, where readers see it.");
    /// The page names the publication and has no link to the story.
    CreditNotLinked = "credit_not_linked", Fail,
        Some("Link the credit line to the original story, as the package does.");
    /// The page does not name an author of the story.
    AuthorMissing = "author_missing", Fail,
        Some("Name every author of the story, as its byline does.");
    /// The page has no pixel.
    PixelMissing = "pixel_missing", Fail,
        Some("Put the pixel of the package behind the text, as it is.");
    /// The page has a pixel that was never given out.
    PixelUnknown = "pixel_unknown", Fail,
        Some("Copy the pixel of the package whole: its address was changed.");
    /// The pixel waits until a reader comes near it.
    PixelLazy = "pixel_lazy", Fail,
        Some("Leave the pixel out of lazy loading: it has loading=\"eager\".");
    /// The pixel is there for browsers without scripts alone.
    PixelOnlyInNoscript = "pixel_only_in_noscript", Fail,
        Some("Move the pixel out of the noscript element.");
    /// The pixel's address stands in another attribute than `src`.
    PixelNotInSrc = "pixel_not_in_src", Fail,
        Some("Put the pixel's address into the src of an img, and leave the pixel out of image optimising.");
    /// The pixel is that of another story.
    PixelOfAnotherStory = "pixel_of_another_story", Fail,
        Some("Take the pixel of this story's own package.");
    /// The pixel is that of another partner's copy.
    PixelOfAnotherPartner = "pixel_of_another_partner", Fail,
        Some("Take the package with your own key: this pixel counts for somebody else.");
    /// The pixel is of a copy that was taken without a key.
    PixelWithoutPartner = "pixel_without_partner", Warn,
        Some("Take the package with your key, so that its pixel counts for you.");
    /// The pixel stands on the page more than once.
    PixelRepeated = "pixel_repeated", Warn,
        Some("Keep one pixel on the page.");
    /// The pixel is fetched through another host.
    PixelProxied = "pixel_proxied", Warn,
        Some("Leave the pixel out of your image proxy: it keeps readers from being counted.");
    /// The page has no canonical link.
    CanonicalMissing = "canonical_missing", Fail,
        Some("Put the canonical link of the package into the page's head, or its Link header.");
    /// The page's canonical link stands in its body, where search engines do not look.
    CanonicalNotInHead = "canonical_not_in_head", Fail,
        Some("Move the canonical link into the page's head. An element that belongs into the body ends the head.");
    /// The page has several canonical links that differ: search engines believe none.
    CanonicalRepeated = "canonical_repeated", Fail,
        Some("Keep one canonical link, in the page's head or its Link header.");
    /// The page's canonical link leads elsewhere.
    CanonicalOther = "canonical_other", Fail,
        Some("Point the page's one canonical link at the original story.");
    /// The page may be indexed.
    NoindexMissing = "noindex_missing", Fail,
        Some("Put the robots tag of the package into the page's head, or its X-Robots-Tag header.");
    /// The page's robots tag stands in its body, where search engines do not look.
    NoindexNotInHead = "noindex_not_in_head", Fail,
        Some("Move the robots tag into the page's head. An element that belongs into the body ends the head.");
    /// Google alone is asked to leave the page out.
    NoindexForGooglebotOnly = "noindex_for_googlebot_only", Warn,
        Some("Name the tag robots in place of googlebot, so that every search engine follows it.");
    /// Google News alone is asked to leave the page out.
    NoindexForGooglebotNewsOnly = "noindex_for_googlebot_news_only", Fail,
        Some("Name the tag robots in place of googlebot-news, so that every search engine follows it.");
    /// The page shows a picture that may not be run.
    ImagesDenied = "images_denied", Fail,
        Some("Take the picture off the page: it is not among the package's images.");
    /// The page's words are not those of any version.
    TextMissing = "text_missing", Fail,
        Some("Run the text of the package, whole and where readers see it.");
    /// Some passages were changed or left out.
    TextEdited = "text_edited", Warn,
        Some("Run the text as the package has it.");
    /// The page shows an earlier version of the story.
    VersionOutdated = "version_outdated", Warn,
        Some("Take the package again: the story has a newer version.");
    /// The page still shows a story that was retracted.
    RetractedStillLive = "retracted_still_live", Fail,
        Some("Take the story off the page, and off every place that shows it.");
}
