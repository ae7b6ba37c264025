//! The publication and its origins as JSON, in and out.

mod addresses;
mod origins;
mod settings;

pub use origins::{OriginContactInput, OriginInput, OriginView};
pub use settings::{
    ContactInput, MachineUseInput, NavigationInput, NoticeHoursInput, PublicationView, PublisherInput,
    SettingsInput,
};
