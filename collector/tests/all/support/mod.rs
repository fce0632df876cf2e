//! What the tests stand on.

mod doors;
mod faulty;
mod process;
mod signing;

pub use doors::{Answer, Doors, FixedClock, NOW, OTHER, PLAYBOOK, batch_of, poll_once, sequenced, track};
pub use faulty::FaultyStore;
pub use process::{Process, http, http_head, new_folder, status_by};
pub use signing::{member_signed_by, signed_by, token_by, token_with};
