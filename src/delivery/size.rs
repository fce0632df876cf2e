//! How large a request may be at the moment: half of what was too much, and a little more after each that went well
//! (additive increase, multiplicative decrease: Chiu and Jain, 1989).

use super::limits::Limits;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Size(u32);

impl Size {
    pub(super) fn new(limits: &Limits) -> Self {
        Self(limits.batch_bytes)
    }

    /// Of a body. One event alone is not held to it.
    pub(super) fn bytes(&self) -> u32 {
        self.0
    }

    /// A body of `bytes` was called too large, or did not get through in good time.
    pub(super) fn too_much(&mut self, bytes: u32, limits: &Limits) {
        let half = bytes.saturating_add(limits.overhead_bytes) / 2;
        self.0 = self.0.min(half.max(limits.least_batch_bytes));
    }

    /// A body of `bytes` was accepted. One much smaller than allowed proves nothing (RFC 7661).
    pub(super) fn went_well(&mut self, bytes: u32, limits: &Limits) {
        if bytes >= self.0 / 2 {
            self.0 = self.0.saturating_add(limits.batch_bytes / 16).min(limits.batch_bytes);
        }
    }
}
