//! What every handler, job and command holds: the settings, the database, the secrets, the clock.
//!
//! There is one `App` a process, passed in; nothing in the house is global.

use crate::auth::Auth;
use crate::config::Config;
use crate::db::{Clock, Db};
use crate::error::Result;
use crate::outbound::Client;
use crate::popularity::Counter;
use crate::readers::Crawlers;
use crate::republish::pixel;

/// The running installation.
pub struct App {
    /// The settings.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Secrets, and what is remembered of sign-ins.
    pub auth: Auth,
    /// The client of every request that goes out.
    pub outbound: Client,
    /// Views that are not written down yet.
    pub views: Counter,
    /// Hits of pixels that are not written down yet.
    pub pixels: pixel::Counter,
    /// The programs that are no readers.
    pub crawlers: Crawlers,
}

impl App {
    /// Opens the installation that the settings describe: folder, secrets, database.
    pub fn open(config: Config, clock: Clock) -> Result<Self> {
        let auth = Auth::open(&config)?;
        let db = Db::open(&config, clock)?;
        let pixels = pixel::Counter::new(&auth.secrets);
        let outbound = Client::new(config.private_targets.clone());
        let crawlers = Crawlers::known()?;
        Ok(App { config, db, auth, outbound, views: Counter::default(), pixels, crawlers })
    }
}
