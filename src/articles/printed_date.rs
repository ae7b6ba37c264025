//! A date as a reader expects it printed, in the story's language and the publication's timezone.
//!
//! The nine languages of the byline have their form; another gets the date by ISO 8601. The months
//! are our own table, so that neither the server's locale nor a library's data decides.

use chrono::Datelike;
use chrono_tz::Tz;

use crate::db::types::Stamp;

const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const HE: [&str; 12] = [
    "ינואר",
    "פברואר",
    "מרץ",
    "אפריל",
    "מאי",
    "יוני",
    "יולי",
    "אוגוסט",
    "ספטמבר",
    "אוקטובר",
    "נובמבר",
    "דצמבר",
];
const AR: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// The day of an instant in a timezone, printed in a locale (BCP 47).
pub fn printed_date(at: Stamp, zone: Tz, locale: &str) -> String {
    let day = at.datetime().with_timezone(&zone).date_naive();
    let (y, m, d) = (day.year(), day.month(), day.day());
    let of = |names: [&'static str; 12]| names.get(day.month0() as usize).copied().unwrap_or_default();
    match locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "en" => format!("{} {d}, {y}", of(EN)),
        "he" | "iw" => format!("{d} ב{} {y}", of(HE)),
        "ar" => format!("{d} {} {y}", of(AR)),
        "fr" if d == 1 => format!("1er {} {y}", of(FR)),
        "fr" => format!("{d} {} {y}", of(FR)),
        "es" => format!("{d} de {} de {y}", of(ES)),
        "de" => format!("{d}. {} {y}", of(DE)),
        "ru" => format!("{d} {} {y}", of(RU)),
        "zh" | "ja" => format!("{y}年{m}月{d}日"),
        _ => format!("{y:04}-{m:02}-{d:02}"),
    }
}
