//! Canonical links and robots rules of an answer's headers: `Link` (RFC 8288) and `X-Robots-Tag`.

use url::Url;

use super::head::is_noindex;
use super::{Agent, Canonical, Place, Robots, short};

/// The canonical links of a `Link` header.
pub(super) fn canonicals(value: &str, base: &Url) -> Vec<Canonical> {
    let mut found = Vec::new();
    for link in split(value, ',') {
        let Some((target, parameters)) = link.trim().strip_prefix('<').and_then(|rest| rest.split_once('>'))
        else {
            continue;
        };
        if split(parameters, ';').any(is_canonical) {
            let url = base.join(target.trim()).ok();
            found.push(Canonical {
                place: Place::Header,
                url,
                quote: short(&format!("Link: {}", link.trim())),
            });
        }
    }
    found
}

fn is_canonical(parameter: &str) -> bool {
    parameter.split_once('=').is_some_and(|(name, value)| {
        let words = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("rel")
            && words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical"))
    })
}

/// The parts between separators that stand neither in quotes nor within `<…>`.
fn split(value: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut target, mut escaped) = (false, false, false);
    value.split(move |c: char| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match c {
            '\\' if quoted => escaped = true,
            '"' if !target => quoted = !quoted,
            '<' if !quoted => target = true,
            '>' if !quoted => target = false,
            _ => return c == separator && !quoted && !target,
        }
        false
    })
}

/// The rules of an `X-Robots-Tag` header. A search engine that is named is meant by all that follows it.
pub(super) fn robots(value: &str) -> Vec<Robots> {
    let mut agent = Some(Agent::All);
    let mut found = Vec::new();
    for part in value.split(',') {
        let mut word = part;
        if let Some((name, rest)) = part.split_once(':')
            && !takes_value(name)
        {
            agent = Agent::named(name);
            word = rest;
        }
        if let Some(agent) = agent {
            let quote = short(&format!("X-Robots-Tag: {}", value.trim()));
            found.push(Robots { place: Place::Header, agent, noindex: is_noindex(word), quote });
        }
    }
    found
}

/// Rules that are written with a colon and name no search engine.
fn takes_value(name: &str) -> bool {
    let known = ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];
    known.iter().any(|known| name.trim().eq_ignore_ascii_case(known))
}
