//! Folds the log behind the door, by the engine (`ripen::fold`): an island at a time, where it left off.
//!
//! An *island* is who can influence each other: persons and accounts that some event names together. Which islands there
//! are follows from the log alone, so each is folded by itself. Read on in this order:
//!
//! - `page` sorts a page of the log into islands; an event that names two makes them one.
//! - `group` folds the events of one: on from its newest state if they come in order; else anew from the newest state
//!   before the first of them, or before the first event of an anonymous id that turns out to be somebody.
//! - `restore` finds states: the newest one kept and the events since, which `history` reads. `checkpoints` says which are
//!   worth keeping.
//! - `report` says what is news: nothing twice, and nothing taken back.
//! - `qualify` makes leads of moments that qualify somebody.
//! - `survey` finds out who there is, and folds nothing, where all of a long log is to be folded.
//! - `publication` says by which playbook.
//! - `step` makes of all this one transaction ([`Folder`]); [`Fold`] is the thread that does step after step;
//!   what meets a defect rests (`troubles`).
//! - [`rebuild`], [`views`], [`standing`] and [`person`] read what came of it, or do it all anew.

mod aging;
mod alone;
mod checkpoints;
mod first_joins;
mod group;
mod heads;
mod history;
mod known;
mod marks;
mod page;
pub mod person;
mod playbooks;
mod publication;
mod qualify;
mod rebuild;
mod report;
mod restore;
mod retention;
pub mod standing;
mod step;
mod survey;
mod thread;
mod troubles;
mod views;

pub use alone::Alone;
pub use playbooks::Playbooks;
pub use rebuild::{Seen, rebuild};
pub use retention::{Return, retention};
pub use step::{Folder, Step, Task};
pub use thread::{Fold, Reached};
pub use troubles::Troubles;
pub use views::{fingerprints, views};
