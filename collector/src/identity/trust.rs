//! How far an event's user, and the accounts that it names, are believed.

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
    /// Its anonymous id, or the one that it joins, is a user who is known as signed, since persons are one namespace, and who
    /// joins somebody has what they did. Or somebody has joined its anonymous id, at their word, to a user who is known as
    /// signed by now. To the fold it belongs to nobody.
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

/// What an event is believed by. Stored as one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// Of its user.
    pub trust: Trust,
    /// It names an account that the host has vouched for members of, and nobody vouches that its user is one: to the fold
    /// it names no account.
    pub outsider: bool,
}

impl Verdict {
    /// Beside the numbers of [`Trust`].
    const OUTSIDER: i64 = 8;

    /// As it is stored.
    pub fn number(self) -> i64 {
        self.trust.number() + if self.outsider { Verdict::OUTSIDER } else { 0 }
    }

    /// As it was stored.
    pub fn numbered(number: i64) -> Option<Verdict> {
        let trust = Trust::numbered(number & (Verdict::OUTSIDER - 1))?;
        let is_known = (0..2 * Verdict::OUTSIDER).contains(&number);
        is_known.then_some(Verdict { trust, outsider: number & Verdict::OUTSIDER != 0 })
    }
}

impl From<Trust> for Verdict {
    fn from(trust: Trust) -> Verdict {
        Verdict { trust, outsider: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        let numbers: Vec<_> = (-1..6).map(|number| Trust::numbered(number).map(Trust::number)).collect();
        assert_eq!(numbers, [None, Some(0), Some(1), Some(2), Some(3), Some(4), None]);
        for number in -1..20 {
            let is_one = (0..5).contains(&number) || (8..13).contains(&number);
            assert_eq!(Verdict::numbered(number).map(Verdict::number), is_one.then_some(number));
        }
    }
}
