//! A person as the log knows them.

use std::collections::BTreeSet;
use std::fmt;

/// All ids of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// As the product calls them.
    pub user_id: Option<String>,
    /// As their browsers do. Events under these that name no user are theirs: where several people have used one
    /// browser nobody can say whose, so they are of each of them.
    pub anonymous_ids: BTreeSet<String>,
}

impl Subject {
    /// Whether an event with these ids is theirs.
    pub fn has(&self, user_id: Option<&str>, anonymous_id: Option<&str>) -> bool {
        match user_id {
            Some(user) => self.user_id.as_deref() == Some(user),
            // Persons are one namespace: what is told under a user's id as an anonymous one is folded as theirs.
            None => anonymous_id
                .is_some_and(|id| self.anonymous_ids.contains(id) || self.user_id.as_deref() == Some(id)),
        }
    }

    /// All of the ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.user_id.iter().chain(&self.anonymous_ids).map(String::as_str)
    }
}

/// Why it is not known who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSubject {
    /// Nothing is kept under the id.
    Unknown,
    /// An anonymous id that several users have used.
    Several,
}

impl fmt::Display for NoSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoSubject::Unknown => "nothing is known of anybody with this id",
            NoSubject::Several => "several users have used the browser with this anonymous id: name the user",
        })
    }
}

impl std::error::Error for NoSubject {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_that_names_a_user_is_theirs_alone() {
        let subject =
            Subject { user_id: Some("u".to_owned()), anonymous_ids: BTreeSet::from(["a".to_owned()]) };
        let table = [
            (Some("u"), Some("b"), true),
            (Some("u"), None, true),
            (Some("v"), Some("a"), false),
            (None, Some("a"), true),
            (None, Some("b"), false),
            (None, Some("u"), true),
            (None, None, false),
        ];
        for (user, anonymous, theirs) in table {
            assert_eq!(subject.has(user, anonymous), theirs, "{user:?} {anonymous:?}");
        }
    }
}
