//! What the tests stand on.

mod doors;
mod memory;
mod process;

pub use doors::{Doors, FixedClock, NOW, batch_of, poll_once, track};
pub use memory::MemoryStore;
pub use process::{Process, http, new_folder};
