//! Lengths of time as a playbook writes them: `"7d"`, `"12h"`.

use crate::engine::{Span, Unit, Window};

use super::fields::Fields;
use super::source::{Node, Source};

const MOST_DAYS: u16 = 400;
const MOST_HOURS: u16 = 168;

/// Reads `"Nd"` or `"Nh"`.
pub(super) fn read(text: &str) -> Option<(u32, Unit)> {
    let (digits, unit) = match text.strip_suffix('d') {
        Some(digits) => (digits, Unit::Days),
        None => (text.strip_suffix('h')?, Unit::Hours),
    };
    let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| plain)?, unit))
}

/// The hours of `"Nd"` or `"Nh"`.
pub(super) fn hours(text: &str) -> Option<u32> {
    let (length, unit) = read(text)?;
    length.checked_mul(if unit == Unit::Days { 24 } else { 1 })
}

pub(super) fn span(source: &Source<'_>, node: Node<'_>) -> Option<Span> {
    let hours = node.as_string_lit().and_then(|text| hours(&text.value));
    if hours.is_none() {
        source.expected(node, "a length of time such as \"7d\" or \"12h\"");
    }
    hours.map(|hours| Span { hours })
}

/// The `within` of an object, and its `ago`.
pub(super) fn window(source: &Source<'_>, fields: &Fields<'_>) -> Option<Window> {
    let Some(within) = fields.get("within") else {
        if let Some(ago) = fields.get("ago") {
            source.wrong(ago, "`ago` moves a window, and there is none: it needs `within`", None);
        }
        return None;
    };
    let ago = fields.get("ago").map_or(Some(None), |node| length(source, node).map(|ago| Some((node, ago))));
    let (length, unit) = length(source, within)?;
    let ago = match ago? {
        None => 0,
        Some((node, (_, ago_unit))) if ago_unit != unit => {
            let message = "`ago` and `within` have to be of the same unit, both days or both hours";
            source.wrong(node, message, None);
            return None;
        }
        Some((_, (ago, _))) => ago,
    };
    let most = if unit == Unit::Days { MOST_DAYS } else { MOST_HOURS };
    if length + ago > most {
        source.wrong(within, format!("`within` and `ago` together are at most {}", limit(unit)), None);
        return None;
    }
    Some(Window { unit, length, ago })
}

fn length(source: &Source<'_>, node: Node<'_>) -> Option<(u16, Unit)> {
    let read = node.as_string_lit().and_then(|text| read(&text.value));
    let fits = read.and_then(|(length, unit)| {
        let most = if unit == Unit::Days { MOST_DAYS } else { MOST_HOURS };
        u16::try_from(length).ok().filter(|length| (1..=most).contains(length)).map(|length| (length, unit))
    });
    if fits.is_none() {
        source.expected(node, "a window of \"1d\" to \"400d\" or \"1h\" to \"168h\"");
    }
    fits
}

fn limit(unit: Unit) -> &'static str {
    if unit == Unit::Days { "400 days" } else { "168 hours" }
}
