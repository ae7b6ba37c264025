//! Republishing: the package that obeys the publisher's rules, and the pixel that knows its version.

pub mod package;
pub mod pixel;
