//! The one guarded HTTP client: every request that this house makes goes through it.
//!
//! `get` reads a page (at most 2 MiB decoded, 10 s in all, 3 redirects, each of them checked and, where
//! `may_follow` says no, told instead of followed); `post` delivers a message (15 s, no redirect, https, or http
//! to a private network that the settings name). Neither reaches a private, loopback, link-local, metadata,
//! shared, multicast or reserved address that `WIREDESK_ALLOW_PRIVATE_TARGETS` does not name, in whatever
//! spelling, by name, mapped into IPv6 or by a redirect: a name is looked up once, all its addresses must be
//! good, and the connection goes to the very one that was checked. No proxy of the environment is used. What
//! fails has one of four codes, which tell no more than a stranger may know. How often one host may be asked is
//! the caller's to heed. Knows no room.

mod decode;
mod exchange;
mod guard;
mod network;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ipnet::IpNet;
use thiserror::Error as ThisError;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::RootCertStore;
use url::Url;

pub use network::{Looking, Network, System};

use exchange::{Ask, Told};
use guard::{Guard, Plain};

/// How many redirects are followed.
const MOST_HOPS: usize = 3;

/// Why a request came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Failure {
    /// The target is none that we ask: its scheme, its address, or where it redirects to.
    #[error("this target is not allowed")]
    NotAllowed,
    /// Nobody answered as HTTP has it: no such name, no connection, no TLS, no head that can be read
    /// or that is of a size that we read.
    #[error("the target could not be reached")]
    Unreachable,
    /// The answer is larger than we read.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer did not come in time.
    #[error("the answer did not come in time")]
    TimedOut,
}

impl Failure {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Failure::NotAllowed => "target_not_allowed",
            Failure::Unreachable => "unreachable",
            Failure::TooLarge => "too_large",
            Failure::TimedOut => "timed_out",
        }
    }
}

/// What is read and waited for at the most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until a page was read, redirects and all.
    pub get: Duration,
    /// Until a message was answered.
    pub post: Duration,
    /// Until somebody takes a connection; longer is nobody.
    pub connect: Duration,
    /// Bytes of a page, encoded as well as decoded.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            get: Duration::from_secs(10),
            post: Duration::from_secs(15),
            connect: Duration::from_secs(5),
            bytes: 2 * 1024 * 1024,
        }
    }
}

/// A page that was read.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it was in the end.
    pub url: Url,
    /// The status, whatever it is; a redirect that was not followed is one.
    pub status: u16,
    /// The headers in their order, their names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body, decoded.
    pub body: Vec<u8>,
}

impl Page {
    /// The values of a header, by its name in small letters.
    pub fn header<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text, in the encoding that it or its header names, else UTF-8.
    pub fn text(&self) -> String {
        decode::text(&self.body, self.header("content-type").next())
    }
}

/// The client. There is one an installation.
pub struct Client {
    network: Arc<dyn Network>,
    guard: Guard,
    roots: fn() -> RootCertStore,
    tls: OnceLock<TlsConnector>,
    limits: Limits,
}

impl Client {
    /// A client on the network of this machine, which may reach these networks although they are private.
    pub fn new(private: Vec<IpNet>) -> Self {
        Self::over(Arc::new(System), private, network::roots_of_system, Limits::default())
    }

    /// A client on another network, with other authorities and limits.
    pub fn over(
        network: Arc<dyn Network>,
        private: Vec<IpNet>,
        roots: fn() -> RootCertStore,
        limits: Limits,
    ) -> Self {
        Client { network, guard: Guard::new(private), roots, tls: OnceLock::new(), limits }
    }

    /// Whether a page might be read there, by its address alone: no name is looked up.
    pub fn may_get(&self, url: &Url) -> Result<(), Failure> {
        self.guard.target(url, Plain::Anywhere).map(|_| ())
    }

    /// Whether a message might be delivered there, by its address alone: no name is looked up.
    pub fn may_post(&self, url: &Url) -> Result<(), Failure> {
        self.guard.target(url, Plain::Private).map(|_| ())
    }

    /// Reads a page. Redirects are followed where `may_follow` lets them; one that it does not is the page.
    pub async fn get(&self, url: &Url, may_follow: impl Fn(&Url) -> bool) -> Result<Page, Failure> {
        let deadline = Instant::now() + self.limits.get;
        let mut url = url.clone();
        for _ in 0..=MOST_HOPS {
            let ask = Ask::get(&url);
            let reading = async {
                let told = self.tell(&url, Plain::Anywhere, ask).await?;
                let next = next_hop(&url, &told)?;
                match next {
                    Some(next) => {
                        self.may_get(&next)?;
                        if may_follow(&next) { Ok(Err(next)) } else { self.page(&url, told).await.map(Ok) }
                    }
                    None => self.page(&url, told).await.map(Ok),
                }
            };
            match timeout_at(deadline, reading).await.map_err(|_| Failure::TimedOut)?? {
                Ok(page) => return Ok(page),
                Err(next) => url = next,
            }
        }
        Err(Failure::NotAllowed)
    }

    /// Delivers a message; the status of the answer, whose body is not read.
    pub async fn post(&self, url: &Url, headers: Vec<(&str, String)>, body: String) -> Result<u16, Failure> {
        let ask = Ask::post(url, headers, body);
        let telling = self.tell(url, Plain::Private, ask);
        let told = timeout_at(Instant::now() + self.limits.post, telling);
        told.await.map_err(|_| Failure::TimedOut)?.map(|told| told.status())
    }

    async fn tell(&self, url: &Url, plain: Plain, ask: Ask) -> Result<Told, Failure> {
        let target = self.guard.target(url, plain)?;
        let connecting = async {
            let addresses = self.guard.addresses(&*self.network, target, url, plain).await?;
            exchange::connect(&*self.network, &addresses, url, self.tls()?).await
        };
        // Nobody there and somebody who does not answer are the same to whoever asks.
        let stream = timeout_at(Instant::now() + self.limits.connect, connecting);
        let stream = stream.await.map_err(|_| Failure::Unreachable)??;
        exchange::exchange(stream, ask).await
    }

    async fn page(&self, url: &Url, told: Told) -> Result<Page, Failure> {
        let (status, headers, body) = (told.status(), told.headers(), told.body(self.limits.bytes).await?);
        let page = Page { url: url.clone(), status, headers, body };
        let coding = page.header("content-encoding").next().map(str::to_owned);
        let body = decode::decoded(&page.body, coding.as_deref(), self.limits.bytes)?;
        Ok(Page { body, ..page })
    }

    fn tls(&self) -> Result<&TlsConnector, Failure> {
        if let Some(tls) = self.tls.get() {
            return Ok(tls);
        }
        let made = network::tls((self.roots)())?;
        Ok(self.tls.get_or_init(|| made))
    }
}

/// Where an answer leads on to; from https never to http.
fn next_hop(url: &Url, told: &Told) -> Result<Option<Url>, Failure> {
    let Some(location) = told.location() else { return Ok(None) };
    let Ok(next) = url.join(&location) else { return Ok(None) };
    if url.scheme() == "https" && next.scheme() == "http" {
        return Err(Failure::NotAllowed);
    }
    Ok(Some(next))
}
