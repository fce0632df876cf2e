//! How somebody stood when a moment of theirs fired, so that it can be explained at any later time.

use crate::engine::wire::{Wire, read_all, wire_struct};
use crate::engine::{Account, AccountView, Change, Index, Millis, Person, What};

/// A moment that fired, and how its subject stood at that very evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Whether of an account.
    pub account: bool,
    /// Whose.
    pub id: String,
    /// The position of the moment in its scope.
    pub moment: Index,
    /// When.
    pub at: Millis,
    /// The [`Standing`], in binary.
    pub standing: Vec<u8>,
}

/// A person with what they saw of their account, or an account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The person, if it is one.
    pub person: Option<Person>,
    /// What the person saw of their account.
    pub view: Option<AccountView>,
    /// The account, if it is one.
    pub account: Option<Account>,
}

impl Standing {
    /// Reads what was written by this version; none if it was another, or damaged.
    pub fn read(bytes: &[u8]) -> Option<Standing> {
        let [super::FORMAT, rest @ ..] = bytes else { return None };
        read_all(rest)
    }

    fn written(&self) -> Vec<u8> {
        let mut bytes = vec![super::FORMAT];
        self.write(&mut bytes);
        bytes
    }
}

impl Sighting {
    pub(super) fn of_person(
        id: &str,
        person: &Person,
        view: Option<&AccountView>,
        changes: &[Change],
    ) -> Vec<Sighting> {
        let standing =
            || Standing { person: Some(person.clone()), view: view.map(AccountView::tidy), account: None };
        sightings(false, id, changes, standing)
    }

    pub(super) fn of_account(id: &str, account: &Account, changes: &[Change]) -> Vec<Sighting> {
        let standing = || Standing { account: Some(account.tidy()), ..Standing::default() };
        sightings(true, id, changes, standing)
    }
}

fn sightings(account: bool, id: &str, changes: &[Change], standing: impl Fn() -> Standing) -> Vec<Sighting> {
    let fired = changes.iter().filter_map(|change| match change.what {
        What::Moment { moment } => Some((moment, change.at)),
        _ => None,
    });
    let sighting =
        |(moment, at)| Sighting { account, id: id.to_owned(), moment, at, standing: standing().written() };
    fired.map(sighting).collect()
}

wire_struct!(Standing { person, view, account });
