//! The terms as machines read them: one record of settings, rendered in each form that somebody reads today.
//!
//! `/.well-known/republishing.json` tells a partner's system everything; TDMRep and RSL tell crawlers what they
//! may do, and a package carries the same in its headers. What the publication has not said is not said: a form
//! that would be empty is not there, as an empty one would be read as a permission.

pub mod routes;
pub mod views;

use serde_json::{Value, json};
use url::Url;

use crate::body::escape_html;
use crate::publication::Settings;

/// Where the terms stand for machines.
pub fn url(public_url: &str) -> String {
    format!("{public_url}/.well-known/republishing.json")
}

/// What the headers of a package say: where the original and the licence are, and whether mining is reserved.
pub fn headers(settings: &Settings, public_url: &str, canonical_url: &str) -> Vec<(&'static str, String)> {
    // Printed by the URL standard: ASCII, without anything that could end a header.
    let canonical = Url::parse(canonical_url).map(|url| format!("<{url}>; rel=\"canonical\""));
    let license = settings.license_url.as_ref().map(|url| format!("<{url}>; rel=\"license\""));
    let rsl = rsl(settings).map(|_| format!("<{public_url}/rsl.xml>; rel=\"license\"; type=\"{RSL_TYPE}\""));
    let links: Vec<String> = canonical.into_iter().chain(license).chain(rsl).collect();
    let mut headers = vec![("link", links.join(", "))];
    if let Some(reserved) = settings.machine_use.tdm_reservation {
        headers.push(("tdm-reservation", i32::from(reserved).to_string()));
        headers.extend(settings.machine_use.tdm_policy_url.clone().map(|url| ("tdm-policy", url)));
    }
    headers
}

/// The TDMRep document of the site; none where it is not said whether mining is reserved.
pub fn tdm_rep(settings: &Settings) -> Option<Value> {
    let reserved = settings.machine_use.tdm_reservation?;
    let mut site = json!({ "location": "/", "tdm-reservation": i32::from(reserved) });
    if let Some(policy) = &settings.machine_use.tdm_policy_url {
        site["tdm-policy"] = json!(policy);
    }
    Some(json!([site]))
}

/// The media type of RSL.
pub const RSL_TYPE: &str = "application/rsl+xml";

/// The RSL 1.0 document of the site; none where nothing is said about any use.
pub fn rsl(settings: &Settings) -> Option<String> {
    let machines = &settings.machine_use;
    let uses =
        [("search", machines.search), ("ai-input", machines.ai_input), ("ai-train", machines.ai_train)];
    let told: Vec<String> = uses
        .into_iter()
        .filter_map(|(token, said)| said.map(|may| (if may { "permits" } else { "prohibits" }, token)))
        .map(|(element, token)| format!("      <{element} type=\"usage\">{token}</{element}>\n"))
        .collect();
    if told.is_empty() {
        return None;
    }
    let contact = settings.contact.as_ref();
    let email = contact.map(|contact| format!(" contactEmail=\"{}\"", escape_html(&contact.email)));
    let page = settings.license_url.as_ref().or(settings.guidelines_url.as_ref());
    let terms = page.map(|url| format!("    <terms>{}</terms>\n", escape_html(url)));
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <rsl xmlns=\"https://rslstandard.org/rsl\">\n  <content url=\"{}/\">\n    <license>\n{}    </license>\n    \
         <copyright type=\"organization\"{}>{}</copyright>\n{}  </content>\n</rsl>\n",
        escape_html(&settings.base_url),
        told.concat(),
        email.unwrap_or_default(),
        escape_html(&settings.name),
        terms.unwrap_or_default(),
    ))
}
