//! Who works at a desk and who reads from it: users, sign-ins and keys, made by the verbs.

use std::sync::OnceLock;

use serde_json::{Value, json};
use wiredesk::auth::keys::{self, Maker, NewKey};
use wiredesk::auth::users::{self, State, UserFields};
use wiredesk::auth::{Password, PasswordHash, Role, Scope};
use wiredesk::db::Actor;
use wiredesk::db::ids::UserId;
use wiredesk::fields::read_body;
use wiredesk::republish::partners;
use wiredesk::republish::partners::views::PartnerInput;

use super::{Answer, Call, Desk};

/// The password of whoever is hired.
pub const PASSWORD: &str = "a long and quiet harbour";

/// What a sign-in gave.
#[derive(Clone)]
pub struct Tokens {
    /// For `Authorization`.
    pub access: String,
    /// For the next refresh.
    pub refresh: String,
}

impl Tokens {
    /// The tokens of an answer.
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        let text = |name: &str| answer.at(&format!("/data/{name}")).as_str().unwrap().to_owned();
        Tokens { access: text("access_token"), refresh: text("refresh_token") }
    }
}

impl Desk {
    /// Makes a user whose password is [`PASSWORD`].
    pub async fn hire(&self, email: &str, role: Role) -> UserId {
        static HASH: OnceLock<PasswordHash> = OnceLock::new();
        let hash = HASH.get_or_init(|| PasswordHash::of(&Password::typed(PASSWORD)).unwrap()).clone();
        let fields = UserFields {
            email: email.to_owned(),
            name: email.split('@').next().unwrap().to_owned(),
            role,
            state: State::Active,
            may_publish: false,
            author: None,
            desks: Vec::new(),
        };
        let made = self.app().db.write(Actor::system(), move |tx| users::create(tx, fields, Some(hash)));
        made.await.unwrap().value.id
    }

    /// Tries to sign in.
    pub async fn try_sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({ "email": email, "password": password });
        self.anyone().post("/v1/admin/auth/login", body).await
    }

    /// Signs somebody in who was hired.
    pub async fn sign_in(&self, email: &str) -> Tokens {
        Tokens::of(&self.try_sign_in(email, PASSWORD).await.expect(200))
    }

    /// Uses a refresh token.
    pub async fn refresh(&self, token: &str) -> Answer {
        self.anyone().post("/v1/admin/auth/refresh", json!({ "refresh_token": token })).await
    }

    /// Hires somebody and signs them in.
    pub async fn staff(&self, email: &str, role: Role) -> Call<'_> {
        self.hire(email, role).await;
        self.bearer(self.sign_in(email).await.access)
    }

    /// A key of the house.
    pub async fn key(&self, scope: Scope) -> String {
        self.made_key(NewKey {
            name: format!("a {scope} key"),
            scope,
            partner: None,
            addresses: Vec::new(),
            expires_at: None,
        })
        .await
    }

    /// A key of a partner that accepted the terms, who is made with it.
    pub async fn partner_key(&self, name: &str) -> String {
        self.key_of(json!({ "name": name, "terms_version": "1" })).await
    }

    /// A key of a partner with whom this was agreed, who is made with it.
    pub async fn key_of(&self, agreed: Value) -> String {
        let input: PartnerInput = read_body(agreed).unwrap();
        let made = self.app().db.write(Actor::system(), move |tx| partners::create(tx, input.into()));
        let partner = made.await.unwrap().value;
        self.made_key(NewKey {
            name: format!("key of {}", partner.name),
            scope: Scope::Partner,
            partner: Some(partner.id),
            addresses: Vec::new(),
            expires_at: None,
        })
        .await
    }

    async fn made_key(&self, new: NewKey) -> String {
        let made = self.app().db.write(Actor::system(), move |tx| keys::create(tx, &Maker::house(), new));
        made.await.unwrap().value.key
    }

    /// Whoever has an admin's rights.
    pub async fn admin(&self) -> Call<'_> {
        self.bearer(self.key(Scope::Admin).await)
    }

    /// Whoever has an editor's rights.
    pub async fn editor(&self) -> Call<'_> {
        self.bearer(self.key(Scope::Write).await)
    }

    /// A reader with a key.
    pub async fn reader(&self) -> Call<'_> {
        self.bearer(self.key(Scope::Read).await)
    }

    /// A partner publication with whom this was agreed.
    pub async fn agreed(&self, agreed: Value) -> Call<'_> {
        self.bearer(self.key_of(agreed).await)
    }

    /// A partner publication that accepted the terms.
    pub async fn partner(&self, name: &str) -> Call<'_> {
        self.bearer(self.partner_key(name).await)
    }
}
