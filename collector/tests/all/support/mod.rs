//! What the tests stand on.

mod doors;
mod memory;
mod process;

pub use doors::{Answer, Doors, FixedClock, NOW, batch_of, poll_once, sequenced, track};
pub use memory::MemoryStore;
pub use process::{Process, http, http_head, new_folder};
