//! Sign-ins, users, keys, partners and callers as JSON, in and out, a file each.

mod keys;
mod partners;
mod sessions;
mod users;
mod whoami;

pub use keys::{KeyInput, KeyView, MadeKeyView, PartnerKeyInput};
pub use partners::KeyPartnerView;
pub use sessions::{PasswordInput, RefreshInput, SignInInput, SignedInView};
pub use users::{DeskView, OwnAuthorView, OwnInput, RoleView, UserInput, UserView};
pub use whoami::{CallerKind, QuotaView, WhoamiPartnerView, WhoamiView};
