//! Nudges that no one can see, as far as that is proven: what blocks them blocks always.

use crate::engine::{
    BUCKETS, Condition, Edge, Field, Limit, Nudge, Outcome, Policy, Predicate, Scope, Value,
};

use super::super::fields::property;
use super::super::known::Known;
use super::super::possible;
use super::super::source::{Node, Source};
use super::schedule;

const UNSEEN: &str = "no one can see this nudge";

/// Warns of each nudge that no one can see, given where it is written; once.
pub(in crate::playbook) fn warn(
    source: &Source<'_>,
    known: &Known,
    nudges: &[(Node<'_>, Nudge)],
    policy: &Policy,
) {
    for (node, nudge) in nudges {
        let unseen = Unseen { source, known, policy, node, nudge };
        let _ = unseen.by_level() || unseen.by_limit() || unseen.by_split() || unseen.by_schedule();
    }
}

struct Unseen<'a, 's> {
    source: &'a Source<'s>,
    known: &'a Known,
    policy: &'a Policy,
    node: Node<'a>,
    nudge: &'a Nudge,
}

impl Unseen<'_, '_> {
    fn at(&self, name: &str) -> Node<'_> {
        property(self.node, name).unwrap_or(self.node)
    }

    /// What has to hold at once does not. Each part is added in turn, so that the one that is too much is named.
    fn by_level(&self) -> bool {
        let Unseen { source, known, policy, nudge, .. } = self;
        if possible::warn(source, known, self.at("when"), &nudge.when, UNSEEN) {
            return true;
        }
        let mut level = vec![nudge.when.clone()];
        if let Some((Scope::Person, index)) = nudge.moment {
            let moment = Field::Moment(Scope::Person, index);
            if known.is_dead(&moment) {
                return true;
            }
            level.push(holds(moment));
            if self.conflict(&level, "moment", "where its `moment` holds, its `when` does not") {
                return true;
            }
        }
        level.extend(nudge.schedule.as_ref().map(schedule::condition));
        if self.conflict(&level, "schedule", "at the hours of its `schedule` its `when` does not hold") {
            return true;
        }
        if let Some(first) = policy.help_first.filter(|_| nudge.purpose.is_commercial()) {
            let stage = Field::Stage(Scope::Person, first.ladder);
            level.push(Condition::Test(stage, Predicate::AtLeast(first.at_least)));
            let why = "`policy.help_first` holds it back wherever its `when` and `moment` hold";
            if self.conflict(&level, if nudge.moment.is_some() { "moment" } else { "when" }, why) {
                return true;
            }
        }
        for never in policy.never.iter().filter(|never| never.purposes.contains(&nudge.purpose)) {
            level.push(Condition::Not(Box::new(never.when.clone())));
            let why = "`policy.never` holds it back wherever its `when` and `moment` hold";
            if self.conflict(&level, "purpose", why) {
                return true;
            }
        }
        self.by_edges(&level)
    }

    /// At none of its edges can the level hold.
    fn by_edges(&self, level: &[Condition]) -> bool {
        let mut conflicts = self.nudge.on.iter().map(|edge| {
            let edge = match edge {
                Edge::Moment(Scope::Person, index) => holds(Field::Moment(Scope::Person, *index)),
                Edge::Page(condition) => condition.clone(),
                _ => return None,
            };
            let all: Vec<&Condition> = level.iter().chain([&edge]).collect();
            possible::conflict(self.known, &all)
        });
        let first = conflicts.next().flatten();
        let (Some(first), true) = (first, conflicts.all(|conflict| conflict.is_some())) else { return false };
        let follows = format!("{UNSEEN}: what it asks for does not hold at its `on`");
        let on = self.at("on");
        let first_edge = on.as_array().and_then(|list| list.elements.first()).unwrap_or(on);
        first.warn(self.source, self.known, first_edge, &follows);
        true
    }

    fn conflict(&self, level: &[Condition], name: &str, why: &str) -> bool {
        let level: Vec<&Condition> = level.iter().collect();
        let conflict = possible::conflict(self.known, &level);
        if let Some(conflict) = &conflict {
            conflict.warn(self.source, self.known, self.at(name), &format!("{UNSEEN}, since {why}"));
        }
        conflict.is_some()
    }

    fn by_limit(&self) -> bool {
        let none = |outcome: &Outcome| matches!(self.nudge.limit(*outcome), Some(Limit::AtMost(0, _)));
        let Some(outcome) = Outcome::ALL.into_iter().find(none) else { return false };
        let node = property(self.at("limits"), outcome.name()).unwrap_or(self.node);
        let message = format!("{UNSEEN}: `{}` at most 0 times is reached from the start", outcome.name());
        self.source.warn(node, message, Some(format!("{} once at most is 1", outcome.in_words())));
        true
    }

    fn by_split(&self) -> bool {
        let Nudge { holdout, variants, .. } = self.nudge;
        if *holdout >= BUCKETS {
            let message = format!("{UNSEEN}: its holdout is everybody");
            self.source.warn(self.at("holdout"), message, Some("a tenth is 0.1".into()));
            return true;
        }
        let hidden = !variants.is_empty() && variants.iter().all(|variant| !variant.shows);
        if hidden {
            let message = format!("{UNSEEN}: none of its variants shows anything");
            self.source.warn(self.at("variants"), message, Some("leave `show` out of one".into()));
        }
        hidden
    }

    fn by_schedule(&self) -> bool {
        let empty = self.nudge.schedule.as_ref().is_some_and(schedule::is_empty);
        if empty {
            let message =
                format!("{UNSEEN}: between `from` and `to` there is none of its weekdays and hours");
            self.source.warn(self.at("schedule"), message, None);
        }
        empty
    }
}

fn holds(field: Field) -> Condition {
    Condition::Test(field, Predicate::Equals(Value::Bool(true)))
}
