//! The desk's list of stories over HTTP, and its calendar.

use actix_web::get;
use actix_web::web::Data;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::{IntoParams, ToSchema};

use super::views;
use crate::addresses::{self, Kind};
use crate::app::App;
use crate::articles::story::StoryType;
use crate::auth::Caller;
use crate::db::ids::{OriginId, SectionId};
use crate::db::types::Id;
use crate::db::{Conn, Position};
use crate::error::Result;
use crate::fields::{Faults, Flag, Moment, Text, word};
use crate::http::caller::Staff;
use crate::http::paging::{Page, Paging};
use crate::http::{Both, Links, List, Register, Saved};
use crate::newsroom::views::StaffArticleView;
use crate::newsroom::{self, Browse, Order, State, Work, access};
use crate::publication;
use crate::taxonomy::sections;

/// Registers the route of this file.
pub fn configure(config: &mut impl Register) {
    config.service(list_staff_articles);
}

/// Which stories of the newsroom.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Desk {
    /// The order. Default `-updated_at`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    sort: Option<DeskOrder>,
    /// Only those of this state; left out, all but those in the trash.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    state: Option<State>,
    /// `true`: those in the trash, in place of all others.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    trashed: Option<Flag>,
    /// Only those of this section and those below it, by id or slug.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "harbour")]
    section: Option<Text<200>>,
    /// Only those by this author in any role, by id or slug.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "ines-duarte")]
    author: Option<Text<200>>,
    /// Only those with this tag, by id or slug.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "lighthouses")]
    tag: Option<Text<200>>,
    /// Only those of this origin, by id or code.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "courier")]
    origin: Option<Text<200>>,
    /// Only those of this owner: the id of a user, or `me`.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "me")]
    owner: Option<Text<200>>,
    /// Only those that this user has now: the id of a user, or `me`.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "me")]
    assignee: Option<Text<200>>,
    /// Only those in this language, BCP 47.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "en")]
    locale: Option<Text<35>>,
    /// Only those of this kind.
    #[deserr(default, rename = "type")]
    #[param(rename = "type", inline, nullable = false)]
    kind: Option<StoryType>,
    /// Only those saved at this instant or later: RFC 3339 with a zone, inclusive.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    updated_after: Option<Moment>,
    /// Only those that go live by themselves before this instant: RFC 3339 with a zone, exclusive.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    scheduled_before: Option<Moment>,
    /// Only those in whose headline this stands, case and accents aside.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    q: Option<Text<256>>,
}

/// What the desk's list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
enum DeskOrder {
    /// The last save first.
    #[schema(rename = "-updated_at")]
    LastSavedFirst,
    /// The first save first.
    #[schema(rename = "updated_at")]
    FirstSavedFirst,
    /// The calendar: what goes live by itself, the next first, and nothing else.
    #[schema(rename = "scheduled_at")]
    Calendar,
}

impl DeskOrder {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "-updated_at" => Some(DeskOrder::LastSavedFirst),
            "updated_at" => Some(DeskOrder::FirstSavedFirst),
            "scheduled_at" => Some(DeskOrder::Calendar),
            _ => None,
        }
    }
}

impl Deserr<Faults> for DeskOrder {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        word(value, location, DeskOrder::parse, "-updated_at, updated_at, scheduled_at")
    }
}

impl From<DeskOrder> for Order {
    fn from(order: DeskOrder) -> Self {
        match order {
            DeskOrder::LastSavedFirst => Order::LastSavedFirst,
            DeskOrder::FirstSavedFirst => Order::FirstSavedFirst,
            DeskOrder::Calendar => Order::Calendar,
        }
    }
}

/// Where a story stands in an order.
fn position(work: &Work, order: Order) -> Position {
    let at = match order {
        Order::LastSavedFirst | Order::FirstSavedFirst => work.updated_at,
        Order::Calendar => work.scheduled_at.unwrap_or(work.updated_at),
    };
    Position { key: at.0.to_string(), id: work.id.to_string() }
}

/// List the newsroom's stories
///
/// The newest save first, or the calendar of what goes live by itself. Contributors and authors see their own.
#[utoipa::path(
    tag = "admin: articles",
    params(Paging, Desk),
    responses((status = 200, body = List<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles")]
async fn list_staff_articles(
    app: Data<App>,
    staff: Staff,
    query: Both<Paging, Desk>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let Both(paging, asked) = query;
        let caller = staff.0;
        let user = caller.user();
        let list = format!("admin/articles\n{asked:?}\n{user:?}");
        let page = paging.page(&app.auth.secrets, links, &list, snapshot.epoch())?;
        let order = asked.sort.map_or(Order::default(), Order::from);
        let works = match browse(snapshot, &page, &asked, &caller)? {
            Some(browse) => newsroom::browse(snapshot, &browse)?,
            None => Vec::new(),
        };
        let positions: Vec<Position> = works.iter().map(|work| position(work, order)).collect();
        let now = snapshot.now();
        let rows = positions.into_iter().zip(views(snapshot, works, now)?).collect();
        Ok(page.of(rows, |(position, _)| position.clone(), |(_, view)| view))
    });
    Ok(Saved::seen(&page.await?))
}

/// What to ask for; none where something that was named is not there.
fn browse(conn: &mut Conn, page: &Page, asked: &Desk, caller: &Caller) -> Result<Option<Browse>> {
    let by_name = page.browse(false, asked.q.as_deref());
    let user = caller.user().map(|user| user.to_string()).unwrap_or_default();
    let person = |named: &Option<Text<200>>| {
        named.as_deref().map(|name| if name == "me" { user.clone() } else { name.to_owned() })
    };
    let mut filters = Filters { conn, names_nothing: false };
    let sections = filters.sections(asked.section.as_deref(), caller)?;
    let author = filters.id(Kind::Author, asked.author.as_deref())?;
    let tag = filters.id(Kind::Tag, asked.tag.as_deref())?;
    let origin = filters.origin(asked.origin.as_deref())?;
    if filters.names_nothing {
        return Ok(None);
    }
    let pattern = by_name.pattern();
    let trashed = asked.trashed.is_some_and(|trashed| trashed.0);
    Ok(Some(Browse {
        order: asked.sort.map_or(Order::default(), Order::from),
        state: asked.state.or(trashed.then_some(State::Trash)),
        only_of: (!access::may_see_all(caller)).then(|| user.clone()),
        owner: person(&asked.owner),
        assignee: person(&asked.assignee),
        sections,
        author,
        tag,
        origin,
        locale: asked.locale.as_deref().map(str::to_owned),
        kind: asked.kind.map(StoryType::as_str),
        updated_after: asked.updated_after.map(|at| at.0),
        scheduled_before: asked.scheduled_before.map(|at| at.0),
        pattern,
        after: by_name.after,
        limit: by_name.limit,
    }))
}

/// Looks up what filters name; what names nothing makes the list empty.
struct Filters<'a> {
    conn: &'a mut Conn,
    names_nothing: bool,
}

impl Filters<'_> {
    fn id<T>(&mut self, kind: Kind, key: Option<&str>) -> Result<Option<Id<T>>> {
        let Some(key) = key else { return Ok(None) };
        let found = addresses::known_id(self.conn, kind, key)?;
        self.names_nothing |= found.is_none();
        Ok(found)
    }

    /// The sections that are asked for, of those that the caller may see.
    fn sections(&mut self, key: Option<&str>, caller: &Caller) -> Result<Option<Vec<SectionId>>> {
        let seen = access::sections_of(self.conn, caller)?;
        let Some(id) = self.id(Kind::Section, key)? else { return Ok(seen) };
        let asked = sections::subtree(self.conn, id)?;
        let Some(seen) = seen else { return Ok(Some(asked)) };
        Ok(Some(asked.into_iter().filter(|section| seen.contains(section)).collect()))
    }

    fn origin(&mut self, key: Option<&str>) -> Result<Option<OriginId>> {
        let Some(key) = key else { return Ok(None) };
        let found = publication::find_origin_if_any(self.conn, key)?;
        self.names_nothing |= found.is_none();
        Ok(found.map(|origin| origin.id))
    }
}
