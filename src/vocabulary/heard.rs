//! Events: those that something hears, by what, and what of their properties is looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Aim, Definitions, Edge, Field, Form, Matcher, Names, Nudge, Part, Playbook, Predicate};

use super::kinds::{Kind, each_test};
use super::shape::Shape;

/// An event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// As it is tracked.
    pub name: String,
    /// What is known of its properties.
    pub properties: Shape,
    /// What hears it, by ids such as `signals.tasks`, in the order of the playbook.
    pub by: Vec<String>,
}

/// All events of a playbook by name, Ripen's own among them.
pub(super) struct Events<'a> {
    playbook: &'a Playbook,
    by_name: BTreeMap<String, Heard>,
    /// Of every event, whatever its name.
    any: Shape,
}

/// Finds them.
pub(super) fn read(playbook: &Playbook) -> Events<'_> {
    let mut events = Events { playbook, by_name: BTreeMap::new(), any: Shape::default() };
    for (name, _) in &playbook.names {
        events.told(name);
    }
    events.signals(&playbook.person);
    events.hear(&playbook.activity, "activity", &mut |_| {});
    events.signals(&playbook.account);
    playbook.nudges.iter().for_each(|nudge| events.nudge(nudge));
    events
}

impl Events<'_> {
    /// An event of this name is spoken of.
    pub(super) fn told(&mut self, name: &str) -> &mut Heard {
        let heard = || Heard { name: name.to_owned(), ..Heard::default() };
        self.by_name.entry(name.to_owned()).or_insert_with(heard)
    }

    fn signals(&mut self, definitions: &Definitions) {
        for signal in &definitions.signals {
            let by = format!("signals.{}", signal.name);
            for matcher in &signal.of {
                self.hear(matcher, &by, &mut |shape| value_of(&signal.form, shape));
            }
            signal.without.iter().for_each(|matcher| self.hear(matcher, &by, &mut |_| {}));
        }
    }

    fn nudge(&mut self, nudge: &Nudge) {
        let by = format!("nudges.{}", nudge.id);
        for edge in &nudge.on {
            if let Edge::Event(matcher) = edge {
                // In the condition of a nudge the event that is its occasion may be asked about.
                self.hear(matcher, &by, &mut |shape| {
                    each_test(&nudge.when, &mut |field, predicate| {
                        let Field::Page(path) = field else { return };
                        if let [head, part, rest @ ..] = path.as_slice()
                            && head == "event"
                            && part == "properties"
                        {
                            look(shape, rest, predicate);
                        }
                    });
                });
            }
        }
        if let Some((Aim::Event(matcher), value)) = nudge.goal.as_ref().map(|goal| (&goal.aim, &goal.value)) {
            self.hear(matcher, &by, &mut |shape| {
                value.iter().for_each(|path| shape.note(path, Kind::Number));
            });
        }
    }

    fn hear(&mut self, matcher: &Matcher, by: &str, look_at: &mut dyn FnMut(&mut Shape)) {
        let mut shape = Shape::default();
        look_at(&mut shape);
        matcher.when.iter().for_each(|when| {
            each_test(when, &mut |field, predicate| {
                if let Field::Property(path) = field {
                    look(&mut shape, path, predicate);
                }
            });
        });
        let Names::These(ids) = &matcher.names else { return self.any.merge(&shape) };
        let names = self.playbook.names.iter().filter(|(_, id)| ids.contains(id));
        for (name, _) in names {
            let heard = self.told(name);
            heard.properties.merge(&shape);
            if heard.by.last().map(String::as_str) != Some(by) {
                heard.by.push(by.to_owned());
            }
        }
    }

    /// The names of pages that something looks at.
    pub(super) fn pages(&self) -> BTreeSet<String> {
        let page = self.by_name.get("$page");
        let mut names = BTreeSet::new();
        for (path, kinds) in page.iter().flat_map(|page| page.properties.iter()) {
            if matches!(path, [name] if name == "name") {
                names.extend(kinds.values.iter().cloned());
            }
        }
        names
    }

    /// What an application tracks, sorted.
    pub(super) fn into_told(self) -> Vec<Heard> {
        let mut told: Vec<Heard> =
            self.by_name.into_values().filter(|heard| !heard.name.starts_with('$')).collect();
        told.iter_mut().for_each(|heard| heard.properties.merge(&self.any));
        told
    }
}

fn look(shape: &mut Shape, path: &[String], predicate: &Predicate) {
    shape.at(path).into_iter().for_each(|kinds| kinds.hear(predicate));
}

/// Where a signal takes its value from.
fn value_of(form: &Form, shape: &mut Shape) {
    match form {
        Form::Sum(path, _) | Form::Max(path, _) | Form::Min(path, _) => shape.note(path, Kind::Number),
        Form::Distinct(Part::Property(path), ..) | Form::Last(path) => shape.note(path, Kind::Scalar),
        _ => {}
    }
}
