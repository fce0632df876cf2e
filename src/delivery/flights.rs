//! What was sent and has no answer yet. Each request is a lease on its events: they are not sent again before it
//! ends (C05), and are sent again when it has (a page that was frozen never hears the answer).

use super::batch::Batch;
use super::time::Elapsed;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Flight {
    pub(super) number: u32,
    pub(super) batch: Batch,
    pub(super) keepalive: bool,
    /// See `Circuit::round`.
    pub(super) round: u32,
    pub(super) since: Elapsed,
    pub(super) ends: Elapsed,
}

/// How many requests whose lease has ended are still listened for. One a minute ends at most, so this is minutes.
const LATE: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Flights {
    pub(super) last: u32,
    pub(super) leased: Vec<Flight>,
    /// Lease has ended. If the answer comes after all and is an acceptance, these need not be sent again; without
    /// this, a network that takes longer than a lease for each answer would never get anywhere.
    pub(super) late: Vec<(u32, Vec<u64>)>,
}

impl Flights {
    pub(super) fn new() -> Self {
        Self { last: 0, leased: Vec::new(), late: Vec::new() }
    }

    /// Returns the batch's number.
    pub(super) fn start(
        &mut self,
        batch: Batch,
        keepalive: bool,
        round: u32,
        since: Elapsed,
        lease_ms: i64,
    ) -> u32 {
        self.last = self.last.wrapping_add(1);
        let ends = since.after(lease_ms);
        self.leased.push(Flight { number: self.last, batch, keepalive, round, since, ends });
        self.last
    }

    /// Whether one of this round is under way.
    pub(super) fn of_round(&self, round: u32) -> bool {
        self.leased.iter().any(|flight| flight.round == round)
    }

    pub(super) fn routine(&self) -> bool {
        self.leased.iter().any(|flight| !flight.keepalive)
    }

    pub(super) fn keepalive_bytes(&self) -> u32 {
        self.leased.iter().filter(|flight| flight.keepalive).map(|flight| flight.batch.bytes).sum()
    }

    pub(super) fn next_end(&self) -> Option<Elapsed> {
        self.leased.iter().map(|flight| flight.ends).min()
    }

    pub(super) fn take(&mut self, number: u32) -> Option<Flight> {
        let index = self.leased.iter().position(|flight| flight.number == number)?;
        Some(self.leased.swap_remove(index))
    }

    /// The keys of a request whose lease had ended.
    pub(super) fn take_late(&mut self, number: u32) -> Option<Vec<u64>> {
        let index = self.late.iter().position(|late| late.0 == number)?;
        Some(self.late.remove(index).1)
    }

    /// One request whose lease has ended, if there is one.
    pub(super) fn take_ended(&mut self, t: Elapsed) -> Option<Flight> {
        let index = self.leased.iter().position(|flight| flight.ends <= t)?;
        let flight = self.leased.swap_remove(index);
        if self.late.len() >= LATE {
            self.late.remove(0);
        }
        self.late.push((flight.number, flight.batch.keys.clone()));
        Some(flight)
    }
}
