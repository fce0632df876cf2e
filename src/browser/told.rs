//! What an input did to the person in front of the browser, for JavaScript.

use wasm_bindgen::JsValue;

use super::js::List;
use super::write::{Record, value};
use crate::engine::{
    Aim, Arm, Block, Change, Considered, Decision, Event, Millis, Nudge, Playbook, Surroundings, Value,
    Verdict, What, Who,
};

/// `Outcome` of `js/src/module.ts` in the making.
pub(super) struct Told {
    changes: List,
    decisions: List,
    converted: List,
    /// A nudge has won the slot: it has it for the rest of this input.
    pub(super) slot_taken: bool,
}

impl Told {
    pub(super) fn new() -> Told {
        Told { changes: List::new(), decisions: List::new(), converted: List::new(), slot_taken: false }
    }

    pub(super) fn into_js(self, late: u32) -> JsValue {
        Record::new()
            .with("changes", self.changes)
            .with("decisions", self.decisions)
            .with("converted", self.converted)
            .maybe("late", Some(late).filter(|late| *late > 0))
            .into()
    }

    /// Changes of the view, and the nudges whose goals are reached.
    pub(super) fn changed(
        &mut self,
        playbook: &Playbook,
        who: Option<Who<'_>>,
        here: &Surroundings,
        event: Option<&Event>,
        changes: &[Change],
    ) {
        for each in changes {
            if let What::Converted { nudge } = each.what {
                let Some(nudge) = playbook.nudges.get(usize::from(nudge)) else { continue };
                let variant = who.and_then(|who| nudge.variant(who, here));
                let record = Record::new()
                    .with("nudge", &*nudge.id)
                    .with("at", each.at.0 as f64)
                    .maybe("variant", variant_id(nudge, variant))
                    .maybe(
                        "value",
                        event.and_then(|event| worth(playbook, nudge, event, each.at)).map(value),
                    );
                self.converted.push(&record.into());
            } else {
                self.changes.push(&change(playbook, each));
            }
        }
    }

    pub(super) fn decided(
        &mut self,
        playbook: &Playbook,
        decision: &Decision,
        event: Option<&Event>,
        at: Millis,
    ) {
        self.slot_taken |= decision.won.is_some();
        let list = List::new();
        for each in &decision.considered {
            if let Some(nudge) = playbook.nudges.get(each.nudge) {
                list.push(&considered(nudge, each));
            }
        }
        let won = decision.won.and_then(|won| playbook.nudges.get(won));
        let record = Record::new()
            .with("at", at.0 as f64)
            .maybe("event", event.and_then(|event| event.name.as_deref()))
            .with("won", won.map_or(JsValue::NULL, |nudge| JsValue::from_str(&nudge.id)))
            .with("considered", list);
        self.decisions.push(&record.into());
    }
}

/// The id of a variant.
pub(super) fn variant_id(nudge: &Nudge, variant: Option<usize>) -> Option<&str> {
    Some(&nudge.variants.get(variant?)?.id)
}

/// What the event was worth, if it is the one that reached a goal at this instant.
fn worth<'a>(playbook: &Playbook, nudge: &Nudge, event: &'a Event, at: Millis) -> Option<&'a Value> {
    let goal = nudge.goal.as_ref()?;
    let reached = matches!(&goal.aim, Aim::Event(matcher) if matcher.matches(playbook.hear(event)));
    let worth = event.properties.at(goal.value.as_ref()?);
    (reached && event.time == at && *worth != Value::Null).then_some(worth)
}

/// What came of a nudge in fact, and for who may not see it what would have.
fn considered(nudge: &Nudge, found: &Considered) -> JsValue {
    let block = found.block();
    let mut record = judged(block.map_or(found.verdict, Verdict::Blocked))
        .with("nudge", &*nudge.id)
        .with("purpose", nudge.purpose.name())
        .maybe("variant", variant_id(nudge, found.variant));
    if found.arm != Arm::Shown {
        record = record.with("arm", found.arm.name()).with("would", judged(found.verdict));
    }
    record.into()
}

pub(super) fn judged(verdict: Verdict) -> Record {
    let by = match verdict {
        Verdict::Blocked(block) => Some(Block::name(block)),
        Verdict::Won | Verdict::Outranked => None,
    };
    Record::new().with("verdict", verdict.name()).maybe("by", by)
}

fn change(playbook: &Playbook, change: &Change) -> JsValue {
    let definitions = &playbook.person;
    let record = Record::new().with("at", change.at.0 as f64);
    match change.what {
        What::Stage { ladder, from, to } => {
            let Some(ladder) = definitions.ladders.get(usize::from(ladder)) else {
                return JsValue::UNDEFINED;
            };
            let rung = |position: Option<u8>| {
                let rung = position.and_then(|position| ladder.rungs.get(usize::from(position)));
                rung.map_or(JsValue::NULL, |rung| JsValue::from_str(&rung.id))
            };
            record
                .with("kind", "stage")
                .with("name", &*ladder.id)
                .with("from", rung(from))
                .with("to", rung(to))
        }
        What::Momentum { from, to } => {
            let from = from.map_or(JsValue::NULL, |from| JsValue::from_str(from.name()));
            record.with("kind", "momentum").with("name", "momentum").with("from", from).with("to", to.name())
        }
        What::Segment { segment, from, to } => {
            let id = definitions.segments.get(usize::from(segment)).map(|segment| &*segment.id);
            let from = from.map_or(JsValue::NULL, JsValue::from_bool);
            record.with("kind", "segment").maybe("name", id).with("from", from).with("to", to)
        }
        What::Moment { moment } => {
            let id = definitions.moments.get(usize::from(moment)).map(|moment| &*moment.id);
            record.with("kind", "moment").maybe("name", id)
        }
        What::Converted { .. } => record,
    }
    .into()
}
