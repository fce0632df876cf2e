//! Conditions: from GrowthBook's language to the engine's, every field resolved.

use jsonc_parser::ast::ObjectProp;

use crate::engine::{Condition, Field, Index, Momentum, Scope};

use super::fields::Fields;
use super::known::{Known, KnownLadder};
use super::lists;
use super::named::ByName;
use super::near::{list, nearest};
use super::operators::{self, Kind};
use super::possible;
use super::source::{Node, Source};

/// What a condition can look at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The properties of an event.
    Properties,
    /// The view of a person or an account.
    View(Scope),
    /// The view of a person, and what the page knows.
    Nudge,
    /// What the page is, and nothing else.
    Page,
}

impl Reach {
    /// The view of whose it is. Where that is written wrong, a person's, who sees the most: so nothing is said that only
    /// follows from it.
    pub(super) fn unsure(scope: Option<Scope>) -> Reach {
        Reach::View(scope.unwrap_or(Scope::Person))
    }
}

/// Where the playbook itself, or the clock, says what a field is.
const DEFINED: [&str; 8] = ["signals", "stages", "reached", "scores", "bands", "momentum", "alive", "now"];

pub(super) const CONNECTIVES: [&str; 4] = ["$and", "$or", "$nor", "$not"];

/// Reads a condition: an object of fields and connectives, all of which have to hold.
pub(super) fn read(source: &Source<'_>, known: &Known, reach: Reach, node: Node<'_>) -> Option<Condition> {
    let fields = Fields::open(source, node, "a condition")?;
    let mut parts = Vec::new();
    let mut whole = true;
    for (property, value) in fields.entries() {
        match part(source, known, reach, property, value) {
            Some(part) => parts.push(part),
            None => whole = false,
        }
    }
    let only = if parts.len() == 1 { parts.pop() } else { None };
    whole.then(|| only.unwrap_or(Condition::All(parts)))
}

fn part(
    source: &Source<'_>,
    known: &Known,
    reach: Reach,
    property: &ObjectProp<'_>,
    value: Node<'_>,
) -> Option<Condition> {
    let name = property.name.as_str();
    match name {
        "$and" => Some(Condition::All(several(source, known, reach, value)?)),
        "$or" => {
            let parts = several(source, known, reach, value)?;
            // Of a single one, whoever asks says it.
            let elements = value.as_array().into_iter().flat_map(|array| &array.elements);
            for (node, part) in elements.zip(&parts).filter(|_| parts.len() > 1) {
                possible::warn(source, known, node, part, "this alternative never holds");
            }
            Some(Condition::Any(parts))
        }
        "$nor" => Some(Condition::Not(Box::new(Condition::Any(several(source, known, reach, value)?)))),
        "$not" => Some(Condition::Not(Box::new(read(source, known, reach, value)?))),
        _ if name.starts_with('$') && !is_property(reach, name) => {
            let near = source.hint(name, CONNECTIVES);
            source.wrong_name(property, format!("there is no `{name}` between conditions"), near);
            None
        }
        _ => test(source, known, reach, property, value),
    }
}

/// In a `where` a name with a `$` may be a property's (`$browser`), if it is not like what conditions have.
fn is_property(reach: Reach, name: &str) -> bool {
    let known = CONNECTIVES.iter().chain(&["$elemMatch"]).copied();
    reach == Reach::Properties && !operators::is_operator(name) && nearest(name, known).is_none()
}

fn several(source: &Source<'_>, known: &Known, reach: Reach, node: Node<'_>) -> Option<Vec<Condition>> {
    let Some(array) = node.as_array() else {
        source.expected(node, "a list of conditions");
        return None;
    };
    let parts: Vec<_> = array.elements.iter().map(|element| read(source, known, reach, element)).collect();
    parts.into_iter().collect()
}

/// A field, and what is asked of it.
fn test(
    source: &Source<'_>,
    known: &Known,
    reach: Reach,
    property: &ObjectProp<'_>,
    value: Node<'_>,
) -> Option<Condition> {
    let name = property.name.as_str();
    let mut path = name.split('.').map(str::to_owned);
    let head = path.next().unwrap_or_default();
    let rest: Vec<String> = path.collect();
    if reach == Reach::Properties {
        let path = std::iter::once(head).chain(rest).collect();
        return Some(Condition::Test(Field::Property(path), operators::read(source, &Kind::Any, value)));
    }
    let (field, kind) = match head.as_str() {
        "segments" | "moments" if rest.is_empty() => return lists::read(source, known, reach, &head, value),
        "user" | "account" if !rest.is_empty() => match (head.as_str(), reach) {
            ("user", Reach::View(Scope::Account)) => {
                source.wrong_name(property, "what is of an account does not see `user`", None);
                return None;
            }
            ("user", _) => (Field::Trait(Scope::Person, rest), Kind::Any),
            _ => (Field::Trait(Scope::Account, rest), Kind::Any),
        },
        "page" if reach == Reach::Page && !rest.is_empty() => {
            (Field::Page(std::iter::once(head).chain(rest).collect()), Kind::Any)
        }
        _ if reach == Reach::Page => {
            let hint = "it is a path such as `page.path`; what else has to hold stands in the nudge's `when`";
            let message = format!("this condition is about `page` alone, and cannot look at `{name}`");
            source.wrong_name(property, message, Some(hint.into()));
            return None;
        }
        "page" | "event" | "device" | "session" if reach == Reach::Nudge && !rest.is_empty() => {
            (Field::Page(std::iter::once(head).chain(rest).collect()), Kind::Any)
        }
        "locale" if reach == Reach::Nudge && rest.is_empty() => (Field::Page(vec![head]), Kind::Text),
        _ => match resolve(source, known, reach, property, &head, &rest) {
            Some(resolved) => resolved,
            // What is asked of it may be wrong besides.
            None => {
                let is_defined = DEFINED.contains(&head.as_str());
                operators::read(source, &Kind::Unknown { is_defined }, value);
                return None;
            }
        },
    };
    Some(Condition::Test(field, operators::read(source, &kind, value)))
}

/// A field that is defined in the playbook, or by the clock.
fn resolve(
    source: &Source<'_>,
    known: &Known,
    reach: Reach,
    property: &ObjectProp<'_>,
    head: &str,
    rest: &[String],
) -> Option<(Field, Kind)> {
    let lookup = Lookup { source, known, reach, property };
    match (head, rest) {
        ("signals", [name]) => {
            let known_signal =
                known.signals.get(name).map(|(_, scope, index, form)| (*scope, (*index, form)));
            let (scope, (index, form)) = lookup.find("signal", name, known_signal, &known.written.signals)?;
            Some((Field::Signal(scope, index), Kind::of_signal(form)))
        }
        ("stages", [name]) => {
            let ladder = lookup.ladder(name, true)?;
            Some((Field::Stage(ladder.scope, ladder.index), Kind::Stage(ladder.rungs.clone())))
        }
        ("reached", [name, rung]) => {
            let ladder = lookup.ladder(name, false)?;
            match ladder.rungs.iter().position(|known| known == rung) {
                Some(position) => {
                    Some((Field::Reached(ladder.scope, ladder.index, position as u8), Kind::Hours))
                }
                None => {
                    let near = source.hint(rung, ladder.rungs.iter().map(String::as_str));
                    let message = format!("the ladder `{name}` has no rung `{rung}` (that is known here)");
                    source.wrong_name(property, message, near);
                    None
                }
            }
        }
        ("scores", [name]) => {
            let (scope, index, _) = lookup.score(name)?;
            Some((Field::Score(scope, index), Kind::Number))
        }
        ("bands", [name]) => {
            let (scope, index, bands) = lookup.score(name)?;
            Some((Field::Band(scope, index), Kind::OneOf(bands.clone())))
        }
        ("alive", []) if reach == Reach::View(Scope::Account) => {
            source.wrong_name(property, "an account has no `alive`", None);
            None
        }
        ("alive", []) if known.momentum && known.rhythm => Some((Field::Alive, Kind::Number)),
        ("alive", []) if known.momentum => {
            let advice = "`ripen fit` estimates one from your events";
            source.wrong_name(
                property,
                "`alive` needs the playbook's `rhythm`, and there is none",
                Some(advice.into()),
            );
            None
        }
        ("alive", []) => {
            source.wrong_name(property, "segments come before `alive` and cannot use it", None);
            None
        }
        ("momentum", []) if reach == Reach::View(Scope::Account) => {
            source.wrong_name(property, "an account has no momentum", None);
            None
        }
        ("momentum", []) if known.momentum => {
            let names = Momentum::ALL.map(|momentum| momentum.name().to_owned());
            Some((Field::Momentum, Kind::OneOf(names.to_vec())))
        }
        ("momentum", []) => {
            source.wrong_name(property, "segments come before `momentum` and cannot use it", None);
            None
        }
        ("now", [part]) if reach == Reach::Nudge && part == "weekday" => Some((Field::Weekday, Kind::Number)),
        ("now", [part]) if reach == Reach::Nudge && part == "hour" => Some((Field::HourOfDay, Kind::Number)),
        _ => {
            lookup.unknown_field();
            None
        }
    }
}

struct Lookup<'a, 's> {
    source: &'a Source<'s>,
    known: &'a Known,
    reach: Reach,
    property: &'a ObjectProp<'a>,
}

impl<'a> Lookup<'a, '_> {
    fn find<T>(
        &self,
        what: &str,
        name: &str,
        known: Option<(Scope, T)>,
        written: &ByName<String>,
    ) -> Option<(Scope, T)> {
        match known {
            Some((Scope::Person, _)) if self.reach == Reach::View(Scope::Account) => {
                let message =
                    format!("the {what} `{name}` is a person's: what is of an account does not see it");
                let advice = "give it `\"scope\": \"account\"` if it is to count for the whole account";
                self.source.wrong_name(self.property, message, Some(advice.into()));
                None
            }
            Some(found) => Some(found),
            None if self.known.broken.contains(name) => None,
            None if written.has(name) => {
                let message =
                    format!("the {what} `{name}` is not known here: only what comes before can be used");
                let advice = "the order is signals, segments, momentum, scores, ladders, moments, nudges; in each, as written";
                self.source.wrong_name(self.property, message, Some(advice.into()));
                None
            }
            None => {
                let near = self.source.hint(name, written.names());
                self.source.wrong_name(self.property, format!("there is no {what} `{name}`"), near);
                None
            }
        }
    }

    fn score(&self, name: &str) -> Option<(Scope, Index, &'a Vec<String>)> {
        let known = self.known;
        let known_score = known.scores.get(name).map(|(_, scope, index, bands)| (*scope, (*index, bands)));
        let (scope, (index, bands)) = self.find("score", name, known_score, &known.written.scores)?;
        Some((scope, index, bands))
    }

    fn ladder(&self, name: &str, complete: bool) -> Option<&'a KnownLadder> {
        let known = self.known;
        let usable = known.ladders.get(name).filter(|ladder| ladder.complete || !complete);
        let usable = usable.map(|ladder| (ladder.scope, ladder));
        self.find("ladder", name, usable, &known.written.ladders).map(|(_, ladder)| ladder)
    }

    fn unknown_field(&self) {
        let mut fields = vec![
            "signals.NAME",
            "segments",
            "scores.NAME",
            "bands.NAME",
            "stages.LADDER",
            "reached.LADDER.RUNG",
            "moments",
        ];
        fields.extend(["account.TRAIT"]);
        if self.reach != Reach::View(Scope::Account) {
            fields.extend(["user.TRAIT", "momentum", "alive"]);
        }
        if self.reach == Reach::Nudge {
            fields.extend([
                "now.weekday",
                "now.hour",
                "page.…",
                "device.…",
                "locale",
                "session.…",
                "event.…",
            ]);
        }
        let found = self.property.name.as_str();
        let head = found.split('.').next().unwrap_or_default();
        let heads = fields.iter().map(|field| field.split('.').next().unwrap_or_default());
        let near = super::near::nearest(head, heads).filter(|near| *near != head);
        let near = near
            .map_or_else(|| format!("there is {}", list(&fields)), |near| format!("did you mean `{near}`?"));
        self.source.wrong_name(self.property, format!("a condition cannot look at `{found}`"), Some(near));
    }
}
