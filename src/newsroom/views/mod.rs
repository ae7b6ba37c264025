//! What the newsroom sees, in JSON, out.

mod article;
mod bulk;
mod preview;
mod revision;
mod update;

pub use article::{PublishedView, StaffArticleView, StoryRightsView, StorySeoView};
pub use bulk::BulkResult;
pub use preview::{MadePreviewView, PreviewView};
pub use revision::{BlockChangeView, DifferenceView, FieldChange, RevisionStory, RevisionView, SavedBy};
pub use update::{StaffUpdateView, update_form};
