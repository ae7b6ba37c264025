//! One request on one connection, which is closed after it.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION, USER_AGENT,
};
use hyper::{HeaderMap, Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Host, Url};

use super::Failure;
use super::network::Network;

/// Who asks, as every host that we ask is told.
const AGENT: &str = concat!("Wiredesk/", env!("CARGO_PKG_VERSION"));
/// The largest head of an answer, in bytes and in headers.
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 200;

/// A connection, in clear or not.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Connects to the first of these addresses that takes the connection. What TLS verifies is the name in the URL.
pub async fn connect(
    network: &dyn Network,
    addresses: &[SocketAddr],
    url: &Url,
    tls: &TlsConnector,
) -> Result<Box<dyn Stream>, Failure> {
    let mut taken = None;
    for address in addresses {
        if let Ok(stream) = network.connect(*address).await {
            taken = Some(stream);
            break;
        }
    }
    let stream = taken.ok_or(Failure::Unreachable)?;
    if url.scheme() == "http" {
        return Ok(Box::new(stream));
    }
    let name = match url.host().ok_or(Failure::NotAllowed)? {
        Host::Domain(name) => ServerName::try_from(name.to_owned()).map_err(|_| Failure::Unreachable)?,
        Host::Ipv4(address) => ServerName::IpAddress(std::net::IpAddr::V4(address).into()),
        Host::Ipv6(address) => ServerName::IpAddress(std::net::IpAddr::V6(address).into()),
    };
    let stream = tls.connect(name, stream).await.map_err(|_| Failure::Unreachable)?;
    Ok(Box::new(stream))
}

/// What is asked.
pub struct Ask {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: String,
}

impl Ask {
    /// A page.
    pub fn get(url: &Url) -> Self {
        let mut headers = headers(url);
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
        Ask { method: Method::GET, path: path(url), headers, body: String::new() }
    }

    /// A message, JSON.
    pub fn post(url: &Url, more: Vec<(&str, String)>, body: String) -> Self {
        let mut headers = headers(url);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in more {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::try_from(value)) {
                headers.insert(name, value);
            }
        }
        Ask { method: Method::POST, path: path(url), headers, body }
    }
}

fn headers(url: &Url) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    if let Ok(host) = HeaderValue::from_str(host) {
        headers.insert(HOST, host);
    }
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    headers
}

fn path(url: &Url) -> String {
    url[url::Position::BeforePath..url::Position::AfterQuery].to_owned()
}

/// An answer whose body is still to come, with what drives its connection: dropped, it ends.
pub struct Told {
    response: Response<Incoming>,
    _connection: JoinSet<()>,
}

/// Asks on a connection.
pub async fn exchange(stream: Box<dyn Stream>, ask: Ask) -> Result<Told, Failure> {
    let handshake = http1::Builder::new()
        .max_header_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .handshake::<_, Full<Bytes>>(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.map_err(|_| Failure::Unreachable)?;
    let mut driver = JoinSet::new();
    driver.spawn(async move {
        // What breaks the connection is told to whoever waits for the answer.
        let _ = connection.await;
    });
    let mut request = Request::new(Full::from(ask.body));
    *request.method_mut() = ask.method;
    *request.uri_mut() = ask.path.parse().map_err(|_| Failure::NotAllowed)?;
    *request.headers_mut() = ask.headers;
    let response = sender.send_request(request).await.map_err(|_| Failure::Unreachable)?;
    Ok(Told { response, _connection: driver })
}

impl Told {
    /// The status.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The headers; what is not text in them is replaced.
    pub fn headers(&self) -> Vec<(String, String)> {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        self.response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
    }

    /// Where it leads on to, if it is a redirect.
    pub fn location(&self) -> Option<String> {
        let is_redirect = matches!(self.status(), 301 | 302 | 303 | 307 | 308);
        let location = self.response.headers().get(LOCATION).filter(|_| is_redirect)?;
        Some(String::from_utf8_lossy(location.as_bytes()).into_owned())
    }

    /// The body as it came, of at most this many bytes.
    pub async fn body(mut self, most: usize) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        while let Some(frame) = self.response.body_mut().frame().await {
            let Ok(data) = frame.map_err(|_| Failure::Unreachable)?.into_data() else { continue };
            if body.len() + data.len() > most {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&data);
        }
        Ok(body)
    }
}
