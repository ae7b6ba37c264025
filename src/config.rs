//! Settings: one struct, every default in one place, every fault told at once.
//!
//! Values come from the environment or a `.env` file; `.env.example` names each with its default and
//! a test holds the two together. Nothing else in the house reads the environment.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use ipnet::IpNet;
use url::Url;

/// Every setting, read and checked.
#[derive(Clone)]
pub struct Config {
    /// `DATABASE_URL`: `sqlite://PATH` or `postgres://…`. Default: `newsroom.db` in the data folder.
    pub database_url: String,
    /// `DATABASE_CONNECTIONS`: connections for reads, 1-100. Default 8.
    pub database_connections: u32,
    /// `WIREDESK_DATA_DIR`: database, secrets and files. Default `./data`.
    pub data_dir: PathBuf,
    /// `WIREDESK_BIND`: the address that the server listens on. Default `127.0.0.1:8080`.
    pub bind: SocketAddr,
    /// `WIREDESK_PUBLIC_URL`: the API's own address in pixels and links, without a final slash. Default `http://` + bind.
    pub public_url: String,
    /// `WIREDESK_HOSTS`: the hosts that are served, without ports; any other is 421. Default: any.
    pub hosts: Option<Vec<String>>,
    /// `WIREDESK_WORKERS`: server threads, 1-256. Default: one a core.
    pub workers: usize,
    /// `WIREDESK_SECRETS`: `kid:secret,…`; the first signs, all verify, `kid:secret:pixel` pixels alone.
    /// Default: a file in the data folder.
    pub secrets: Option<String>,
    /// `WIREDESK_CORS_ORIGINS`: origins of browsers, comma between. Default: any, for delivery alone.
    pub cors_origins: Option<Vec<String>>,
    /// `WIREDESK_TRUSTED_PROXIES`: networks whose forwarded addresses are believed. Default: none.
    pub trusted_proxies: Vec<IpNet>,
    /// `WIREDESK_ALLOW_PRIVATE_TARGETS`: networks that requests of ours may reach although they are private.
    /// Default: none.
    pub private_targets: Vec<IpNet>,
    /// `WIREDESK_LIMITS`: `on` or `off` (for benches). Default `on`.
    pub limits: bool,
    /// `WIREDESK_LOG`: filter of log lines. Default `info`.
    pub log: String,
}

/// What an entry of `WIREDESK_SECRETS` ends in that verifies pixels alone.
pub const PIXELS_ALONE: &str = ":pixel";

/// The names of all settings, for `.env.example` and its test.
pub const NAMES: [&str; 13] = [
    "DATABASE_URL",
    "DATABASE_CONNECTIONS",
    "WIREDESK_DATA_DIR",
    "WIREDESK_BIND",
    "WIREDESK_PUBLIC_URL",
    "WIREDESK_HOSTS",
    "WIREDESK_WORKERS",
    "WIREDESK_SECRETS",
    "WIREDESK_CORS_ORIGINS",
    "WIREDESK_TRUSTED_PROXIES",
    "WIREDESK_ALLOW_PRIVATE_TARGETS",
    "WIREDESK_LIMITS",
    "WIREDESK_LOG",
];

impl Config {
    /// Reads the environment; all faults at once, a line each, without the faulty value of a secret.
    pub fn from_env() -> Result<Self, Vec<String>> {
        Self::from_values(std::env::vars().collect())
    }

    /// Reads settings from a map, as `from_env` does.
    pub fn from_values(values: BTreeMap<String, String>) -> Result<Self, Vec<String>> {
        let mut read = Reader { values, faults: Vec::new() };
        let data_dir: PathBuf = read.parsed("WIREDESK_DATA_DIR", PathBuf::from("./data"), "a folder");
        let default_url = format!("sqlite://{}", data_dir.join("newsroom.db").display());
        let database_url = read.text("DATABASE_URL").unwrap_or(default_url);
        read.check(
            ["sqlite://", "postgres://", "postgresql://"]
                .iter()
                .any(|scheme| database_url.starts_with(scheme)),
            "DATABASE_URL",
            "must begin with sqlite:// or postgres://",
        );
        let bind = read.parsed(
            "WIREDESK_BIND",
            SocketAddr::from(([127, 0, 0, 1], 8080)),
            "an address like 127.0.0.1:8080",
        );
        let public_url = read.public_url(bind);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let config = Config {
            database_url,
            database_connections: read.number("DATABASE_CONNECTIONS", 8, 1, 100),
            bind,
            public_url,
            hosts: read.text("WIREDESK_HOSTS").map(|text| parts(&text.to_lowercase())),
            workers: read.number("WIREDESK_WORKERS", cores, 1, 256),
            secrets: read.secrets(),
            cors_origins: read.text("WIREDESK_CORS_ORIGINS").map(|text| parts(&text)),
            trusted_proxies: read.networks("WIREDESK_TRUSTED_PROXIES"),
            private_targets: read.networks("WIREDESK_ALLOW_PRIVATE_TARGETS"),
            limits: read.switch("WIREDESK_LIMITS", true),
            log: read.text("WIREDESK_LOG").unwrap_or_else(|| "info".into()),
            data_dir,
        };
        if read.faults.is_empty() { Ok(config) } else { Err(read.faults) }
    }
}

struct Reader {
    values: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl Reader {
    fn text(&self, name: &str) -> Option<String> {
        self.values.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn check(&mut self, holds: bool, name: &str, rule: &str) {
        if !holds {
            self.faults.push(format!("{name} {rule}"));
        }
    }

    fn parsed<T: FromStr>(&mut self, name: &str, default: T, form: &str) -> T {
        let Some(text) = self.text(name) else { return default };
        text.parse().unwrap_or_else(|_| {
            self.faults.push(format!("{name} must be {form}, not `{text}`"));
            default
        })
    }

    fn number<T: FromStr + PartialOrd + Copy + Display>(
        &mut self,
        name: &str,
        default: T,
        least: T,
        most: T,
    ) -> T {
        let number = self.parsed(name, default, "a whole number");
        self.check((least..=most).contains(&number), name, &format!("must be from {least} to {most}"));
        number
    }

    fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.text(name).as_deref() {
            None => default,
            Some("on") => true,
            Some("off") => false,
            Some(other) => {
                self.faults.push(format!("{name} must be `on` or `off`, not `{other}`"));
                default
            }
        }
    }

    fn networks(&mut self, name: &str) -> Vec<IpNet> {
        let texts = self.text(name).map(|text| parts(&text)).unwrap_or_default();
        texts.iter().filter_map(|text| self.network(name, text)).collect()
    }

    fn network(&mut self, name: &str, text: &str) -> Option<IpNet> {
        let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok();
        self.check(network.is_some(), name, &format!("must hold networks like 10.1.0.0/16, not `{text}`"));
        network
    }

    fn public_url(&mut self, bind: SocketAddr) -> String {
        let text = self.text("WIREDESK_PUBLIC_URL").unwrap_or_else(|| format!("http://{bind}"));
        let good = Url::parse(&text).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none()
        });
        self.check(good, "WIREDESK_PUBLIC_URL", "must be an address like https://api.example.org");
        text.trim_end_matches('/').to_owned()
    }

    fn secrets(&mut self) -> Option<String> {
        let text = self.text("WIREDESK_SECRETS")?;
        let entries = parts(&text);
        let signs = entries.first().is_some_and(|first| !first.ends_with(PIXELS_ALONE));
        let good = signs
            && entries.iter().all(|entry| {
                let entry = entry.strip_suffix(PIXELS_ALONE).unwrap_or(entry);
                entry.split_once(':').is_some_and(|(kid, secret)| !kid.is_empty() && secret.len() >= 32)
            });
        self.check(
            good,
            "WIREDESK_SECRETS",
            "must be kid:secret pairs with a comma between, each secret of 32 characters or more; any but the \
             first may end in :pixel",
        );
        Some(text)
    }
}

fn parts(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
