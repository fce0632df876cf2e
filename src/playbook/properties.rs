//! A condition on properties without a playbook around it.

use crate::engine::Condition;

use super::condition::{self, Reach};
use super::fields::{Fields, Names};
use super::known::Known;
use super::problem::Problem;
use super::source::Source;

pub(in crate::playbook) const NAMES: Names = Names::of(&["where", "groups"]);

/// Reads the `where` of a document that has nothing else but the `groups` it asks about, and says what is wrong with
/// it. A test that cannot be understood is one that never holds: so GrowthBook takes conditions that others wrote. (For
/// a playbook it is an error.)
///
/// ```
/// use ripen::playbook::condition_on_properties;
/// let (condition, problems) = condition_on_properties(r#"{"where": {"files": {"$gte": 3}}}"#);
/// assert!(condition.is_some() && problems.is_empty());
/// let (condition, problems) = condition_on_properties(r#"{"where": {"files": {"$gtr": 3}}}"#);
/// assert!(condition.is_some() && problems.len() == 1);
/// ```
pub fn condition_on_properties(text: &str) -> (Option<Condition>, Vec<Problem>) {
    let source = Source::new(text);
    let Some(root) = source.parse() else { return (None, source.problems(None)) };
    let fields = Fields::read(&source, &root, "a condition with groups", &NAMES);
    if let Some(groups) = fields.as_ref().and_then(|fields| fields.get("groups")) {
        source.groups().read(&source, groups);
    }
    let node = fields.as_ref().and_then(|fields| fields.require(&source, "where", "a condition with groups"));
    let condition =
        node.and_then(|node| condition::read(&source, &Known::default(), Reach::Properties, node));
    let problems = source.problems(Some(&root));
    (condition, problems)
}
