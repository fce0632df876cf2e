//! Folds the log behind the door, by the engine (`ripen::fold`): an island at a time, where it left off.
//!
//! An *island* is who can influence each other: persons and accounts that some event names together. Which islands there
//! are follows from the log alone, so each is folded by itself. Read on in this order:
//!
//! - `page` sorts a page of the log into islands; an event that names two makes them one.
//! - `group` folds the events of one: on from its newest state if they come in order; else anew from the newest state
//!   before the first of them, or before the first event of an anonymous id that turns out to be somebody.
//! - `restore` finds states: the newest one kept and the events since. `checkpoints` says which are worth keeping.
//! - `report` says what is news: nothing twice, and nothing taken back.
//! - `qualify` makes leads of moments that qualify somebody.
//! - `publication` says by which playbook.
//! - `step` makes of all this one transaction ([`Folder`]); [`Fold`] is the thread that does step after step.
//! - [`rebuild`], [`views`] and [`standing`] read what came of it, or do it all anew.

mod alone;
mod checkpoints;
mod group;
mod heads;
mod page;
mod playbooks;
mod publication;
mod qualify;
mod rebuild;
mod report;
mod restore;
mod retention;
pub mod standing;
mod step;
mod thread;
mod views;

pub use alone::Alone;
pub use playbooks::Playbooks;
pub use rebuild::{Seen, rebuild};
pub use retention::{Return, retention};
pub use step::{Folder, Step, Task};
pub use thread::{Fold, Reached};
pub use views::{fingerprints, views};
