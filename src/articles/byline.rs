//! The printed byline: "By A, B and C", in the story's language.
//!
//! Each language is a row of one table: the words before one name and before several, what stands
//! between names and before the last. A language without a row gets names and commas. Only authors
//! are in a byline; names are printed as they are written.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody did for a story.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = CreditRole, example = "author")]
pub enum Role {
    /// Wrote it; the one role that stands in the byline.
    #[default]
    Author,
    /// Took its pictures.
    Photographer,
    /// Edited it.
    Editor,
    /// Translated it.
    Translator,
    /// Contributed to it.
    Contributor,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 5] =
        [Role::Author, Role::Photographer, Role::Editor, Role::Translator, Role::Contributor];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Author => "author",
            Role::Photographer => "photographer",
            Role::Editor => "editor",
            Role::Translator => "translator",
            Role::Contributor => "contributor",
        }
    }
}

impl FromStr for Role {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Role::ALL.into_iter().find(|role| role.as_str() == word).ok_or(())
    }
}

/// How a language prints a byline.
struct Form {
    language: &'static str,
    before_one: &'static str,
    before_many: &'static str,
    between: &'static str,
    last: Last,
}

/// What stands before the last of several names.
enum Last {
    /// Always the same.
    Fixed(&'static str),
    /// Hebrew: "and" is joined to a Hebrew word, and by a hyphen to any other.
    Hebrew,
    /// Spanish: `e` in the place of `y` before the sound "i".
    Spanish,
}

#[rustfmt::skip]
const FORMS: [Form; 9] = [
    Form { language: "en", before_one: "By ",    before_many: "By ",     between: ", ", last: Last::Fixed(" and ") },
    Form { language: "he", before_one: "מאת ",   before_many: "מאת ",    between: ", ", last: Last::Hebrew },
    Form { language: "ar", before_one: "بقلم ",  before_many: "بقلم ",   between: " و", last: Last::Fixed(" و") },
    Form { language: "fr", before_one: "Par ",   before_many: "Par ",    between: ", ", last: Last::Fixed(" et ") },
    Form { language: "es", before_one: "Por ",   before_many: "Por ",    between: ", ", last: Last::Spanish },
    Form { language: "de", before_one: "Von ",   before_many: "Von ",    between: ", ", last: Last::Fixed(" und ") },
    // A Russian name would have to be declined after a preposition: the noun before it spares that.
    Form { language: "ru", before_one: "Автор: ", before_many: "Авторы: ", between: ", ", last: Last::Fixed(" и ") },
    Form { language: "zh", before_one: "作者：", before_many: "作者：",  between: "、", last: Last::Fixed("和") },
    Form { language: "ja", before_one: "文：",   before_many: "文：",    between: "、", last: Last::Fixed("、") },
];

/// The byline of a story in a locale (BCP 47); `None` where no author is named.
pub fn byline<'a>(locale: &str, credits: impl IntoIterator<Item = (Role, &'a str)>) -> Option<String> {
    let names: Vec<&str> = credits
        .into_iter()
        .filter(|(role, name)| *role == Role::Author && !name.trim().is_empty())
        .map(|(_, name)| name.trim())
        .collect();
    let (last, others) = names.split_last()?;
    let Some(form) = form(locale) else { return Some(names.join(", ")) };
    if others.is_empty() {
        return Some(format!("{}{last}", form.before_one));
    }
    let joint = match form.last {
        Last::Fixed(joint) => joint,
        Last::Hebrew if last.starts_with(|c| matches!(c, '\u{05d0}'..='\u{05ea}')) => " ו",
        Last::Hebrew => " ו-",
        Last::Spanish if sounds_like_i(last) => " e ",
        Last::Spanish => " y ",
    };
    Some(format!("{}{}{joint}{last}", form.before_many, others.join(form.between)))
}

fn form(locale: &str) -> Option<&'static Form> {
    let language = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    // The code of Hebrew before 1989, which some systems still write.
    let language = if language == "iw" { "he" } else { &language };
    FORMS.iter().find(|form| form.language == language)
}

/// "Irene" and "Hilda" begin with the sound, "Hierro" does not.
fn sounds_like_i(name: &str) -> bool {
    let name = name.to_lowercase();
    let sound = name.strip_prefix('h').unwrap_or(&name);
    let diphthong = name.starts_with('h') && sound.starts_with("ie")
        || sound.starts_with("ia")
        || sound.starts_with("io");
    sound.starts_with(['i', 'í']) && !diphthong
}
