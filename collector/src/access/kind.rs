//! What a token may be used for.

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A host's own server: its events count as signed, and it speaks for the people of its product.
    Server,
    /// Whoever reads: leads, health, exports.
    Read,
    /// Whoever decides: playbooks, tokens, erasures. It may do what the others may.
    Admin,
}

/// What a door asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// To speak for the host.
    Server,
    /// To read.
    Read,
    /// To change.
    Admin,
}

impl Kind {
    /// All.
    pub const ALL: [Kind; 3] = [Kind::Server, Kind::Read, Kind::Admin];

    /// As it is written in a token, and stored.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Server => "server",
            Kind::Read => "read",
            Kind::Admin => "admin",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it is enough.
    pub const fn meets(self, needs: Needs) -> bool {
        matches!((self, needs), (Kind::Admin, _) | (Kind::Read, Needs::Read) | (Kind::Server, Needs::Server))
    }
}

impl Needs {
    /// The least kind that is enough.
    pub const fn kind(self) -> Kind {
        match self {
            Needs::Server => Kind::Server,
            Needs::Read => Kind::Read,
            Needs::Admin => Kind::Admin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_does_its_own_and_an_admin_does_all() {
        let may = |kind: Kind| [Needs::Server, Needs::Read, Needs::Admin].map(|needs| kind.meets(needs));
        assert_eq!(may(Kind::Server), [true, false, false]);
        assert_eq!(may(Kind::Read), [false, true, false]);
        assert_eq!(may(Kind::Admin), [true, true, true]);
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        assert_eq!(Kind::named("write"), None);
    }
}
