//! Whether what is stored agrees with itself, and mending what can be mended without a person.

use serde_json::json;

use super::store;
use crate::articles;
use crate::db::{Audience, Change, Conn, Tx};
use crate::error::Result;
use crate::newsroom::{self, PublishOrder, Work};

/// Something that was looked at.
pub struct Finding {
    /// What.
    pub what: &'static str,
    /// What is wrong with it; nothing where it is sound.
    pub faults: Vec<String>,
}

/// Looks at everything that should agree.
pub fn look(conn: &mut Conn) -> Result<Vec<Finding>> {
    let hidden = store::live_and_hidden(conn)?;
    let shown = store::shown_and_not_live(conn)?;
    let mut live: Vec<String> =
        hidden.into_iter().map(|(_, slug)| format!("the story `{slug}` is live and not shown")).collect();
    live.extend(shown.into_iter().map(|(_, slug)| format!("the story `{slug}` is shown and not live")));
    let versions = store::of_another_version(conn)?;
    live.extend(versions.into_iter().map(|slug| format!("the story `{slug}` is shown in another version")));
    let unheld = store::unheld_slugs(conn)?;
    let slugs = unheld.into_iter().map(|thing| format!("the slug of {thing} is not held for it"));
    Ok(vec![
        Finding { what: "tables", faults: store::engine_faults(conn)? },
        Finding { what: "change log", faults: log_faults(conn)? },
        Finding { what: "live stories", faults: live },
        Finding { what: "slugs", faults: slugs.collect() },
    ])
}

fn log_faults(conn: &mut Conn) -> Result<Vec<String>> {
    let log = store::log_count(conn)?;
    let mut faults = Vec::new();
    if let Some((first, last)) = log.range {
        if last - first + 1 != log.count {
            faults.push(format!(
                "{} numbers are missing between {first} and {last}",
                last - first + 1 - log.count
            ));
        }
        if last != log.counter {
            faults.push(format!("the counter stands at {}, the last change is {last}", log.counter));
        }
    }
    Ok(faults)
}

/// Takes off what is shown and not live, and shows again what is live and not shown. What was done, in
/// words.
pub fn repair(tx: &mut Tx) -> Result<Vec<String>> {
    let mut done = Vec::new();
    for (id, slug) in store::shown_and_not_live(tx)? {
        articles::take_down(tx, id)?;
        let change = Change::new(Audience::Public, "article.unpublished", "article", id);
        let change = change.key("article", id).key("slug", &slug).key("list", "articles");
        tx.record(change.detail(json!({"repair": true})));
        done.push(format!("took the story `{slug}` off"));
    }
    for (id, slug) in store::live_and_hidden(tx)? {
        let work = newsroom::find(tx, id.as_str())?;
        let order = PublishOrder { revision: work.live_revision, ..PublishOrder::default() };
        newsroom::publish(tx, &Work { live_revision: None, ..work }, order)?;
        done.push(format!("showed the story `{slug}` again"));
    }
    Ok(done)
}
