//! The spans of time that rankings look back over.

use deserr::Deserr;
use utoipa::ToSchema;

use crate::fields::Faults;

/// How far back a ranking looks. A view counts half after a quarter of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserr, ToSchema)]
#[deserr(error = Faults)]
#[schema(as = PopularityWindow, example = "24h")]
pub enum Window {
    /// The last hour.
    #[deserr(rename = "1h")]
    #[schema(rename = "1h")]
    Hour,
    /// The last 6 hours.
    #[deserr(rename = "6h")]
    #[schema(rename = "6h")]
    SixHours,
    /// The last 24 hours.
    #[default]
    #[deserr(rename = "24h")]
    #[schema(rename = "24h")]
    Day,
    /// The last 7 days.
    #[deserr(rename = "7d")]
    #[schema(rename = "7d")]
    Week,
    /// The last 30 days.
    #[deserr(rename = "30d")]
    #[schema(rename = "30d")]
    Month,
}

impl Window {
    /// All of them, the shortest first.
    pub const ALL: [Window; 5] = [Window::Hour, Window::SixHours, Window::Day, Window::Week, Window::Month];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Window::Hour => "1h",
            Window::SixHours => "6h",
            Window::Day => "24h",
            Window::Week => "7d",
            Window::Month => "30d",
        }
    }

    /// How long it is, in seconds.
    pub fn seconds(self) -> i64 {
        const HOUR: i64 = 3600;
        match self {
            Window::Hour => HOUR,
            Window::SixHours => 6 * HOUR,
            Window::Day => 24 * HOUR,
            Window::Week => 7 * 24 * HOUR,
            Window::Month => 30 * 24 * HOUR,
        }
    }
}
