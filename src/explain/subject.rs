//! Who is explained, and when.

use crate::engine::{Account, AccountView, Millis, Person, Playbook, Scope, Sight, Surroundings, Who};

/// What is known of a person's account.
#[derive(Clone, Copy, Debug)]
pub enum Company<'a> {
    /// They have none.
    None,
    /// What members see of it: all that a page knows.
    Seen(&'a AccountView),
    /// Its whole state, and all of its members.
    Whole(&'a Account, &'a [&'a Person]),
}

impl<'a> Company<'a> {
    pub(super) fn view(self) -> Option<&'a AccountView> {
        match self {
            Company::None => None,
            Company::Seen(view) => Some(view),
            Company::Whole(account, _) => Some(account.view()),
        }
    }
}

/// A person or an account at an instant, evaluated.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) person: Option<(Who<'a>, &'a Surroundings)>,
    pub(super) company: Company<'a>,
    pub(super) now: Millis,
}

impl<'a> About<'a> {
    /// A person who has been evaluated at this instant.
    pub fn person(
        playbook: &'a Playbook,
        id: &'a str,
        person: &'a Person,
        company: Company<'a>,
        surroundings: &'a Surroundings,
        now: Millis,
    ) -> About<'a> {
        let who = Who { id, person, account: company.view() };
        About { playbook, person: Some((who, surroundings)), company, now }
    }

    /// An account that has been evaluated at this instant, and its members.
    pub fn account(
        playbook: &'a Playbook,
        account: &'a Account,
        members: &'a [&'a Person],
        now: Millis,
    ) -> About<'a> {
        About { playbook, person: None, company: Company::Whole(account, members), now }
    }

    /// Whose definitions are meant where nothing else is said.
    pub(super) fn scope(&self) -> Scope {
        if self.person.is_some() { Scope::Person } else { Scope::Account }
    }

    /// What conditions of a scope see now; none of an account of which only the outside is known.
    pub(super) fn sight(&self, scope: Scope) -> Option<Sight<'a>> {
        match (scope, self.person, self.company) {
            (Scope::Person, Some((who, _)), _) => {
                Some(who.person.sight(self.playbook, who.account, self.now))
            }
            (Scope::Account, _, Company::Whole(account, _)) => Some(account.sight(self.playbook, self.now)),
            _ => None,
        }
    }
}
