//! The kinds that a line is matched to by name: how each is found, read, and stored by the verbs of its room.

use deserr::Deserr;
use serde_json::Value;

use crate::authors::views::{AuthorInput, StaffAuthorView};
use crate::authors::{self, Author};
use crate::curation::appeals::views::{AppealInput, AppealView};
use crate::curation::lists::views::{ListInput, StaffListView};
use crate::curation::{appeals, lists};
use crate::db::{Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Faults, Ref};
use crate::media::views::{MediaInput, StaffMediaView};
use crate::media::{self, Asset};
use crate::publication::views::{OriginInput, OriginView};
use crate::publication::{self, Origin};
use crate::republish::partners::views::{GrantInput, PartnerInput, PartnerView};
use crate::republish::partners::{self, GrantKind, Partner};
use crate::taxonomy::sections::views::{SectionInput, SectionView};
use crate::taxonomy::series::views::{SeriesInput, SeriesView};
use crate::taxonomy::tags::views::{TagInput, TagView};
use crate::taxonomy::{sections, series, tags};
use crate::transfer::Kind;

/// A name in a line: where it stands, and what it names.
#[derive(Clone, Debug)]
pub struct Named {
    /// JSON Pointer into the line.
    pub pointer: String,
    /// The kind of what it names.
    pub kind: Kind,
    /// Its id, slug, code or key.
    pub name: String,
}

impl Named {
    /// A name at a place.
    pub fn at(pointer: impl Into<String>, kind: Kind, named: &Ref) -> Self {
        Named { pointer: pointer.into(), kind, name: named.as_str().to_owned() }
    }
}

/// A kind of thing that has a name.
pub trait Thing {
    /// What is stored.
    type Present: PartialEq;
    /// What is read.
    type Input: Deserr<Faults>;

    /// The thing of a name, old names included.
    fn find(conn: &mut Conn, name: &str) -> Result<Option<Self::Present>>;
    /// Its present name.
    fn name(present: &Self::Present) -> &str;
    /// The form that a line is laid over.
    fn form(present: &Self::Present) -> Value;
    /// What an input names.
    fn names(_: &Self::Input) -> Vec<Named> {
        Vec::new()
    }
    /// Makes it.
    fn create(tx: &mut Tx, input: Self::Input) -> Result<Self::Present>;
    /// Changes it; an identical change is none.
    fn change(tx: &mut Tx, present: &Self::Present, input: Self::Input) -> Result<Self::Present>;
}

/// None in place of a 404.
pub fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

macro_rules! thing {
    ($name:ident, $present:ty, $input:ty, $find:expr, $named:expr, $form:expr, $create:expr, $change:expr $(, $names:expr)?) => {
        pub struct $name;

        impl Thing for $name {
            type Present = $present;
            type Input = $input;

            fn find(conn: &mut Conn, name: &str) -> Result<Option<Self::Present>> {
                let find: fn(&mut Conn, &str) -> Result<Self::Present> = $find;
                there(find(conn, name))
            }

            fn name(present: &Self::Present) -> &str {
                let name: fn(&Self::Present) -> &String = $named;
                name(present)
            }

            fn form(present: &Self::Present) -> Value {
                $form(present)
            }

            fn create(tx: &mut Tx, input: Self::Input) -> Result<Self::Present> {
                $create(tx, input.into())
            }

            fn change(tx: &mut Tx, present: &Self::Present, input: Self::Input) -> Result<Self::Present> {
                $change(tx, present, input.into())
            }

            $(fn names(input: &Self::Input) -> Vec<Named> {
                let names: fn(&Self::Input) -> Vec<Named> = $names;
                names(input)
            })?
        }
    };
}

thing!(
    Origins,
    Origin,
    OriginInput,
    |conn, name| publication::find_origin(conn, name),
    |origin| &origin.code,
    OriginView::form,
    publication::create_origin,
    publication::change_origin
);
thing!(
    Sections,
    sections::Section,
    SectionInput,
    |conn, name| sections::find(conn, name),
    |section| &section.slug,
    SectionView::form,
    sections::create,
    sections::change,
    |input| input.parent.iter().map(|parent| Named::at("/parent", Kind::Section, parent)).collect()
);
thing!(
    Authors,
    Author,
    AuthorInput,
    |conn, name| authors::find(conn, name),
    |author| &author.slug,
    StaffAuthorView::form,
    authors::create,
    authors::change
);
thing!(
    Tags,
    tags::Tag,
    TagInput,
    |conn, name| tags::find(conn, name),
    |tag| &tag.slug,
    TagView::form,
    tags::create,
    tags::change
);
thing!(
    SeriesThings,
    series::Series,
    SeriesInput,
    |conn, name| series::find(conn, name),
    |series| &series.slug,
    SeriesView::form,
    series::create,
    series::change
);
thing!(
    Media,
    Asset,
    MediaInput,
    |conn, name| media::find(conn, name),
    |asset| &asset.key,
    StaffMediaView::form,
    media::create,
    media::change,
    |input| {
        let partner = |(place, lease): (usize, &media::views::LeaseInput)| {
            let partner = lease.partner.as_ref()?;
            Some(Named::at(format!("/leases/{place}/partner"), Kind::Partner, partner))
        };
        input.leases.iter().enumerate().filter_map(partner).collect()
    }
);
thing!(
    Lists,
    lists::List,
    ListInput,
    |conn, name| lists::find(conn, name),
    |list| &list.key,
    StaffListView::form,
    lists::create,
    lists::change,
    |input| {
        let items = input.items.iter().flatten().enumerate();
        let story = |(place, item): (usize, &lists::views::ListItemInput)| {
            let article = item.article.as_ref()?;
            Some(Named::at(format!("/items/{place}/article"), Kind::Article, article))
        };
        items.filter_map(story).collect()
    }
);
thing!(
    Appeals,
    appeals::Appeal,
    AppealInput,
    |conn, name| appeals::find(conn, name),
    |appeal| &appeal.key,
    AppealView::form,
    appeals::create,
    appeals::change,
    |input| {
        let sections = input.sections.iter().flatten().enumerate();
        let named = |(place, section)| Named::at(format!("/sections/{place}"), Kind::Section, section);
        sections.map(named).collect()
    }
);

thing!(
    Partners,
    Partner,
    PartnerInput,
    |conn, name| partners::read(conn, name),
    |partner| &partner.slug,
    PartnerView::form,
    partners::create,
    partners::change,
    |input| {
        let named = |(place, grant): (usize, &GrantInput)| {
            let (kind, named) = grant.names()?;
            let line = match kind {
                GrantKind::Section => Kind::Section,
                GrantKind::Tag => Kind::Tag,
                GrantKind::Origin => Kind::Origin,
                GrantKind::Article => Kind::Article,
            };
            Some(Named::at(format!("/grants/{place}/{}", kind.as_str()), line, named))
        };
        input.grants.iter().flatten().enumerate().filter_map(named).collect()
    }
);
