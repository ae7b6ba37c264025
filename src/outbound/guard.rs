//! What may be asked: a pure decision on a URL and on addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use url::{Host, Url};

use super::Failure;
use super::network::Network;

/// Where plain http may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Wherever https may: pages of the web.
    Anywhere,
    /// To the private networks that the settings name alone: what is sent is for one reader.
    Private,
}

/// Whom a URL names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address.
    Address(IpAddr),
    /// A name, to be looked up.
    Name(String),
}

/// The decision, with the private networks that the settings name.
pub struct Guard {
    private: Vec<IpNet>,
}

impl Guard {
    /// A guard that lets these networks pass although they are private.
    pub fn new(private: Vec<IpNet>) -> Self {
        Guard { private }
    }

    /// Whom a URL names, where it may be asked as far as it tells.
    pub fn target(&self, url: &Url, plain: Plain) -> Result<Target, Failure> {
        if !matches!(url.scheme(), "http" | "https")
            || !url.username().is_empty()
            || url.password().is_some()
            || url.port() == Some(0)
        {
            return Err(Failure::NotAllowed);
        }
        let target = match url.host().ok_or(Failure::NotAllowed)? {
            Host::Ipv4(address) => Target::Address(address.into()),
            Host::Ipv6(address) => Target::Address(address.into()),
            Host::Domain(name) if is_localhost(name) => Target::Address(Ipv4Addr::LOCALHOST.into()),
            Host::Domain(name) => Target::Name(name.to_owned()),
        };
        match &target {
            Target::Address(address) if !self.lets(*address, url, plain) => Err(Failure::NotAllowed),
            // No name leads to where plain http may go.
            Target::Name(_) if is_plain(url, plain) && self.private.is_empty() => Err(Failure::NotAllowed),
            _ => Ok(target),
        }
    }

    /// The addresses of a target, every one of which may be asked.
    pub async fn addresses(
        &self,
        network: &dyn Network,
        target: Target,
        url: &Url,
        plain: Plain,
    ) -> Result<Vec<SocketAddr>, Failure> {
        let port = url.port_or_known_default().ok_or(Failure::NotAllowed)?;
        let addresses = match target {
            Target::Address(address) => vec![address],
            Target::Name(name) => network.look_up(&name).await.map_err(|_| Failure::Unreachable)?,
        };
        if addresses.is_empty() {
            return Err(Failure::Unreachable);
        }
        if !addresses.iter().all(|address| self.lets(*address, url, plain)) {
            return Err(Failure::NotAllowed);
        }
        Ok(addresses.into_iter().map(|address| SocketAddr::new(address.to_canonical(), port)).collect())
    }

    fn lets(&self, address: IpAddr, url: &Url, plain: Plain) -> bool {
        let address = inner(address);
        let is_named = self.private.iter().any(|network| network.contains(&address));
        is_named || is_public(address) && !is_plain(url, plain)
    }
}

fn is_plain(url: &Url, plain: Plain) -> bool {
    plain == Plain::Private && url.scheme() == "http"
}

/// Names that are this machine wherever they are asked (RFC 6761).
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// The IPv4 address that an IPv6 one stands for: mapped (RFC 4291), or translated (RFC 6052).
fn inner(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address.to_canonical() else { return address.to_canonical() };
    match v6.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, _, _] => {
            let [.., a, b, c, d] = v6.octets();
            Ipv4Addr::new(a, b, c, d).into()
        }
        _ => v6.into(),
    }
}

/// IPv4 networks that are not of the public Internet (RFC 6890 and its successors).
const NOT_PUBLIC: [Ipv4Net; 15] = [
    v4([0, 0, 0, 0], 8),
    v4([10, 0, 0, 0], 8),
    v4([100, 64, 0, 0], 10),
    v4([127, 0, 0, 0], 8),
    v4([169, 254, 0, 0], 16),
    v4([172, 16, 0, 0], 12),
    v4([192, 0, 0, 0], 24),
    v4([192, 0, 2, 0], 24),
    v4([192, 88, 99, 0], 24),
    v4([192, 168, 0, 0], 16),
    v4([198, 18, 0, 0], 15),
    v4([198, 51, 100, 0], 24),
    v4([203, 0, 113, 0], 24),
    v4([224, 0, 0, 0], 4),
    v4([240, 0, 0, 0], 4),
];

/// IPv6: of the one block that is handed out, what is set apart. 2002::/16 carries IPv4 addresses of any kind.
const HANDED_OUT: Ipv6Net = v6([0x2000, 0, 0], 3);
const SET_APART: [Ipv6Net; 4] =
    [v6([0x2001, 0, 0], 23), v6([0x2001, 0xdb8, 0], 32), v6([0x2002, 0, 0], 16), v6([0x3fff, 0, 0], 20)];

const fn v4(octets: [u8; 4], prefix: u8) -> Ipv4Net {
    let [a, b, c, d] = octets;
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(segments: [u16; 3], prefix: u8) -> Ipv6Net {
    let [a, b, c] = segments;
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), prefix)
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC.iter().any(|network| network.contains(&address)),
        IpAddr::V6(address) => {
            HANDED_OUT.contains(&address) && !SET_APART.iter().any(|network| network.contains(&address))
        }
    }
}
