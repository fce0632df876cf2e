//! The engine: a pure fold of events and time into a view, and a decision at a nudge's edge.
//!
//! Follow an event through: an [`Event`] is read from a message of the Segment spec. A [`Person`] (and the [`Account`]
//! that it belongs to) folds it: the [`Signal`]s whose [`Matcher`] takes it count it, on the lattice of clock hours of
//! [`Clock`]. Then the person is evaluated: each [`Condition`] that depends on what changed is looked at again, and
//! [`Change`]s come out. Time alone does the same: `next_change` says when, `advance` goes there. At an edge [`decide`]
//! says which nudge has the slot, and what held back the others.
//!
//! What all of this means is written in a compiled [`Playbook`]. [`Device`] keeps the persons who use one browser, and
//! its [`Snapshot`](Device::snapshot). Time is always the last argument, and nothing here reads a clock.

mod account;
#[cfg(feature = "compiler")]
mod account_part;
mod account_view;
mod activity;
mod adopt;
mod alive;
#[cfg(feature = "compiler")]
mod bound;
mod bucket;
mod change;
mod condition;
mod device;
mod evaluate;
mod event;
mod exact;
mod field;
mod hash;
mod inside;
mod matcher;
mod nudge;
mod number;
mod pattern;
mod person;
mod playbook;
mod power;
mod predicate;
mod print;
mod sight;
mod signal;
mod subject;
mod time;
mod timestamp;
mod value;
mod verdict;
mod waiting;
pub(crate) mod wire;

pub use account::{Account, Published, Reading};
#[cfg(feature = "compiler")]
pub use account_part::AccountPart;
pub use account_view::AccountView;
pub use activity::{Activity, Measure, Momentum};
pub use alive::{Rhythm, p_alive};
#[cfg(feature = "compiler")]
pub use bound::Bound;
pub use bucket::{BUCKETS, Bucket, biased_hash, bucket, bucket_ranges, buckets_below, choose};
pub use change::{Change, What, converted, fired};
pub use condition::{Condition, Document, Drift, Joint, NextTurn, Seen, Visitor, earliest};
pub use device::{CaughtUp, Device, Past, Step};
pub use event::{Event, Kind};
pub use exact::{millionths, nearest};
pub use field::{Field, Index, Scope};
pub use hash::fnv1a;
pub use matcher::{Heard, Matcher, NameId, Names};
pub use nudge::{
    Aim, Arm, Block, By, Considered, Decision, Edge, Exposure, Goal, Happening, HelpFirst, Instant, Limit,
    Never, Nudge, NudgeMemory, Occasion, Occasions, Outcome, Policy, Purpose, Schedule, Surroundings,
    Tallies, Tally, Turn, Variant, Verdict, Who, decide, judge, reasons, told,
};
pub use number::parse_number;
pub use pattern::{Instruction, Pattern};
pub use person::Person;
pub use playbook::{
    Climb, ConditionId, DEEPEST_RATIO, Definitions, Dependents, FORMAT, Ladder, Moment, Motion, Owner,
    Playbook, Qualification, Rung, Score, Segment, Unreadable,
};
pub use predicate::{Order, Predicate, Type, padded};
pub use sight::Sight;
#[cfg(feature = "compiler")]
pub use signal::StateBound;
pub use signal::{Form, Part, Runs, Signal, SignalState, Units, Values};
pub use subject::{LadderState, MomentState, ScoreState, Subject};
pub use time::{Clock, Day, Hour, Millis, Offset, Span, Unit, Window};
pub use timestamp::{parse_local, parse_timestamp};
pub use value::Value;
pub use verdict::Verdicts;
