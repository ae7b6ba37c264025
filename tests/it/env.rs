//! The settings and `.env.example` name the same things.

use std::collections::{BTreeMap, BTreeSet};

use wiredesk::config::{Config, NAMES};

const EXAMPLE: &str = include_str!("../../.env.example");

fn named() -> BTreeMap<&'static str, &'static str> {
    EXAMPLE
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once('='))
        .filter(|(name, _)| !name.contains(' '))
        .collect()
}

#[test]
fn the_example_names_every_setting_and_no_other() {
    let settings: BTreeSet<&str> = NAMES.into_iter().collect();
    let example: BTreeSet<&str> = named().into_keys().collect();
    assert_eq!(settings, example);
}

#[test]
fn the_example_tells_the_defaults() {
    let written = named().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (written, default) =
        (Config::from_values(written).unwrap(), Config::from_values(BTreeMap::new()).unwrap());
    assert_eq!(written.database_url, default.database_url);
    assert_eq!(written.database_connections, default.database_connections);
    assert_eq!(written.data_dir, default.data_dir);
    assert_eq!(written.bind, default.bind);
    assert_eq!(written.public_url, default.public_url);
    assert_eq!(written.hosts, default.hosts);
    assert_eq!(written.workers, default.workers);
    assert_eq!(written.secrets, default.secrets);
    assert_eq!(written.cors_origins, default.cors_origins);
    assert_eq!(written.trusted_proxies, default.trusted_proxies);
    assert_eq!(written.private_targets, default.private_targets);
    assert_eq!(written.limits, default.limits);
    assert_eq!(written.log, default.log);
}

#[test]
fn wrong_settings_are_all_told_at_once_and_never_a_secret() {
    let values = [
        ("DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("WIREDESK_BIND", "here"),
        ("WIREDESK_LIMITS", "maybe"),
        ("WIREDESK_SECRETS", "k1:short-secret"),
        ("WIREDESK_TRUSTED_PROXIES", "10.0.0.0/99"),
        ("WIREDESK_ALLOW_PRIVATE_TARGETS", "the office"),
    ];
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let faults = Config::from_values(values).err().unwrap();
    assert_eq!(faults.len(), 6, "{faults:?}");
    let told = faults.join("\n");
    assert!(!told.contains("hunter2") && !told.contains("short-secret"), "{told}");
}
