//! Who asks, as the parameter of a handler: the type says what right the operation needs.
//!
//! 401 where a credential is missing or bad, also on operations that need none: what was sent is
//! never taken for nobody. 403 where it is good and not enough.

use std::future::{Future, Ready, ready};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use tokio::sync::watch;

use crate::app::App;
use crate::auth::{Caller, PartnerCaller, Role, StaffCaller};
use crate::db::Actor;
use crate::error::{Error, Result};
use crate::rights::{self, PartnerState};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

type Asking<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// Anyone; with a credential, whoever it names.
///
/// A partner that is suspended or blocked may read nothing here: 403. What is retracted is 410 for it
/// as for everybody, so `deliver` tells it when it has looked.
pub struct Anyone(pub Caller);

impl FromRequest for Anyone {
    type Error = Error;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let is_delivered = [Method::GET, Method::HEAD].contains(request.method());
        admit(request, move |caller| {
            if !is_delivered {
                turned_away(&caller)?;
            }
            Ok(Anyone(caller))
        })
    }
}

/// Anyone who is known: by whatever credential.
pub struct Known(pub Caller);

impl FromRequest for Known {
    type Error = Error;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |caller| match caller {
            Caller::Anonymous => Err(Error::MissingCredential),
            caller @ (Caller::Key(_) | Caller::Staff(_)) => Ok(Known(caller)),
        })
    }
}

/// A member of staff who signed in: no key stands for them.
pub struct Person(pub StaffCaller);

impl FromRequest for Person {
    type Error = Error;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |caller| match caller {
            Caller::Anonymous => Err(Error::MissingCredential),
            Caller::Staff(staff) => Ok(Person(staff)),
            Caller::Key(_) => Err(Error::Forbidden("this needs a signed-in member of staff".into())),
        })
    }
}

/// The address that a request comes from.
pub struct From(pub IpAddr);

impl FromRequest for From {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(From(peer(request))))
    }
}

/// A partner publication in good standing, by its key.
pub struct PartnerKey(pub PartnerCaller, Caller);

/// A partner publication, by its key, also while it is suspended: for what it must still learn.
pub struct HeldPartner(pub PartnerCaller, Caller);

impl PartnerKey {
    /// As the audit names it.
    pub fn actor(&self) -> Actor {
        self.1.actor()
    }

    /// As a caller like any other.
    pub fn caller(&self) -> &Caller {
        &self.1
    }
}

impl HeldPartner {
    /// As the audit names it.
    pub fn actor(&self) -> Actor {
        self.1.actor()
    }
}

impl FromRequest for PartnerKey {
    type Error = Error;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |caller| {
            let partner = partner(&caller)?;
            turned_away(&caller)?;
            Ok(PartnerKey(partner, caller))
        })
    }
}

impl FromRequest for HeldPartner {
    type Error = Error;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |caller| {
            let partner = partner(&caller)?;
            if partner.state == PartnerState::Blocked {
                turned_away(&caller)?;
            }
            Ok(HeldPartner(partner, caller))
        })
    }
}

/// The partner that a caller speaks for; 401 and 403 where there is none.
fn partner(caller: &Caller) -> Result<PartnerCaller> {
    match (caller, caller.partner()) {
        (Caller::Anonymous, _) => Err(Error::MissingCredential),
        (_, Some(partner)) => Ok(partner.clone()),
        (_, None) => Err(Error::Forbidden("this needs a partner's key".into())),
    }
}

/// 403 with the reason where the caller is a partner that is suspended or blocked.
pub(super) fn turned_away(caller: &Caller) -> Result<()> {
    let refusal = caller.partner().and_then(|partner| rights::turned_away(partner.state));
    refusal.map_or(Ok(()), Err)
}

macro_rules! staff {
    ($(#[$doc:meta] $name:ident needs $role:expr, $words:literal;)*) => {$(
        #[$doc]
        pub struct $name(pub Caller);

        impl $name {
            /// As the audit names them.
            pub fn actor(&self) -> Actor {
                self.0.actor()
            }
        }

        impl FromRequest for $name {
            type Error = Error;
            type Future = Asking<Self>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                admit(request, |caller| with_role(caller, $role, $words).map($name))
            }
        }
    )*};
}

staff! {
    /// Any member of staff, or a write or admin key.
    Staff needs Role::Contributor, "this needs a member of staff, or a write key";
    /// An author, editor or admin, or a write or admin key.
    Author needs Role::Author, "this needs an author, or a write key";
    /// An editor or admin, or a write or admin key.
    Editor needs Role::Editor, "this needs an editor, or a write key";
    /// An admin, or an admin key.
    Admin needs Role::Admin, "this needs an admin, or an admin key";
}

fn with_role(caller: Caller, needed: Role, words: &str) -> Result<Caller> {
    match (&caller, caller.role()) {
        (Caller::Anonymous, _) => Err(Error::MissingCredential),
        (_, Some(role)) if role >= needed => Ok(caller),
        _ => Err(Error::Forbidden(words.into())),
    }
}

/// Opens when the caller was let in: what they sent is told right or wrong only then.
#[derive(Clone)]
pub(super) struct Admission(watch::Receiver<bool>);

impl Admission {
    /// Waits until the caller was let in; a handler that asks for no caller lets everybody in.
    pub(super) async fn granted(request: &HttpRequest) {
        let admission = request.extensions().get::<Admission>().cloned();
        if let Some(Admission(mut open)) = admission {
            // Where the caller was refused, theirs is the error that is told.
            let _ = open.wait_for(|open| *open).await;
        }
    }
}

/// Identifies the caller and lets them in as `check` says.
fn admit<T: 'static>(request: &HttpRequest, check: impl FnOnce(Caller) -> Result<T> + 'static) -> Asking<T> {
    let (open, admission) = watch::channel(false);
    request.extensions_mut().insert(Admission(admission));
    let asking = identify(request);
    Box::pin(async move {
        let admitted = check(asking.await?)?;
        open.send_replace(true);
        Ok(admitted)
    })
}

fn identify(request: &HttpRequest) -> Asking<Caller> {
    let credential = credential(request);
    let address = peer(request);
    let app = request.app_data::<Data<App>>().cloned();
    Box::pin(async move {
        let app = app.ok_or_else(|| Error::Internal("the app is not in the request".into()))?;
        match credential? {
            None => Ok(Caller::Anonymous),
            Some(credential) => app.auth.identify(&app.db, &credential, address).await,
        }
    })
}

/// The one credential of a request: `Authorization: Bearer …` or `X-Api-Key: …`.
fn credential(request: &HttpRequest) -> Result<Option<String>> {
    let mut sent = request
        .headers()
        .get_all(header::AUTHORIZATION)
        .map(|value| (value, true))
        .chain(request.headers().get_all(API_KEY).map(|value| (value, false)));
    let Some((value, is_authorization)) = sent.next() else { return Ok(None) };
    if sent.next().is_some() {
        return Err(Error::AmbiguousCredential);
    }
    let text = value.to_str().map_err(|_| Error::InvalidCredential)?.trim();
    if !is_authorization {
        return Ok(Some(text.to_owned()));
    }
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim().to_owned())),
        _ => Err(Error::InvalidCredential),
    }
}

/// The address of the client: of the peer, or where that is a trusted proxy, the right-most address
/// it forwards that is none. What stands left of it, or of a word that is no address, anyone may have
/// written.
pub fn peer(request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip());
    let mut nearest = peer.to_canonical();
    let Some(app) = request.app_data::<Data<App>>() else { return nearest };
    let trusted =
        |address: &IpAddr| app.config.trusted_proxies.iter().any(|network| network.contains(address));
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let mut hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).collect();
    while trusted(&nearest) {
        match hops.pop().map(|hop| hop_address(hop.trim())) {
            Some(Some(address)) => nearest = address,
            Some(None) | None => break,
        }
    }
    nearest
}

/// An address as proxies write it: alone, or with a port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let bare = || hop.parse::<IpAddr>().ok();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    bare().or_else(with_port).or_else(bracketed).map(|address| address.to_canonical())
}
