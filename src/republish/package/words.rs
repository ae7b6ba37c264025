//! The few words that a package adds to a story, in the story's language.
//!
//! The nine languages of the byline have theirs; in another language they are English. A
//! publication's own credit line goes before the one here.

/// The words of one language.
struct Words {
    language: &'static str,
    credit: &'static str,
    correction: &'static str,
    clarification: &'static str,
    update: &'static str,
    retraction: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    credit: "This story was originally published by {publication}.",
    correction: "Correction",
    clarification: "Clarification",
    update: "Update",
    retraction: "Retraction",
};

const OTHERS: [Words; 8] = [
    Words {
        language: "he",
        credit: "הכתבה פורסמה במקור ב־{publication}.",
        correction: "תיקון",
        clarification: "הבהרה",
        update: "עדכון",
        retraction: "משיכת הכתבה",
    },
    Words {
        language: "ar",
        credit: "نُشرت هذه المادة أولاً في {publication}.",
        correction: "تصحيح",
        clarification: "توضيح",
        update: "تحديث",
        retraction: "سحب المادة",
    },
    Words {
        language: "fr",
        credit: "Cet article a d’abord été publié par {publication}.",
        correction: "Correction",
        clarification: "Précision",
        update: "Mise à jour",
        retraction: "Rétractation",
    },
    Words {
        language: "es",
        credit: "Este artículo fue publicado originalmente por {publication}.",
        correction: "Corrección",
        clarification: "Aclaración",
        update: "Actualización",
        retraction: "Retractación",
    },
    Words {
        language: "de",
        credit: "Dieser Beitrag erschien zuerst bei {publication}.",
        correction: "Korrektur",
        clarification: "Klarstellung",
        update: "Aktualisierung",
        retraction: "Rücknahme",
    },
    Words {
        language: "ru",
        credit: "Впервые опубликовано: {publication}.",
        correction: "Исправление",
        clarification: "Уточнение",
        update: "Обновление",
        retraction: "Отзыв материала",
    },
    Words {
        language: "zh",
        credit: "本文最初由{publication}发表。",
        correction: "更正",
        clarification: "说明",
        update: "更新",
        retraction: "撤稿",
    },
    Words {
        language: "ja",
        credit: "この記事は{publication}に最初に掲載されました。",
        correction: "訂正",
        clarification: "補足",
        update: "更新",
        retraction: "撤回",
    },
];

/// Languages written from right to left.
const RIGHT_TO_LEFT: [&str; 11] = ["ar", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"];

fn language(locale: &str) -> String {
    locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

fn words(locale: &str) -> &'static Words {
    let language = language(locale);
    let language = if language == "iw" { "he" } else { &language };
    OTHERS.iter().find(|words| words.language == language).unwrap_or(&ENGLISH)
}

/// The credit line of a publication that set none.
pub(super) fn credit_line(locale: &str) -> &'static str {
    words(locale).credit
}

/// What a correction is printed under.
pub(super) fn correction(locale: &str, kind: &str) -> &'static str {
    let words = words(locale);
    match kind {
        "clarification" => words.clarification,
        "update" => words.update,
        "retraction" => words.retraction,
        _ => words.correction,
    }
}

/// The direction of a language's text, by HTML's word.
pub(super) fn direction(locale: &str) -> &'static str {
    if RIGHT_TO_LEFT.contains(&language(locale).as_str()) { "rtl" } else { "ltr" }
}
