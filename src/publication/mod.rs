//! The publication's settings, and the origins that its stories come from.
//!
//! There is one publication an installation. Its settings decide the addresses of everything public;
//! an origin decides whether a story may be republished at all, and one that is unknown denies.

pub mod routes;
pub mod views;

mod judge;
mod origins;
mod settings;
mod store;

use crate::articles::site::Site;
use crate::db::{Audience, Change, Conn, Snapshot, Tx};
use crate::error::{Error, Result};

pub use judge::{Asked, judge, offer};
pub use origins::{Origin, OriginContact, OriginDraft};
pub use origins::{
    browse_origins, change_origin, create_origin, delete_origin, find_origin, find_origin_if_any,
    in_house_origin, origins_by_ids, put_origin, reserved_origins,
};
pub use settings::{Contact, MachineUse, NavigationItem, NoticeHours, PublisherSettings, Settings};

/// The settings; the defaults until they are set.
pub fn settings(conn: &mut Conn) -> Result<Settings> {
    Ok(store::settings(conn)?.unwrap_or_default())
}

/// The settings of the state that is read; the defaults until they are set. No statement.
pub fn settings_at(snapshot: &Snapshot) -> Result<Settings> {
    let Some(text) = snapshot.settings() else { return Ok(Settings::default()) };
    serde_json::from_str(text).map_err(|error| Error::Internal(format!("the settings: {error}")))
}

/// The publication's site, as far as addresses go.
pub fn site(conn: &mut Conn) -> Result<Site> {
    Ok(settings(conn)?.site())
}

/// Changes the settings. What readers see of them shows in every answer, so all of them are renewed.
pub fn change_settings(tx: &mut Tx, settings: Settings) -> Result<Settings> {
    if store::settings(tx)?.as_ref() == Some(&settings) {
        return Ok(settings);
    }
    store::put_settings(tx, &settings)?;
    tx.touch_live();
    tx.record(
        Change::new(Audience::Public, "publication.changed", "publication", "1")
            .keys(["publication".to_owned()]),
    );
    Ok(settings)
}
