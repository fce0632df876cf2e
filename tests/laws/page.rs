//! A page in which a person acts, and what its playbook shows them.

use ripen::engine::{
    Block, Considered, Decision, Device, Event, Millis, Occasion, Outcome, Playbook, Step, Surroundings,
    Value,
};
use ripen::playbook::compile;

use crate::usage::{HOUR, event};

/// What every nudge of these tests has.
pub(crate) const DRAWN: &str = r#""placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}"#;

/// The edge is `edge`, where nothing else is said.
fn on(rest: &str) -> &'static str {
    if rest.contains(r#""on""#) { "" } else { r#", "on": {"event": "edge"}"# }
}

/// A playbook with these nudges; whoever did `a` three times tests.
pub(crate) fn playbook(nudges: &[(&str, &str)], policy: &str) -> Playbook {
    let nudges: Vec<String> =
        nudges.iter().map(|(id, rest)| format!(r#""{id}": {{{rest}{}, {DRAWN}}}"#, on(rest))).collect();
    let text = format!(
        r#"{{"signals": {{"n": {{"count": "a"}}}},
            "ladders": {{"readiness": {{"rungs": [{{"id": "exploring"}}, {{"id": "testing", "when": {{"signals.n": {{"$gte": 3}}}}}}]}}}},
            "policy": {policy}, "nudges": {{{}}}}}"#,
        nudges.join(",")
    );
    compile(&text).unwrap().playbook
}

/// A page in which a person acts.
pub(crate) struct Page {
    pub(crate) playbook: Playbook,
    pub(crate) device: Device,
    pub(crate) number: usize,
    pub(crate) session: &'static str,
    pub(crate) slot_taken: bool,
    pub(crate) open_lead: bool,
}

impl Page {
    pub(crate) fn open(playbook: Playbook) -> Page {
        let mut device = Device::default();
        device.set_present("u");
        Page { playbook, device, number: 0, session: "s1", slot_taken: false, open_lead: false }
    }

    pub(crate) fn event(&mut self, hour: i64, name: &str) -> Option<Decision> {
        self.send(hour, name, Value::default())
    }

    pub(crate) fn outcome(&mut self, hour: i64, outcome: Outcome, nudge: &str) {
        let properties = Value::Map(vec![("nudge".into(), Value::Text(nudge.into()))]);
        self.send(hour, outcome.event(), properties);
    }

    /// Something that is no event happens.
    pub(crate) fn happens(&self, hour: i64, occasion: &Occasion<'_>, page: Value) -> Option<Decision> {
        let here = Surroundings { page, session: Some(self.session.to_owned()), ..Surroundings::default() };
        self.device.decide(&self.playbook, occasion, &here, Millis(hour * HOUR))
    }

    pub(crate) fn send(&mut self, hour: i64, name: &str, properties: Value) -> Option<Decision> {
        self.step(hour * HOUR, name, properties).decision
    }

    /// The same to the millisecond, and all that comes of it.
    pub(crate) fn step(&mut self, time: i64, name: &str, properties: Value) -> Step {
        self.number += 1;
        let session = Some(self.session.to_owned());
        let event = Event {
            user: Some(self.device.present().to_owned()),
            session: session.clone(),
            properties,
            ..event(self.number, time, name)
        };
        let here = Surroundings {
            session,
            slot_taken: self.slot_taken,
            open_lead: self.open_lead,
            ..Surroundings::default()
        }
        .at(&event);
        self.device.fold(&self.playbook, &event, Some((&Occasion::default(), &here)))
    }
}

pub(crate) fn blocks(decision: Option<Decision>) -> Vec<Option<Block>> {
    decision.unwrap().considered.iter().map(Considered::block).collect()
}
