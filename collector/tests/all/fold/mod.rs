//! The fold: what comes of the log.

mod again;
mod aged;
mod door;
mod exported;
pub mod generated;
mod lasting;
mod meanwhile;
mod news;
mod playbooks;
mod qualified;
mod rebuilt;
mod standing;
pub mod steps;
mod surveyed;
mod thread;
mod torn;
mod united;
