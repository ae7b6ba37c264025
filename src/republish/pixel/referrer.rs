//! The host of the page that shows a pixel, as its browser names it.

/// What stands for a referrer that names no host, and for the hosts beyond those kept apart.
pub const OTHER: &str = "other";

/// The host of a `Referer`, in small letters and without its port; empty where there is none.
pub fn host(referrer: Option<&[u8]>) -> String {
    let Some(referrer) = referrer.filter(|sent| !sent.is_empty()) else { return String::new() };
    named(referrer).unwrap_or_else(|| OTHER.to_owned())
}

/// Read by hand: this is asked for each hit, and of the whole URL nothing but the host is of use.
fn named(referrer: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(referrer).ok()?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (name, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_name = name.len() <= 253 && name.split('.').all(is_label);
    (is_name && port.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.to_ascii_lowercase())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
