//! What does not go together: parts that nothing draws, or that nobody could come to.

use super::super::near::list;
use super::super::source::Source;
use super::drawn::{Drawn, QUESTION};
use super::form::Form;
use super::parts::Parts;
use super::placement::Kind;

/// Looks at all of it.
pub(super) fn check(source: &Source<'_>, parts: &Parts<'_, '_>, drawn: &Drawn<'_>) {
    let Some(kind) = drawn.kind else { return };
    let name = kind.name();
    let here = || parts.get("placement").or(parts.get("content"));
    for (part, kinds) in [("steps", &[Kind::Checklist, Kind::Tour][..]), ("question", &[Kind::Ask])] {
        let wanted: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        match (parts.own(part), parts.get(part)) {
            (Some(node), _) if !kinds.contains(&kind) && kind != Kind::Headless => {
                let message = format!("a placement `{name}` draws no `{part}`: that does {}", list(&wanted));
                source.wrong(node, message, None);
            }
            (_, None) if kinds.contains(&kind) => {
                if let Some(node) = here() {
                    source.wrong(
                        node,
                        format!("a placement `{name}` needs `{part}` in its nudge, and there is none"),
                        None,
                    );
                }
            }
            _ => {}
        }
    }
    let is_reached = |form: &Form<'_>| {
        let is_drawn = form.fields.is_some() && kind.has_room_for_fields();
        is_drawn || drawn.actions.talk || kind == Kind::Headless
    };
    // What cannot be read of one may be what the other needs.
    let are_read = drawn.is_read("form") && drawn.is_read("actions");
    match (&drawn.form, parts.own("form")) {
        _ if !are_read => {}
        (Some(form), Some(node)) if !is_reached(form) => {
            let message = match form.fields {
                Some(_) => format!("a placement `{name}` has no room for a form, and no action leads to it"),
                None => "no action leads to this".to_owned(),
            };
            source.wrong(node, message, Some("an action with `\"talk\": true` does".into()));
        }
        (None, _) if drawn.actions.talk => {
            if let Some(node) = parts.get("actions") {
                let hint = "say in `form` what is asked, where one picks a time, or what is called";
                source.wrong(
                    node,
                    "an action `talk` leads to the nudge's `form`, and there is none",
                    Some(hint.into()),
                );
            }
        }
        _ => {}
    }
    if let (Some(_), true, Some(node)) =
        (&drawn.question, drawn.fields().contains(&QUESTION), parts.own("form"))
    {
        let message = format!("a field cannot be called `{QUESTION}` where there is a question");
        source.wrong(node, message, Some("both have their options in `content`".into()));
    }
}
