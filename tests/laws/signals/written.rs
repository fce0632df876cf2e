//! Signals as a playbook has them, made up.

#![expect(clippy::indexing_slicing, reason = "a test, whose signals have two steps at least")]

use proptest::prelude::*;
use ripen::engine::Scope;

const FORMS: [&str; 12] = [
    "count", "days", "sessions", "distinct", "people", "sum", "max", "min", "sequence", "last", "since",
    "age",
];
/// `within` and `ago`, as numbers of hours or days.
const WINDOWS: [(i32, i32, bool); 12] = [
    (1, 0, false),
    (3, 0, false),
    (30, 0, false),
    (1, 1, false),
    (3, 2, false),
    (2, 30, false),
    (1, 0, true),
    (2, 0, true),
    (5, 0, true),
    (1, 1, true),
    (3, 2, true),
    (1, 6, true),
];

/// A signal, in parts.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) form: &'static str,
    /// Names of events; of a sequence one a step.
    pub(super) of: Vec<Vec<&'static str>>,
    pub(super) without: Option<&'static str>,
    /// Length, `ago`, and whether in days.
    pub(super) window: Option<(i32, i32, bool)>,
    /// Of a sequence, in hours.
    pub(super) span: Option<i64>,
    /// The same as a playbook has it.
    pub(super) text: String,
}

/// A few signals of a scope.
pub(super) fn signals(scope: Scope) -> impl Strategy<Value = Vec<Written>> {
    let forms: Vec<_> =
        FORMS.into_iter().filter(|form| *form != "people" || scope == Scope::Account).collect();
    let names = prop::sample::select(vec![vec!["a"], vec!["b"], vec!["a", "b"], vec!["*"]]);
    let of = prop::collection::vec(names, 2..5);
    let without = prop::option::weighted(0.4, prop::sample::select(vec!["a", "c", "c"]));
    let window = prop::option::weighted(0.75, prop::sample::select(WINDOWS.to_vec()));
    let span = prop::option::of(prop::sample::select(vec![1, 5, 24, 72]));
    let one = (prop::sample::select(forms), of, without, window, span)
        .prop_map(move |(form, of, without, window, span)| written(scope, form, of, without, window, span));
    prop::collection::vec(one, 6)
}

fn written(
    scope: Scope,
    form: &'static str,
    mut of: Vec<Vec<&'static str>>,
    without: Option<&'static str>,
    window: Option<(i32, i32, bool)>,
    span: Option<i64>,
) -> Written {
    let window = window.filter(|_| !["last", "since", "age"].contains(&form));
    let span = span.filter(|_| form == "sequence");
    let set = |names: &[&str]| match names {
        [name] => format!("{name:?}"),
        names => format!("{names:?}"),
    };
    let mut text = match form {
        "distinct" | "sum" | "max" | "min" | "last" => format!(r#"{{"{form}": "p.v", "of": {}"#, set(&of[0])),
        "sequence" => {
            let steps: Vec<String> = of.iter().map(|names| set(names)).collect();
            format!(r#"{{"sequence": [{}]"#, steps.join(","))
        }
        _ => format!(r#"{{"{form}": {}"#, set(&of[0])),
    };
    if form != "sequence" {
        of.truncate(1);
    }
    if let Some(without) = without {
        text += &format!(r#", "without": "{without}""#);
    }
    if let Some((length, ago, days)) = window {
        let unit = if days { "d" } else { "h" };
        text += &format!(r#", "within": "{length}{unit}""#);
        if ago > 0 {
            text += &format!(r#", "ago": "{ago}{unit}""#);
        }
    }
    if let Some(hours) = span {
        text += &format!(r#", "span": "{hours}h""#);
    }
    if scope == Scope::Account {
        text += r#", "scope": "account""#;
    }
    Written { form, of, without, window, span, text: text + "}" }
}

/// A playbook of these signals.
pub(super) fn playbook(signals: &[Written]) -> String {
    let named = signals.iter().enumerate().map(|(index, signal)| format!(r#""s{index}": {}"#, signal.text));
    format!(r#"{{"signals": {{{}}}}}"#, named.collect::<Vec<_>>().join(","))
}
