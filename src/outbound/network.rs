//! The network under the client: looking names up, opening connections, whom TLS believes.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::Failure;

/// What the network was asked for.
pub type Looking<'n, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'n>>;

/// The network: of this machine, or one that a test keeps watch on.
pub trait Network: Send + Sync {
    /// All addresses of a name.
    fn look_up<'n>(&'n self, name: &'n str) -> Looking<'n, Vec<IpAddr>>;

    /// A connection to an address.
    fn connect(&self, address: SocketAddr) -> Looking<'_, TcpStream>;
}

/// The network of this machine.
pub struct System;

impl Network for System {
    fn look_up<'n>(&'n self, name: &'n str) -> Looking<'n, Vec<IpAddr>> {
        Box::pin(async move { Ok(lookup_host((name, 0)).await?.map(|found| found.ip()).collect()) })
    }

    fn connect(&self, address: SocketAddr) -> Looking<'_, TcpStream> {
        Box::pin(TcpStream::connect(address))
    }
}

/// The authorities that this machine trusts.
pub fn roots_of_system() -> RootCertStore {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        tracing::warn!("this machine trusts no authority: no https target can be reached {:?}", found.errors);
    }
    roots
}

/// TLS that believes these authorities.
pub fn tls(roots: RootCertStore) -> Result<TlsConnector, Failure> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| {
        tracing::error!("TLS cannot be spoken: {error}");
        Failure::Unreachable
    })?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()).into())
}
