//! How many bytes of bodies may be in memory: those that are still coming, and those that wait to be stored.
//!
//! A body takes room as it comes, not before: who announces much and sends a byte a minute keeps nobody out.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::refusal::Refusal;

/// All the room there is. Copies share it.
#[derive(Clone, Debug)]
pub(super) struct Room(Arc<Semaphore>);

/// What one request has taken of it; given back when dropped.
#[derive(Debug)]
pub(super) struct Held {
    room: Room,
    taken: Option<OwnedSemaphorePermit>,
}

impl Room {
    pub(super) fn new(bytes: usize) -> Room {
        Room(Arc::new(Semaphore::new(bytes)))
    }

    /// Nothing yet.
    pub(super) fn enter(&self) -> Held {
        Held { room: self.clone(), taken: None }
    }
}

impl Held {
    /// Takes room for so many bytes more, or says at once that there is none.
    pub(super) fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let bytes = u32::try_from(bytes).map_err(|_| Refusal::Full)?;
        let more = Arc::clone(&self.room.0).try_acquire_many_owned(bytes).map_err(|_| Refusal::Full)?;
        match &mut self.taken {
            Some(taken) => taken.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_taken_as_bytes_come_and_given_back() {
        let room = Room::new(10);
        let (mut one, mut two) = (room.enter(), room.enter());
        assert_eq!((one.grow(4), one.grow(2), two.grow(4)), (Ok(()), Ok(()), Ok(())));
        assert_eq!(two.grow(1), Err(Refusal::Full));
        drop(one);
        assert_eq!(two.grow(6), Ok(()));
        assert_eq!(two.grow(usize::MAX), Err(Refusal::Full));
        drop(two);
        assert_eq!(room.enter().grow(10), Ok(()));
    }
}
