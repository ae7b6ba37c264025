//! SSRF: requests that we make. A network that notes what it was asked for stands under the client; whatever
//! address it is asked for, it leads to a receiver on loopback.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::{RootCertStore, ServerConfig, pki_types};
use url::Url;
use wiredesk::outbound::{Client, Failure, Limits, Looking, Network, Page};

use crate::harness::Receiver;

const PUBLIC: &str = "93.184.215.14";

/// A network that is watched.
struct Watched {
    /// What the next look-ups of a name give; the last stands.
    names: Mutex<BTreeMap<String, VecDeque<Vec<IpAddr>>>>,
    /// Where every connection leads.
    leads_to: Option<SocketAddr>,
    asked: Mutex<Vec<String>>,
}

impl Network for Watched {
    fn look_up<'n>(&'n self, name: &'n str) -> Looking<'n, Vec<IpAddr>> {
        self.asked.lock().unwrap().push(format!("name {name}"));
        let mut names = self.names.lock().unwrap();
        let answers = names.get_mut(name);
        let answer =
            answers.and_then(
                |answers| {
                    if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() }
                },
            );
        Box::pin(async move { answer.ok_or_else(|| io::Error::other("no such name")) })
    }

    fn connect(&self, address: SocketAddr) -> Looking<'_, TcpStream> {
        self.asked.lock().unwrap().push(format!("connect {}", address.ip()));
        let leads_to = self.leads_to;
        Box::pin(async move {
            match leads_to {
                Some(address) => TcpStream::connect(address).await,
                None => Err(io::Error::from(io::ErrorKind::ConnectionRefused)),
            }
        })
    }
}

struct Watch {
    client: Client,
    network: Arc<Watched>,
}

/// A client on a network where these names have these addresses, one look-up after another.
fn watch(leads_to: Option<SocketAddr>, names: &[(&str, &[&str])], private: &[&str]) -> Watch {
    let addresses =
        |text: &&str| text.split(',').map(|address| address.parse().unwrap()).collect::<Vec<IpAddr>>();
    let names = names
        .iter()
        .map(|(name, lookups)| ((*name).to_owned(), lookups.iter().map(addresses).collect()))
        .collect();
    let network = Arc::new(Watched { names: Mutex::new(names), leads_to, asked: Mutex::default() });
    let private = private.iter().map(|network| network.parse().unwrap()).collect();
    let limits = Limits {
        get: Duration::from_millis(700),
        post: Duration::from_millis(700),
        connect: Duration::from_millis(300),
        ..Limits::default()
    };
    Watch { client: Client::over(network.clone(), private, known, limits), network }
}

impl Watch {
    async fn get(&self, url: &str) -> Result<Page, Failure> {
        self.client.get(&Url::parse(url).unwrap(), |_| true).await
    }

    async fn post(&self, url: &str) -> Result<u16, Failure> {
        self.client.post(&Url::parse(url).unwrap(), Vec::new(), "{}".into()).await
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.network.asked.lock().unwrap())
    }
}

const SITE: (&str, &[&str]) = ("site.example", &[PUBLIC]);

fn answer(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[actix_web::test]
async fn ssrf_01_what_is_not_public_is_refused_in_every_spelling_and_nothing_is_asked() {
    let watch = watch(None, &[], &[]);
    let hosts = "127.0.0.1 localhost LOCALHOST. a.localhost 127.1 0 0.0.0.0 2130706433 0x7f000001 0177.0.0.1 \
        [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::1] \
        [2002:7f00:1::] [2001::1] [2001:db8::1] [3fff::1] 169.254.169.254 [fd00:ec2::254] 100.64.0.1 10.0.0.1 \
        172.16.0.1 172.31.255.255 192.168.0.1 198.18.0.1 198.19.255.255 192.0.0.1 192.0.2.1 198.51.100.1 \
        203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 [fe80::1] [fc00::1] [ff02::1] [fec0::1] ①②⑦.0.0.1";
    for host in hosts.split_whitespace() {
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://{host}/x");
            assert_eq!(watch.get(&url).await.unwrap_err(), Failure::NotAllowed, "{url}");
            assert_eq!(watch.post(&url).await.unwrap_err(), Failure::NotAllowed, "{url}");
            let url = Url::parse(&url).unwrap();
            assert_eq!(watch.client.may_get(&url), Err(Failure::NotAllowed), "{url}");
            assert_eq!(watch.client.may_post(&url), Err(Failure::NotAllowed), "{url}");
        }
    }
    let urls = [
        "file:///etc/passwd",
        "gopher://site.example/",
        "ftp://site.example/",
        "data:text/plain,x",
        "ws://site.example/",
        "unix:/run/x.sock",
        "http://good@127.0.0.1/",
        "https://good:word@site.example/",
        "http://127.0.0.1\\@good/",
        "http://127.0.\t0.1\n/",
    ];
    for url in urls {
        assert_eq!(watch.get(url).await.unwrap_err(), Failure::NotAllowed, "{url}");
    }
    assert_eq!(watch.asked(), Vec::<String>::new());
}

#[actix_web::test]
async fn ssrf_02_every_address_of_a_name_must_be_good_and_the_checked_one_is_connected_to() {
    let site = Receiver::saying(answer("200 OK", "here"));
    let names: &[(&str, &[&str])] = &[
        ("mixed.example", &["93.184.215.14,10.0.0.1"]),
        ("turning.example", &[PUBLIC, "127.0.0.1"]),
        ("six.example", &["2606:2800:220:1::1"]),
        ("mapped.example", &["::ffff:10.0.0.1"]),
    ];
    let watch = watch(Some(site.address()), names, &[]);
    assert_eq!(watch.get("https://mixed.example/").await.unwrap_err(), Failure::NotAllowed);
    assert_eq!(watch.get("http://mapped.example/").await.unwrap_err(), Failure::NotAllowed);
    assert_eq!(watch.asked(), ["name mixed.example", "name mapped.example"]);
    let page = watch.get("http://turning.example/").await.unwrap();
    assert_eq!((page.status, page.text().as_str()), (200, "here"));
    assert_eq!(watch.asked(), ["name turning.example", "connect 93.184.215.14"]);
    assert_eq!(watch.get("http://turning.example/").await.unwrap_err(), Failure::NotAllowed);
    assert_eq!(watch.asked(), ["name turning.example"]);
    watch.get("http://six.example:8080/a?b=c#d").await.unwrap();
    assert_eq!(watch.asked(), ["name six.example", "connect 2606:2800:220:1::1"]);
    let heard = site.heard().pop().unwrap();
    assert_eq!((heard.line.as_str(), heard.headers["host"].as_str()), ("GET /a?b=c", "six.example:8080"));
    assert_eq!(heard.headers["user-agent"], concat!("Wiredesk/", env!("CARGO_PKG_VERSION")));
}

/// The host `secure.example`, which signed for itself.
fn certified() -> &'static CertifiedKey<rcgen::KeyPair> {
    static CERTIFIED: OnceLock<CertifiedKey<rcgen::KeyPair>> = OnceLock::new();
    CERTIFIED.get_or_init(|| generate_simple_self_signed(["secure.example".to_owned()]).unwrap())
}

/// The authorities of the tests: that host alone.
fn known() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(certified().cert.der().clone()).unwrap();
    roots
}

#[actix_web::test]
async fn ssrf_02_the_certificate_is_verified_by_the_name_that_was_asked_for() {
    let certified = certified();
    let key = pki_types::PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = actix_web::rt::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            if let Ok(mut stream) = acceptor.accept(stream).await {
                use tokio::io::{AsyncReadExt, AsyncWriteExt};
                let _ = stream.read(&mut [0; 4096]).await;
                stream.write_all(answer("204 No Content", "").as_bytes()).await.unwrap();
                let _ = stream.shutdown().await;
            }
        }
    });
    let names: &[(&str, &[&str])] = &[("secure.example", &[PUBLIC]), ("other.example", &[PUBLIC])];
    let watch = watch(Some(address), names, &[]);
    assert_eq!(watch.post("https://secure.example/hook").await, Ok(204));
    assert_eq!(watch.get("https://secure.example/").await.unwrap().status, 204);
    assert_eq!(watch.post("https://other.example/hook").await, Err(Failure::Unreachable));
    served.abort();
}

#[actix_web::test]
async fn ssrf_03_each_redirect_is_checked_and_three_are_followed_and_none_of_a_message() {
    let refused =
        ["http://10.0.0.1/", "//127.0.0.1/", "file:///etc/passwd", "/again", "http://a@site.example/"];
    for to in refused {
        let site = Receiver::saying(answer(&format!("302 Found\r\nlocation: {to}"), ""));
        let watch = watch(Some(site.address()), &[SITE], &["127.9.0.0/16"]);
        assert_eq!(watch.get("http://site.example/").await.unwrap_err(), Failure::NotAllowed, "{to}");
        // Itself again: the page and three redirects.
        assert_eq!(site.heard().len(), if to == "/again" { 4 } else { 1 }, "{to}");
        assert!(!watch.asked().iter().any(|asked| asked.contains("10.0.0.1")));
        let heard = site.heard().len();
        assert_eq!(watch.post("http://127.9.0.1/hook").await, Ok(302));
        assert_eq!(site.heard().len(), heard + 1);
    }
    let site = Receiver::new(|heard, stream| {
        let told = match heard.line.as_str() {
            "GET /3" => answer("200 OK", "the end"),
            line => {
                let hop: u8 = line.trim_start_matches("GET /").parse().unwrap();
                answer(&format!("301 Moved\r\nlocation: /{}", hop + 1), "")
            }
        };
        stream.write_all(told.as_bytes()).unwrap();
    });
    let watch = watch(Some(site.address()), &[SITE], &[]);
    let page = watch.get("http://site.example/0").await.unwrap();
    assert_eq!((page.url.as_str(), page.text().as_str()), ("http://site.example/3", "the end"));
    let begin = Url::parse("http://site.example/0").unwrap();
    let page = watch.client.get(&begin, |next| next.path() != "/2");
    let page = page.await.unwrap();
    assert_eq!((page.url.path(), page.status), ("/1", 301));
    assert_eq!(page.header("location").next(), Some("/2"));
}

#[actix_web::test]
async fn ssrf_04_private_networks_are_reached_where_the_settings_name_them_and_no_others() {
    let site = Receiver::saying(answer("200 OK", ""));
    let watch = watch(Some(site.address()), &[SITE, ("inside.example", &["127.0.0.7"])], &["127.0.0.0/8"]);
    let reached =
        ["http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://localhost/", "http://inside.example/"];
    for url in reached {
        assert_eq!(watch.get(url).await.unwrap().status, 200, "{url}");
        assert_eq!(watch.post(url).await, Ok(200), "{url}");
    }
    watch.asked();
    for url in ["http://10.0.0.1/", "http://169.254.169.254/", "http://[::1]/"] {
        assert_eq!(watch.get(url).await.unwrap_err(), Failure::NotAllowed, "{url}");
    }
    assert_eq!(watch.asked(), Vec::<String>::new());
    // What is sent in clear stays at home.
    assert_eq!(watch.get("http://site.example/").await.unwrap().status, 200);
    assert_eq!(watch.post("http://site.example/").await, Err(Failure::NotAllowed));
    assert_eq!(watch.post(&format!("http://{PUBLIC}/")).await, Err(Failure::NotAllowed));
}

#[actix_web::test]
async fn ssrf_05_what_does_not_end_is_stopped() {
    let gzip = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b'a'; 64 * 1024 * 1024]).unwrap();
        encoder.finish().unwrap()
    };
    let brotli = {
        let mut whole = Vec::new();
        let mut encoder = brotli::CompressorWriter::new(&mut whole, 4096, 1, 22);
        encoder.write_all(&vec![b'a'; 64 * 1024 * 1024]).unwrap();
        drop(encoder);
        whole
    };
    let bomb = |coding: &str, bytes: Vec<u8>| {
        let mut told = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\n\r\n").into_bytes();
        told.extend(bytes);
        Receiver::saying(told)
    };
    let endless = Receiver::new(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'a'; 65_536]).is_ok() {}
    });
    let slow = Receiver::new(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let silent = Receiver::new(|_, _| thread::sleep(Duration::from_secs(2)));
    let heads = Receiver::new(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        for number in 0..16 {
            let _ = write!(stream, "x-{number}: {}\r\n", "a".repeat(65_536));
        }
    });
    let cases = [
        (bomb("gzip", gzip), Failure::TooLarge),
        (bomb("br", brotli), Failure::TooLarge),
        (endless, Failure::TooLarge),
        (slow, Failure::TimedOut),
        (silent, Failure::TimedOut),
        (heads, Failure::Unreachable),
    ];
    for (site, failure) in cases {
        let watch = watch(Some(site.address()), &[SITE], &[]);
        let began = Instant::now();
        assert_eq!(watch.get("http://site.example/").await.unwrap_err(), failure);
        assert!(began.elapsed() < Duration::from_millis(1_500), "{failure} after {:?}", began.elapsed());
    }
}

#[actix_web::test]
async fn ssrf_05_a_page_of_ordinary_size_is_read_in_its_coding_and_encoding() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(b"caf\xe9").unwrap();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"iso-8859-1\"\r\nContent-Encoding: GZIP\r\n\r\n";
    let site = Receiver::saying([head.as_bytes(), &encoder.finish().unwrap()].concat());
    let watch = watch(Some(site.address()), &[SITE], &[]);
    assert_eq!(watch.get("http://site.example/").await.unwrap().text(), "café");
}

#[actix_web::test]
async fn ssrf_08_whatever_keeps_us_from_a_target_has_one_code() {
    struct Filtered;
    impl Network for Filtered {
        fn look_up<'n>(&'n self, _: &'n str) -> Looking<'n, Vec<IpAddr>> {
            Box::pin(async { Ok(vec![PUBLIC.parse().unwrap()]) })
        }

        fn connect(&self, _: SocketAddr) -> Looking<'_, TcpStream> {
            Box::pin(std::future::pending())
        }
    }
    let closed = watch(None, &[SITE], &[]);
    assert_eq!(closed.get("http://site.example/").await.unwrap_err(), Failure::Unreachable);
    assert_eq!(closed.get("http://nobody.example/").await.unwrap_err(), Failure::Unreachable);
    let limits = Limits { connect: Duration::from_millis(50), ..Limits::default() };
    let filtered = Client::over(Arc::new(Filtered), Vec::new(), known, limits);
    let url = Url::parse("https://site.example/").unwrap();
    assert_eq!(filtered.post(&url, Vec::new(), String::new()).await, Err(Failure::Unreachable));
    let open = Receiver::saying("SSH-2.0-OpenSSH_9.2\r\n");
    let open = watch(Some(open.address()), &[SITE], &[]);
    assert_eq!(open.get("http://site.example/").await.unwrap_err(), Failure::Unreachable);
    let missing = Receiver::saying(answer("404 Not Found", ""));
    let missing = watch(Some(missing.address()), &[SITE], &[]);
    assert_eq!(missing.get("http://site.example/").await.unwrap().status, 404);
}
