//! The schema has what the reader knows: each object with the same properties, no more and no less, and each form of
//! text as the reader takes it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::super::appearance::tables as drawn_by;
use super::super::fields::Names;
use super::super::nudges::tables;
use super::super::{
    compile, events, ladders, moments, nudges, policy, rhythm, scores, segments, signals, spans,
};
use super::text::{SPAN, WINDOW};
use super::{appearance as drawn, definitions, nudge, policy as protection, root, signal, words};

/// What the schema has of an object, and what the reader knows of it.
fn objects() -> Vec<(&'static str, BTreeSet<String>, &'static Names)> {
    fn of<T: JsonSchema>(names: &'static Names) -> (&'static str, BTreeSet<String>, &'static Names) {
        let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap();
        assert_eq!(schema.get("additionalProperties"), Some(&Value::Bool(false)));
        (std::any::type_name::<T>(), properties.keys().cloned().collect(), names)
    }
    vec![
        of::<root::Playbook>(&compile::NAMES),
        of::<super::events::Where>(&events::NAMES),
        of::<signal::Signal>(&signals::NAMES),
        of::<definitions::Segment>(&segments::NAMES),
        of::<definitions::Success>(&segments::SUCCESS),
        of::<definitions::Score>(&scores::NAMES),
        of::<definitions::Point>(&scores::POINT),
        of::<definitions::Ladder>(&ladders::NAMES),
        of::<definitions::Rung>(&ladders::RUNG),
        of::<definitions::Moment>(&moments::NAMES),
        of::<definitions::Rhythm>(&rhythm::NAMES),
        of::<protection::Policy>(&policy::NAMES),
        of::<protection::HelpFirst>(&policy::HELP_FIRST),
        of::<protection::Never>(&policy::NEVER),
        of::<nudge::Nudge>(&nudges::NAMES),
        of::<nudge::Happening>(&tables::ON),
        of::<nudge::Schedule>(&tables::SCHEDULE),
        of::<nudge::Limits>(&tables::LIMITS),
        of::<nudge::Counted>(&tables::LIMIT),
        of::<nudge::Goal>(&tables::GOAL),
        of::<nudge::Variant>(&tables::VARIANT),
        of::<drawn::Placement>(&drawn_by::PLACEMENT),
        of::<drawn::Action>(&drawn_by::ACTION),
        of::<drawn::Form>(&drawn_by::FORM),
        of::<drawn::Field>(&drawn_by::FIELD),
        of::<drawn::Step>(&drawn_by::STEP),
        of::<drawn::Question>(&drawn_by::QUESTION),
        of::<words::Content>(&drawn_by::CONTENT),
        of::<words::Passage>(&drawn_by::PASSAGE),
        of::<words::Image>(&drawn_by::IMAGE),
    ]
}

#[test]
fn each_object_has_the_properties_that_the_reader_knows() {
    for (name, properties, names) in objects() {
        let known: BTreeSet<String> = names.known.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(properties, known, "{name}");
    }
}

/// But the one of a condition without a playbook around it.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the sources")]
fn no_table_of_the_reader_is_missing() {
    fn tables(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let count = |path: std::path::PathBuf| match path.is_dir() {
            true => tables(&path),
            false => {
                let text = std::fs::read_to_string(path).unwrap();
                text.lines()
                    .filter(|line| {
                        line.contains("const ") && line.contains(": ") && {
                            let of = line.split(": ").nth(1).unwrap_or_default();
                            of.starts_with("Names ") || of.starts_with("fields::Names ")
                        }
                    })
                    .count()
            }
        };
        entries.map(count).sum()
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/playbook");
    assert_eq!(tables(&folder), objects().len() + 1);
}

#[test]
fn windows_and_spans_are_those_that_the_reader_takes() {
    let (window, span) = (regex::Regex::new(WINDOW).unwrap(), regex::Regex::new(SPAN).unwrap());
    let mut texts: Vec<String> =
        ["d", "h", "", "7", "07d", "-1d", "+1d", "1.5d", "7 d", "7D", "7days", " 7d", "7d\n"]
            .map(str::to_owned)
            .to_vec();
    texts.extend((0..1_200).flat_map(|number| [format!("{number}d"), format!("{number}h")]));
    for text in texts {
        let within = format!(r#"{{"signals": {{"n": {{"count": "a", "within": {text:?}}}}}}}"#);
        assert_eq!(window.is_match(&text), compile::check(&within).is_empty(), "{text:?}");
        assert_eq!(span.is_match(&text), spans::hours(&text).is_some(), "{text:?}");
    }
}
