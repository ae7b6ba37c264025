//! One look at a page: what robots.txt allows, where redirects lead, and what the page says.

use std::collections::HashMap;

use robotxt::{AccessResult, Robots};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use crate::error::{Error, Result};
use crate::outbound::{self, Client, Failure};
use crate::republish::checks::{Code, Page, Reading, read};

/// Whom robots.txt names when it means us: the first word of what our requests say they are.
const AGENT: &str = "Wiredesk";

/// What came of a look.
pub(super) enum Looked {
    /// The page.
    Page(Box<Reading>),
    /// There is no page there any more.
    Gone,
    /// It could not be read.
    Otherwise(Code, Option<String>),
}

/// A host that is visited, with what the robots.txt of its origins said.
pub(super) struct Site<'c> {
    client: &'c Client,
    // The jobs of the house are plain functions on threads of their own.
    runtime: Runtime,
    robots: HashMap<String, Option<Robots>>,
}

impl<'c> Site<'c> {
    pub(super) fn new(client: &'c Client) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::Internal(format!("no runtime: {error}")))?;
        Ok(Site { client, runtime, robots: HashMap::new() })
    }

    /// Looks at a page. A redirect is followed on the same host, where robots.txt lets us.
    pub(super) fn look(&mut self, url: &Url) -> Looked {
        let Some(robots) = self.robots_of(url) else {
            return Looked::Otherwise(Code::PageUnreachable, Some("robots.txt does not answer".to_owned()));
        };
        let closed = |url: &Url| Looked::Otherwise(Code::ClosedByRobotsTxt, Some(url.path().to_owned()));
        if !robots.is_url_allowed(url) {
            return closed(url);
        }
        let is_same_host = |next: &Url| next.host() == url.host();
        let found = self.get(url, |next| is_same_host(next) && robots.is_url_allowed(next));
        match found {
            Ok(page) if page.status == 404 || page.status == 410 => Looked::Gone,
            Ok(page) if (300..400).contains(&page.status) => match location(&page) {
                Some(next) if is_same_host(&next) => closed(&next),
                Some(next) => Looked::Otherwise(Code::RedirectToOtherHost, Some(next.into())),
                None => unreachable(&page),
            },
            Ok(page) if (200..300).contains(&page.status) && is_html(&page) => {
                let reading = read(&Page { html: &page.text(), headers: &page.headers, url: &page.url });
                Looked::Page(Box::new(reading))
            }
            Ok(page) => unreachable(&page),
            // Why, is told to nobody: it would say what stands behind the address.
            Err(_) => Looked::Otherwise(Code::PageUnreachable, None),
        }
    }

    /// What robots.txt of a page's origin says to us (RFC 9309); none where it does not answer, which closes
    /// the whole site.
    fn robots_of(&mut self, url: &Url) -> Option<Robots> {
        let origin = url.origin().ascii_serialization();
        if let Some(known) = self.robots.get(&origin) {
            return known.clone();
        }
        let answer =
            url.join("/robots.txt").ok().map(|robots| self.get(&robots, |next| next.host() == robots.host()));
        let robots = match answer? {
            Ok(page) if (200..300).contains(&page.status) => {
                Some(Robots::from_access(AccessResult::Successful(&page.body), AGENT))
            }
            Ok(page) if page.status >= 500 => None,
            // There is none, or it is on another host: nothing is closed.
            Ok(_) => Some(Robots::allow_all()),
            Err(_) => None,
        };
        self.robots.insert(origin, robots.clone());
        robots
    }

    fn get(
        &self,
        url: &Url,
        may_follow: impl Fn(&Url) -> bool,
    ) -> std::result::Result<outbound::Page, Failure> {
        self.runtime.block_on(self.client.get(url, may_follow))
    }
}

fn location(page: &outbound::Page) -> Option<Url> {
    page.url.join(page.header("location").next()?).ok()
}

fn is_html(page: &outbound::Page) -> bool {
    let kind = page.header("content-type").next().unwrap_or("text/html");
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    ["text/html", "application/xhtml+xml"].contains(&kind.as_str())
}

/// An answer that is no page: its status, and nothing of what it says.
fn unreachable(page: &outbound::Page) -> Looked {
    Looked::Otherwise(Code::PageUnreachable, Some(format!("status {}", page.status)))
}
