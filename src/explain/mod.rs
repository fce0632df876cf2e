//! Why: for every segment, score, ladder, rung, moment and nudge the tree of what was seen and what was wanted, and when each of
//! it would turn by time alone.
//!
//! Nothing is decided here a second time. `tree` writes down what the engine's one evaluator tells its visitor;
//! `forecast` lets the engine itself go on with no further event, and notes at which instant each verdict turns first;
//! `definitions` and `nudges` put both together; `words` says it, `text` and `json` print it.

mod definitions;
mod explanation;
mod forecast;
mod ids;
mod json;
mod limits;
mod nudges;
mod schedule;
mod subject;
mod text;
mod tree;
mod words;

pub use explanation::{Explanation, Kind};
pub use ids::UnknownId;
pub use json::{to_json, value_to_json};
pub use subject::{About, Company};
pub use text::to_text;

/// Explains the definitions with these ids, or all that there are but signals, in the order in which they build on each other.
///
/// An id is as in a condition or in the playbook: `nudges.upgrade_at_limit`, `ladders.journey`,
/// `ladders.journey.habitual`, `segments.on_free`, `scores.fit`, `moments.ripe`, `signals.tasks`; or the last part alone.
///
/// # Errors
/// If there is nothing of such an id.
///
/// ```
/// use ripen::engine::{Event, Millis, Person, Surroundings, Value};
/// use ripen::explain::{About, Company, explain, to_text};
/// let playbook = ripen::playbook::compile(
///     r#"{"signals": {"tasks": {"count": "task"}}, "segments": {"busy": {"when": {"signals.tasks": {"$gte": 2}}}}}"#,
/// ).unwrap().playbook;
/// let text = |text: &str| Value::Text(text.to_owned());
/// let message = [("type", "track"), ("event", "task"), ("messageId", "1"), ("userId", "ada")];
/// let message = message.map(|(key, value)| (key.to_owned(), text(value)));
/// let event = Event::read(Value::Map(message.to_vec()), Millis(0)).unwrap();
/// let mut person = Person::new(&playbook);
/// person.fold(&playbook, &event);
/// person.evaluate(&playbook, None, Millis(0));
///
/// let here = Surroundings::default();
/// let about = About::person(&playbook, "ada", &person, Company::None, &here, Millis(0));
/// let why = explain(&about, &["segments.busy"]).unwrap();
/// assert_eq!(to_text(&why), "✗ segments.busy does not hold\n  ✗ signals.tasks is 1, wanted ≥ 2\n");
/// ```
pub fn explain(about: &About<'_>, ids: &[&str]) -> Result<Vec<Explanation>, UnknownId> {
    let wanted = ids::find(about, ids)?;
    let forecast = forecast::Forecast::of(about);
    let explainer = tree::Explainer::new(about, &forecast);
    Ok(wanted.into_iter().filter_map(|one| definitions::explain(&explainer, one)).collect())
}
