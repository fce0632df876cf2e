//! The fold: what comes of the log.

mod generated;
mod steps;
