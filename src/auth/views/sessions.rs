//! Sign-ins as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::UserView;
use crate::auth::fields::{NewPassword, TypedPassword};
use crate::auth::sessions::SignedIn;
use crate::fields::{Faults, Text};

/// What a member of staff signs in with.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SignInInput {
    /// The e-mail address; case does not count.
    #[schema(inline, example = "ines@courier.example")]
    pub email: Text<320>,
    /// The password.
    #[schema(inline, example = "a long and quiet harbour")]
    pub password: TypedPassword,
}

/// A refresh token, to be used.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RefreshInput {
    /// The refresh token of the last sign-in or refresh.
    #[schema(inline, example = "wdr_01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a_word_seal")]
    pub refresh_token: Text<512>,
}

/// A change of one's own password.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PasswordInput {
    /// The present password.
    #[schema(inline, example = "a long and quiet harbour")]
    pub current: TypedPassword,
    /// The next one, 12-256 characters.
    #[schema(inline, example = "the tide table of last May")]
    pub new: NewPassword,
}

/// The tokens of a sign-in.
#[derive(Serialize, ToSchema)]
#[schema(as = SignedIn)]
pub struct SignedInView {
    /// For `Authorization: Bearer`.
    #[schema(example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.e30.c2ln")]
    pub access_token: String,
    /// Seconds that the access token lives.
    #[schema(example = 900)]
    pub expires_in: i64,
    /// For the next refresh, once. It lives 14 days, and 90 with all that come of it.
    #[schema(example = "wdr_01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a_word_seal")]
    pub refresh_token: String,
    /// Who signed in.
    pub user: UserView,
}

impl SignedInView {
    /// The tokens, and who signed in.
    pub fn new(signed_in: SignedIn, user: UserView) -> Self {
        let SignedIn { access_token, expires_in, refresh_token, account: _ } = signed_in;
        SignedInView { access_token, expires_in, refresh_token, user }
    }
}
