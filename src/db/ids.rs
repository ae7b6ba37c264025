//! The ids of the house, a type for each kind of thing, so that none is taken for another's.

use super::types::Id;

macro_rules! ids {
    ($($(#[$doc:meta])* $alias:ident marks $marker:ident;)*) => {
        /// The kinds that ids are told apart by; nothing has these types.
        pub mod kinds {
            $($(#[$doc])* pub enum $marker {})*
        }
        $($(#[$doc])* pub type $alias = Id<kinds::$marker>;)*
    };
}

ids! {
    /// A story.
    ArticleId marks Article;
    /// An entry of live coverage.
    UpdateId marks Update;
    /// An author.
    AuthorId marks Author;
    /// A section.
    SectionId marks Section;
    /// A tag.
    TagId marks Tag;
    /// A series.
    SeriesId marks Series;
    /// A media asset.
    MediaId marks Media;
    /// An origin.
    OriginId marks Origin;
    /// A curated list.
    ListId marks List;
    /// An appeal.
    AppealId marks Appeal;
    /// A redirect.
    RedirectId marks Redirect;
    /// A link to what is not public yet.
    PreviewId marks Preview;
    /// A member of the newsroom.
    UserId marks User;
    /// A sign-in.
    SessionId marks Session;
    /// An API key.
    KeyId marks Key;
    /// A partner publication.
    PartnerId marks Partner;
    /// A check of a partner's page.
    CheckId marks Check;
    /// An endpoint that is told of changes.
    WebhookId marks Webhook;
    /// A message to one.
    DeliveryId marks Delivery;
    /// What a partner was granted.
    GrantId marks Grant;
    /// Where a partner's copy of a story runs.
    PlacementId marks Placement;
    /// What a partner must be told of a story.
    NoticeId marks Notice;
    /// A use of a story by a partner, in the ledger.
    UseId marks Use;
}
