//! The whole document, section by section in the order of evaluation.

use crate::engine::{Definitions, Matcher, Names as EventSet, Nudge, Playbook, Policy, Scope, Value, fnv1a};

use super::events::{self, EventNames};
use super::fields::{Fields, Names};
use super::known::Known;
use super::named::ByName;
use super::problem::Problem;
use super::source::{Node, Source};
use super::{
    appearance, dependents, ladders, moments, nudges, policy, references, rhythm, scores, segments, signals,
};

pub(in crate::playbook) const NAMES: Names = Names::of(&[
    // For editors.
    "$schema",
    "signals",
    "segments",
    "scores",
    "ladders",
    "moments",
    "nudges",
    "policy",
    "activity",
    "interval",
    "first_seen",
    "rhythm",
    "groups",
]);
/// Positions of definitions are 16-bit; nobody reads a playbook of this length.
const MOST: usize = 10_000;
/// The same of what has no section of its own.
const MOST_POSITIONS: usize = u16::MAX as usize;
const DEFAULT_INTERVAL: u16 = 7;

/// A playbook that the engine can run.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// The engine's form.
    pub playbook: Playbook,
    /// The same in binary: what the page loads.
    pub bytes: Vec<u8>,
    /// Names what it means: hexadecimal.
    pub revision: String,
    /// What is legal, and hardly meant.
    pub warnings: Vec<Problem>,
}

/// Compiles the text of a playbook.
///
/// # Errors
/// All mistakes that were found, in the order of the text (with the warnings among them).
///
/// ```
/// let compiled = ripen::playbook::compile(r#"{"signals": {"exports": {"count": "report_exported"}}}"#).unwrap();
/// assert!(compiled.warnings.is_empty());
///
/// let problems = ripen::playbook::compile(
///     r#"{"signals": {"exports": {"count": "x"}}, "segments": {"s": {"when": {"signals.export": 1}}}}"#,
/// ).unwrap_err();
/// assert_eq!(
///     problems[0].to_string(),
///     "1:70: error: segments.s.when.signals.export: there is no signal `export` (did you mean `exports`?)",
/// );
/// ```
pub fn compile(text: &str) -> Result<Compiled, Vec<Problem>> {
    let source = Source::new(text);
    let Some(root) = source.parse() else { return Err(source.problems(None)) };
    let playbook = read(&source, &root);
    let failed = source.has_errors();
    let problems = source.problems(Some(&root));
    match playbook {
        Some(mut playbook) if !failed => {
            playbook.revision = 0;
            // What it means, not how it is written: white space makes no new revision.
            playbook.revision = fnv1a(&playbook.to_bytes());
            let bytes = playbook.to_bytes();
            let revision = format!("{:016x}", playbook.revision);
            Ok(Compiled { playbook, bytes, revision, warnings: problems })
        }
        _ => Err(problems),
    }
}

/// All that is wrong with the text of a playbook, or hardly meant; empty if nothing is.
pub fn check(text: &str) -> Vec<Problem> {
    match compile(text) {
        Ok(compiled) => compiled.warnings,
        Err(problems) => problems,
    }
}

/// What has been read so far.
#[derive(Default)]
pub(super) struct Draft<'s> {
    pub(super) names: EventNames,
    pub(super) known: Known,
    /// The section of segments: an ICP's success is read in the place of the ladder that it changes.
    pub(super) segments: Option<Node<'s>>,
}

impl Draft<'_> {
    pub(super) fn of(&mut self, scope: Scope) -> &mut Definitions {
        self.known.of_mut(scope)
    }
}

type Read = fn(&Source<'_>, &mut Draft<'_>, &str, Node<'_>) -> Option<()>;

fn read(source: &Source<'_>, root: Node<'_>) -> Option<Playbook> {
    let fields = Fields::read(source, root, "a playbook", &NAMES)?;
    references::check(source, root);
    fields.get("$schema").and_then(|node| source.string(node, "where the schema is, a string"));
    let groups = fields.get("groups");
    groups.into_iter().for_each(|node| source.groups().read(source, node));
    let mut draft = Draft { segments: fields.get("segments"), ..Draft::default() };
    draft.known.written.signals = names(source, &fields, "signals");
    draft.known.written.segments = names(source, &fields, "segments");
    draft.known.written.scores = names(source, &fields, "scores");
    draft.known.written.ladders = names(source, &fields, "ladders");
    draft.known.written.moments = names(source, &fields, "moments");
    section(source, &fields, &mut draft, "signals", signals::read);
    section(source, &fields, &mut draft, "segments", segments::read);
    let interval =
        fields.get("interval").map_or(Some(DEFAULT_INTERVAL), |node| rhythm::interval(source, node));
    let first_seen =
        fields.get("first_seen").map_or(Some(None), |node| rhythm::first_seen(source, node).map(Some));
    let rhythm = fields.get("rhythm").map_or(Some(None), |node| rhythm::read(source, node).map(Some));
    draft.known.momentum = true;
    draft.known.rhythm = fields.has("rhythm");
    section(source, &fields, &mut draft, "scores", scores::read);
    section(source, &fields, &mut draft, "ladders", ladders::read);
    let journey = draft.known.ladders.get(ladders::JOURNEY).filter(|ladder| ladder.scope == Scope::Person);
    if !draft.known.broken.contains(ladders::JOURNEY) {
        segments::warn_of_idle_success(source, draft.segments, journey.map_or(&[], |ladder| &ladder.rungs));
    }
    section(source, &fields, &mut draft, "moments", moments::read);
    if let Some(fields) = fields
        .get("signals")
        .filter(|node| node.as_object().is_some())
        .and_then(|node| Fields::open(source, node, "`signals`"))
    {
        signals::read_members(source, &mut draft, &fields);
    }
    let mut read_nudges = Vec::new();
    let mut commercial = None;
    names(source, &fields, "nudges");
    let languages = appearance::languages_of(source, fields.get("policy"));
    let section = fields.get("nudges").and_then(|node| Fields::open(source, node, "`nudges`"));
    for (property, node) in section.iter().flat_map(Fields::entries) {
        let position = read_nudges.len() as u16;
        let id = property.name.as_str();
        let Some(nudge) = nudges::read(source, &mut draft, position, id, node) else {
            continue;
        };
        if nudge.purpose.is_commercial() {
            commercial = commercial.or(Some(node));
        }
        read_nudges.push((node, nudge));
    }
    let policy = policy::read(source, &draft, fields.get("policy"), commercial).unwrap_or(Policy::DEFAULT);
    nudges::warn(source, &draft.known, &read_nudges, &policy, fields.get("policy"));
    let mut read_nudges: Vec<Nudge> = read_nudges.into_iter().map(|(_, nudge)| nudge).collect();
    appearance::warn_of_idle_languages(source, fields.get("policy"), &read_nudges);
    if let Some(languages) = languages {
        let languages = Value::List(languages.into_iter().map(Value::Text).collect());
        for nudge in &mut read_nudges {
            nudge.appearance.set("languages".to_owned(), languages.clone());
        }
    }
    let activity = match fields.get("activity") {
        Some(node) => events::matcher(source, &draft.names, &draft.known, node),
        None => Some(Matcher { names: EventSet::Any, when: None }),
    };
    draft.names.warn_of_alike(source);
    groups.into_iter().for_each(|node| source.groups().warn_of_unused(source, node));
    let (activity, interval) = activity.zip(interval)?;
    let (first_seen, rhythm) = first_seen.zip(rhythm)?;
    let written = |name| fields.get(name).map(|node| source.canonical(node)).unwrap_or_default();
    let activity_definition = fnv1a(format!("{} {interval}", written("activity")).as_bytes());
    let Draft { names, known: Known { mut person, mut account, .. }, .. } = draft;
    let conditions = person.conditions.len().max(account.conditions.len());
    for (count, what) in [(names.len(), "names of events"), (conditions, "conditions")] {
        if count > MOST_POSITIONS {
            let message = format!("there are {count} {what}: {MOST_POSITIONS} is the most");
            source.wrong(root, message, None);
            return None;
        }
    }
    let names = names.into_sorted();
    dependents::index(&mut person, Scope::Person, names.len());
    dependents::index(&mut account, Scope::Account, names.len());
    let occasions = nudges::index(&read_nudges, names.len());
    Some(Playbook {
        revision: 0,
        names,
        activity,
        activity_definition,
        interval,
        first_seen,
        rhythm,
        person,
        account,
        nudges: read_nudges,
        occasions,
        policy,
    })
}

fn section(source: &Source<'_>, fields: &Fields<'_>, draft: &mut Draft<'_>, name: &str, read: Read) {
    let Some(node) = fields.get(name) else { return };
    // That it is an object has been checked with its names.
    let Some(object) = node.as_object() else { return };
    for property in &object.properties {
        let name = property.name.as_str();
        if read(source, draft, name, &property.value).is_none() {
            draft.known.broken.insert(name.to_owned());
        }
    }
}

/// The names of a section, checked: each once, and such that conditions can name them.
fn names(source: &Source<'_>, fields: &Fields<'_>, section: &str) -> ByName<String> {
    let Some(node) = fields.get(section) else { return ByName::default() };
    let Some(fields) = Fields::open(source, node, &format!("`{section}`")) else {
        return ByName::default();
    };
    let names: ByName<String> =
        fields.entries().map(|(property, _)| property.name.as_str().to_owned()).collect();
    if names.len() > MOST {
        source.wrong(node, format!("there are {} {section}: {MOST} is the most", names.len()), None);
    }
    for (property, _) in fields.entries().filter(|(property, _)| !is_id(property.name.as_str())) {
        let message = format!(
            "`{}` cannot be a name: it is empty, has a dot, or begins with `$`",
            property.name.as_str()
        );
        source.wrong_name(property, message, Some("conditions find it by a dotted path".into()));
    }
    let is_number = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    for (_, node) in fields.entries().filter(|(property, _)| is_number(property.name.as_str())) {
        let message =
            "a name that is a whole number comes first where JavaScript reads the playbook as an object";
        source.warn(node, message, Some("the order written has a meaning: take another name".into()));
    }
    names
}

/// Whether conditions can name it.
pub(super) fn is_id(name: &str) -> bool {
    !name.is_empty() && !name.contains('.') && !name.starts_with('$')
}
