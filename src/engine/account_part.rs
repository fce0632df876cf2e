//! The part of an account that pages know: of the definitions that a collector has, those that a person's own speak of.

use super::account::Published;
use super::account_view::AccountView;
use super::field::Index;
use super::wire::copy;

/// Which definitions of accounts those are: positions in the whole playbook, in the order of the pages' one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountPart {
    /// Of signals.
    pub signals: Vec<Index>,
    /// Of segments.
    pub segments: Vec<Index>,
    /// Of scores.
    pub scores: Vec<Index>,
    /// Of ladders.
    pub ladders: Vec<Index>,
    /// Of moments.
    pub moments: Vec<Index>,
}

impl AccountView {
    /// What pages see of it: what was evaluated by the whole playbook, in the layout of the pages' one.
    #[must_use]
    pub fn only(&self, part: &AccountPart) -> AccountView {
        let published = self.published.as_ref().map(|published| Published {
            signals: pick(&published.signals, &part.signals),
            segments: pick(&published.segments, &part.segments),
            scores: pick(&published.scores, &part.scores),
            ladders: pick(&published.ladders, &part.ladders),
            moments: pick(&published.moments, &part.moments),
        });
        AccountView {
            published,
            version: self.version,
            traits: self.traits.clone(),
            tallies: copy(&self.tallies),
        }
    }
}

/// In the order of the positions. A position that is not there is none of this playbook's.
fn pick<T: Clone>(all: &[T], positions: &[Index]) -> Vec<T> {
    positions.iter().filter_map(|position| all.get(usize::from(*position)).cloned()).collect()
}
