//! The fold: what comes of the log.

mod door;
mod generated;
mod news;
mod playbooks;
mod qualified;
mod steps;
mod thread;
mod torn;
