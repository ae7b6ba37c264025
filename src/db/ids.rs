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
    /// What a partner was granted.
    GrantId marks Grant;
}
