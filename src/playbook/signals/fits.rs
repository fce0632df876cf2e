//! Which fields belong to which form of a signal.

use crate::engine::Scope;

use super::super::fields::Fields;
use super::super::near::list;
use super::super::source::Source;

/// The forms that look at a property: they name it, and in `of` the events.
pub(in crate::playbook) const WITH_OF: [&str; 5] = ["distinct", "sum", "max", "min", "last"];
/// The forms that look at all of the past.
pub(in crate::playbook) const WITHOUT_WINDOW: [&str; 3] = ["last", "since", "age"];

/// Whether the fields of a signal fit its form.
pub(super) struct Fits {
    /// All of them do.
    pub(super) all: bool,
    /// It may have a window.
    pub(super) window: bool,
}

/// Says which fields are missing and which do not belong there.
pub(super) fn check(source: &Source<'_>, fields: &Fields<'_>, form: &str, scope: Option<Scope>) -> Fits {
    let mut fits = Fits { all: true, window: !WITHOUT_WINDOW.contains(&form) };
    let mut wrong = |node, message: String, hint: Option<String>| {
        source.wrong(node, message, hint);
        fits.all = false;
    };
    match fields.get("of") {
        Some(of) if !WITH_OF.contains(&form) => {
            let hint = format!("`of` goes with {}", list(&WITH_OF));
            wrong(of, format!("`{form}` names its events itself and takes no `of`"), Some(hint));
        }
        None if WITH_OF.contains(&form) => {
            let message = format!("`{form}` names a property and needs `of`: the events that have it");
            wrong(fields.node, message, None);
        }
        _ => {}
    }
    if let Some(span) = fields.get("span").filter(|_| form != "sequence") {
        let message =
            format!("`span` says how long a run of a `sequence` may take, and `{form}` has no runs");
        wrong(span, message, Some("a window is `within`".into()));
    }
    let window = ["within", "ago"].into_iter().find_map(|name| Some((name, fields.get(name)?)));
    if let (Some((name, node)), true) = (window, WITHOUT_WINDOW.contains(&form)) {
        let hint = match form {
            "last" => "how old it is says a signal `since` of the same events",
            _ => "compare it in a condition instead, as in {\"$lte\": \"7d\"}",
        };
        wrong(node, format!("`{form}` looks at all of the past and takes no `{name}`"), Some(hint.into()));
    }
    if let (Some(people), Some(Scope::Person)) = (fields.get("people"), scope) {
        let message = "`people` counts the persons of an account, and this signal is a person's";
        wrong(people, message.into(), Some("give it `\"scope\": \"account\"`".into()));
    }
    fits
}
