//! Which URLs may stand in a body, and how they are made absolute.
//!
//! Promises: what `check` lets through is `http`, `https`, `mailto` or `tel`, a fragment, or relative, as a
//! browser reads it: blanks around and tabs and line ends inside are taken away before the scheme is looked
//! at.

use std::borrow::Cow;

use url::Url;

/// Why a URL may not stand in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is none.
    Empty,
    /// Its scheme, or `//` where the scheme is left to the page.
    Unsafe(String),
}

const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The URL as it is stored: cleaned as browsers do, otherwise as it was typed.
pub(super) fn check(raw: &str) -> Result<String, Refused> {
    let url = clean(raw);
    if url.is_empty() {
        return Err(Refused::Empty);
    }
    if has_no_scheme_but_a_host(&url) {
        return Err(Refused::Unsafe("//".into()));
    }
    let Some(scheme) = scheme(&url) else { return Ok(url) };
    if !SCHEMES.contains(&scheme.as_str()) {
        return Err(Refused::Unsafe(format!("{}:", scheme.chars().take(40).collect::<String>())));
    }
    if scheme.starts_with("http") && Url::parse(&url).is_err() {
        return Err(Refused::Unsafe(format!("{scheme}: without a valid host")));
    }
    Ok(url)
}

/// The same for HTML, where `//host` means the page's scheme: it becomes `https`.
pub(super) fn check_html(raw: &str) -> Result<String, Refused> {
    let url = clean(raw);
    if has_no_scheme_but_a_host(&url) { check(&format!("https://{}", &url[2..])) } else { check(&url) }
}

/// The URL of a picture or an embed: as above, but neither `mailto`, `tel` nor a fragment.
pub(super) fn is_fetchable(url: &str) -> bool {
    !url.starts_with('#') && scheme(url).is_none_or(|scheme| scheme.starts_with("http"))
}

/// Whether it names its host itself.
pub(super) fn is_web(url: &str) -> bool {
    scheme(url).is_some_and(|scheme| scheme.starts_with("http"))
}

/// The URL against `base` by the URL standard; `mailto` and `tel` stay as they are.
pub(super) fn absolute(url: &str, base: &Url) -> String {
    if scheme(url).is_some_and(|scheme| !scheme.starts_with("http")) {
        return url.to_owned();
    }
    base.join(url).map_or_else(|_| base.to_string(), String::from)
}

/// What the URL standard takes away before it parses: C0 controls and blanks around, tabs and line ends
/// anywhere.
fn clean(raw: &str) -> String {
    let trimmed = raw.trim_matches(|c: char| c <= ' ');
    trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

fn has_no_scheme_but_a_host(url: &str) -> bool {
    let is_slash = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'\\'));
    is_slash(url.as_bytes().first()) && is_slash(url.as_bytes().get(1))
}

/// The scheme in lower case, where the URL has one.
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let mut chars = scheme.chars();
    let begins = chars.next().is_some_and(|first| first.is_ascii_alphabetic());
    let goes_on = chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (begins && goes_on).then(|| scheme.to_ascii_lowercase())
}

/// Whose an embed is, by the host of its URL.
pub(super) fn provider(url: &str) -> Option<String> {
    const PROVIDERS: [(&str, &str); 18] = [
        ("youtube.com", "youtube"),
        ("youtube-nocookie.com", "youtube"),
        ("youtu.be", "youtube"),
        ("vimeo.com", "vimeo"),
        ("dailymotion.com", "dailymotion"),
        ("twitter.com", "x"),
        ("x.com", "x"),
        ("instagram.com", "instagram"),
        ("tiktok.com", "tiktok"),
        ("facebook.com", "facebook"),
        ("threads.net", "threads"),
        ("threads.com", "threads"),
        ("bsky.app", "bluesky"),
        ("reddit.com", "reddit"),
        ("spotify.com", "spotify"),
        ("soundcloud.com", "soundcloud"),
        ("apple.com", "apple"),
        ("datawrapper.de", "datawrapper"),
    ];
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    let is_of =
        |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    PROVIDERS.iter().find(|(domain, _)| is_of(domain)).map(|(_, name)| (*name).to_owned())
}

/// A URL's characters that would end a Markdown destination, percent-encoded.
pub(super) fn for_markdown(url: &str) -> Cow<'_, str> {
    if !url.contains([' ', '(', ')', '<', '>', '\\', '&', '\u{a0}']) {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len() + 8);
    for c in url.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '\u{a0}' => out.push_str("%C2%A0"),
            '&' => out.push_str("\\&"),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}
