//! How far an event's user is believed.

/// What it rests on that an event names its user. Stored as its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Trust {
    /// It names no user.
    Nobody = 0,
    /// The sender says so: the tenant has no secret, or never signed this user.
    #[default]
    Word = 1,
    /// The host has signed it, or its own server sent it.
    Signed = 2,
    /// The user is known as signed and this event is not, or is signed wrongly: to the fold it names nobody.
    Refused = 3,
    /// Its anonymous id, or the one that it joins, is a user who is known as signed: to the fold it belongs to nobody, since
    /// persons are one namespace, and who joins somebody has what they did.
    Stranger = 4,
}

impl Trust {
    /// As it is stored.
    pub fn number(self) -> i64 {
        self as i64
    }

    /// As it was stored.
    pub fn numbered(number: i64) -> Option<Trust> {
        [Trust::Nobody, Trust::Word, Trust::Signed, Trust::Refused, Trust::Stranger]
            .into_iter()
            .find(|trust| trust.number() == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        let numbers: Vec<_> = (-1..6).map(|number| Trust::numbered(number).map(Trust::number)).collect();
        assert_eq!(numbers, [None, Some(0), Some(1), Some(2), Some(3), Some(4), None]);
    }
}
