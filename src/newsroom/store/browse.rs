//! The desk's list of stories.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::super::{State, Work};
use super::Row;
use super::saves::all_through;
use crate::articles::Shown;
use crate::articles::story::Story;
use crate::db::ids::{AuthorId, OriginId, SectionId, TagId};
use crate::db::schema::{article_uses, articles, revisions};
use crate::db::types::{Json, Stamp};
use crate::db::{AmongThese, Conn, Position};
use crate::error::{Error, Result};

/// What the desk's list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The last save first.
    #[default]
    LastSavedFirst,
    /// The first save first.
    FirstSavedFirst,
    /// What goes live next first; nothing else is in it.
    Calendar,
}

/// Which page of the newsroom's stories.
#[derive(Clone, Debug, Default)]
pub struct Browse {
    /// In which order.
    pub order: Order,
    /// Only those of this state; none means all but the trash.
    pub state: Option<State>,
    /// Only those that this user owns or has now: all that they may see.
    pub only_of: Option<String>,
    /// Only those of this owner.
    pub owner: Option<String>,
    /// Only those that this user has now.
    pub assignee: Option<String>,
    /// Only those with one of these sections.
    pub sections: Option<Vec<SectionId>>,
    /// Only those by this author.
    pub author: Option<AuthorId>,
    /// Only those with this tag.
    pub tag: Option<TagId>,
    /// Only those of this origin.
    pub origin: Option<OriginId>,
    /// Only those in this language.
    pub locale: Option<String>,
    /// Only those of this kind.
    pub kind: Option<&'static str>,
    /// Only those saved at this instant or later.
    pub updated_after: Option<Stamp>,
    /// Only those that go live by themselves before this instant.
    pub scheduled_before: Option<Stamp>,
    /// Only those in whose headline this stands: a pattern for `LIKE`.
    pub pattern: Option<String>,
    /// Where the page before it ended.
    pub after: Option<Position>,
    /// How many at the most.
    pub limit: i64,
}

/// A page of stories.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Work>> {
    let mut query = articles::table
        .inner_join(
            revisions::table
                .on(revisions::article_id.eq(articles::id).and(revisions::revision.eq(articles::revision))),
        )
        .select((Row::as_select(), revisions::story))
        .into_boxed();
    query = match browse.state {
        Some(state) => query.filter(articles::state.eq(state.as_str())),
        None => query.filter(articles::state.ne(State::Trash.as_str())),
    };
    macro_rules! narrow {
        ($($asked:expr => $name:ident $condition:expr;)*) => {$(
            if let Some($name) = $asked {
                query = query.filter($condition);
            }
        )*};
    }
    narrow! {
        &browse.owner => owner articles::owner_id.eq(owner);
        &browse.assignee => assignee articles::assignee_id.eq(assignee);
        &browse.locale => locale articles::locale.eq(locale);
        &browse.pattern => pattern articles::headline_key.like(pattern).escape('\\');
        browse.origin => origin articles::origin_id.eq(origin);
        browse.kind => kind articles::kind.eq(kind);
        browse.updated_after => at articles::updated_at.ge(at);
        browse.scheduled_before => at articles::scheduled_at.lt(at);
        browse.author => author names(Shown::Author, author.to_string());
        browse.tag => tag names(Shown::Tag, tag.to_string());
    }
    if let Some(user) = &browse.only_of {
        let own = articles::owner_id.is_not_null().and(articles::owner_id.assume_not_null().eq(user));
        let theirs =
            articles::assignee_id.is_not_null().and(articles::assignee_id.assume_not_null().eq(user));
        query = query.filter(own.or(theirs));
    }
    if let Some(sections) = &browse.sections {
        let section = articles::section_id.assume_not_null();
        query = query.filter(articles::section_id.is_not_null()).filter(section.among(sections));
    }
    if browse.order == Order::Calendar {
        query = query.filter(articles::scheduled_at.is_not_null());
    }
    if let Some(Position { key, id }) = &browse.after {
        let at = Stamp(key.parse().map_err(|_| Error::InvalidCursor)?);
        query = match browse.order {
            Order::LastSavedFirst => query
                .filter(articles::updated_at.lt(at).or(articles::updated_at.eq(at).and(articles::id.lt(id)))),
            Order::FirstSavedFirst => query
                .filter(articles::updated_at.gt(at).or(articles::updated_at.eq(at).and(articles::id.gt(id)))),
            Order::Calendar => {
                let due = articles::scheduled_at.assume_not_null();
                query.filter(due.gt(at).or(due.eq(at).and(articles::id.gt(id))))
            }
        };
    }
    query = match browse.order {
        Order::LastSavedFirst => query.order((articles::updated_at.desc(), articles::id.desc())),
        Order::FirstSavedFirst => query.order((articles::updated_at, articles::id)),
        Order::Calendar => query.order((articles::scheduled_at, articles::id)),
    };
    let rows = query.limit(browse.limit).load::<(Row, Json<Story>)>(conn)?;
    let mut works =
        rows.into_iter().map(|(row, story)| row.with(story.value)).collect::<Result<Vec<Work>>>()?;
    let mut stories: Vec<&mut Story> = works.iter_mut().map(|work| &mut work.story).collect();
    all_through(conn, &mut stories)?;
    Ok(works)
}

/// Whether the newest revision names a thing.
#[diesel::dsl::auto_type(no_type_alias)]
fn names(shown: Shown, id: String) -> _ {
    let kind: &'static str = Shown::name(shown);
    exists(
        article_uses::table
            .filter(article_uses::article_id.eq(articles::id))
            .filter(article_uses::kind.eq(kind))
            .filter(article_uses::entity_id.eq(id)),
    )
}
