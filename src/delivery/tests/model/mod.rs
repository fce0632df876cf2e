//! Small worlds, searched exhaustively by a model checker (stateright): whatever happens in whatever order, with the
//! same machine that pages use. What the simulation draws by lot thousands of times, for worlds as large as may be, is
//! here all there is, for two tabs, three events of which one is bad, and a few faults.
//!
//! Time is the order of events and the next timer (`rebase`), so that worlds are finite. Besides that no state is
//! wrong, each is tried for its end: by a fair network, everything settles from there.

mod rebase;
mod world;

use std::io::Write as _;

use stateright::{Checker, Model, Property};
use world::{EVENTS, Left, Removal, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Fate {
    /// The collector judges, and its reply arrives.
    Judged,
    /// It commits, and the connection is cut.
    Cut,
    /// It commits, and nothing is ever heard.
    Silence,
    Storm {
        retry_after: Option<i64>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Action {
    Track(usize),
    Flush(usize),
    Hide(usize),
    Resume(usize),
    Hear(usize),
    Wake,
    /// Of the first request that is under way.
    Answer(usize, Fate, Removal),
    Reload(usize),
}

struct Small {
    locks: bool,
    left: Left,
}

impl Small {
    fn answers(&self, world: &World, at: usize, actions: &mut Vec<Action>) {
        let left = &world.left;
        let mut answer = |fate, removal| actions.push(Action::Answer(at, fate, removal));
        answer(Fate::Judged, Removal::Stored);
        if left.failed_removals > 0 {
            answer(Fate::Judged, Removal::Fails);
        }
        if left.crashes > 0 {
            answer(Fate::Judged, Removal::DiesBefore);
            answer(Fate::Judged, Removal::DiesAfter);
        }
        if left.lost_replies > 0 {
            answer(Fate::Cut, Removal::Stored);
        }
        if left.silences > 0 {
            answer(Fate::Silence, Removal::Stored);
        }
        if left.storms > 0 {
            answer(Fate::Storm { retry_after: None }, Removal::Stored);
            answer(Fate::Storm { retry_after: Some(90_000) }, Removal::Stored);
        }
    }
}

fn answer(world: &mut World, at: usize, fate: Fate, removal: Removal) {
    let wire = world.tabs[at].wires.remove(0);
    // What others had settled is not posted at all.
    let judged = |world: &mut World| if wire.posted.is_empty() { 200 } else { world.commit(&wire.posted) };
    let (status, retry_after) = match fate {
        Fate::Judged => (judged(world), None),
        Fate::Cut => {
            judged(world);
            (0, None)
        }
        Fate::Silence => {
            judged(world);
            return;
        }
        Fate::Storm { retry_after } => (503, retry_after),
    };
    world.tell(at, removal, |machine, now| machine.answered(wire.batch, status, retry_after, now));
}

impl Model for Small {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(self.locks, self.left.clone())]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        let left = &world.left;
        let flying = world.tabs.iter().any(|tab| !tab.wires.is_empty());
        for (at, tab) in world.tabs.iter().enumerate() {
            if world.tracked < EVENTS {
                actions.push(Action::Track(at));
            }
            if !tab.mail.is_empty() {
                actions.push(Action::Hear(at));
            }
            if !tab.wires.is_empty() {
                self.answers(world, at, actions);
            }
            if left.crashes > 0 {
                actions.push(Action::Reload(at));
            }
            if let Some(machine) = &tab.machine {
                if left.flushes > 0 {
                    actions.push(Action::Flush(at));
                }
                if machine.hidden.is_some() {
                    actions.push(Action::Resume(at));
                } else if left.hidings > 0 {
                    actions.push(Action::Hide(at));
                }
            }
        }
        if world.tabs.iter().any(|tab| tab.wake.is_some()) && (!flying || left.delays > 0) {
            actions.push(Action::Wake);
        }
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        let mut next = world.clone();
        let left = &mut next.left;
        match action {
            Action::Track(at) => next.track(at),
            Action::Hear(at) => next.hear(at),
            Action::Flush(at) => {
                left.flushes -= 1;
                next.tell(at, Removal::Stored, crate::delivery::Machine::flush);
            }
            Action::Hide(at) => {
                left.hidings -= 1;
                next.tell(at, Removal::Stored, crate::delivery::Machine::hidden);
            }
            Action::Resume(at) => next.tell(at, Removal::Stored, crate::delivery::Machine::resumed),
            Action::Reload(at) => {
                left.crashes -= 1;
                next.reload(at);
            }
            Action::Wake => {
                left.delays -= u8::from(next.tabs.iter().any(|tab| !tab.wires.is_empty()));
                next.wake();
            }
            Action::Answer(at, fate, removal) => {
                match fate {
                    Fate::Judged => {}
                    Fate::Cut => left.lost_replies -= 1,
                    Fate::Silence => left.silences -= 1,
                    Fate::Storm { .. } => left.storms -= 1,
                }
                match removal {
                    Removal::Stored => {}
                    Removal::Fails => left.failed_removals -= 1,
                    Removal::DiesBefore | Removal::DiesAfter => left.crashes -= 1,
                }
                answer(&mut next, at, fate, removal);
            }
        }
        next.order_tabs();
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is lost uncounted", |_, world: &World| {
                (1..=world.tracked).all(|key| {
                    world.disk.contains(&key)
                        || world.stored.contains(&key)
                        || world.counted.contains_key(&key)
                })
            }),
            Property::always(
                "what is acknowledged is not sent again, and nothing is counted twice",
                |_, world: &World| world.broken.is_none(),
            ),
            Property::always("by a fair network everything settles from here", |_, world: &World| {
                settles(world.clone())
            }),
            Property::sometimes("an event is posted twice, if it can be", |model: &Small, world: &World| {
                world.posted_twice || model.left.lost_replies + model.left.silences == 0
            }),
            Property::sometimes("the bad event is refused", |_, world: &World| !world.counted.is_empty()),
            Property::sometimes(
                "a pause is handed to the next machine, if there can be one",
                |model: &Small, world: &World| {
                    let asked = world.kept.is_some_and(|memory| memory.asked_ms > 0);
                    world.left.crashes == 0 && (asked || model.left.storms == 0)
                },
            ),
            Property::sometimes("all is settled after all faults", |_, world: &World| {
                let left = Left { flushes: 0, hidings: 0, ..world.left.clone() };
                left == NONE && world.tracked == EVENTS && world.disk.is_empty()
            }),
        ]
    }
}

/// Far more than any of these worlds needs.
const FAIR_STEPS: usize = 100;

/// First by the machines that are there; then, if a removal had failed, by those of the next page load.
fn settles(mut world: World) -> bool {
    let first = calms_down(&mut world);
    if first && !world.undead.is_empty() {
        (0..world.tabs.len()).for_each(|_| world.reload(0));
        return calms_down(&mut world);
    }
    first
}

fn calms_down(world: &mut World) -> bool {
    for _ in 0..FAIR_STEPS {
        if let Some(at) = world.tabs.iter().position(|tab| !tab.wires.is_empty()) {
            answer(world, at, Fate::Judged, Removal::Stored);
        } else if let Some(at) = world.tabs.iter().position(|tab| !tab.mail.is_empty()) {
            world.hear(at);
        } else if world.settled() {
            return world.broken.is_none();
        } else {
            world.wake();
        }
    }
    false
}

fn search(locks: bool, left: Left) {
    let name = if locks { "one tab sends" } else { "both tabs send" };
    let checker = Small { locks, left: left.clone() }.checker().threads(2).spawn_bfs().join();
    // Not by `println!`, which a test that passes keeps to itself.
    let _ = writeln!(
        std::io::stderr(),
        "delivery searched, {name}: {} states, reached {} times, depth {}, of {left:?}",
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth()
    );
    checker.assert_properties();
}

const NONE: Left = Left {
    crashes: 0,
    lost_replies: 0,
    storms: 0,
    delays: 0,
    silences: 0,
    failed_removals: 0,
    flushes: 0,
    hidings: 0,
};

#[test]
fn c05_c06_one_tab_sends_and_nothing_is_lost_or_sent_again() {
    search(true, Left { crashes: 1, lost_replies: 1, silences: 1, delays: 1, failed_removals: 1, ..NONE });
}

#[test]
fn c11_a_storm_outlives_the_tab_that_met_it() {
    search(true, Left { crashes: 1, storms: 1, flushes: 1, hidings: 1, ..NONE });
}

#[test]
fn c15_both_tabs_send_and_nothing_is_lost_or_counted_twice() {
    search(false, Left { crashes: 1, lost_replies: 1, ..NONE });
}
