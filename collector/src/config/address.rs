//! Where something listens: `HOST:PORT`.

use std::net::IpAddr;

/// What an address has to be.
const EXPECTED: &str = "expected HOST:PORT such as `127.0.0.1:8787`";

/// An address to listen at, which could be one. Whether it can be had is known only to who asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    host: &'a str,
    port: u16,
}

impl<'a> Address<'a> {
    /// Reads one; otherwise what is wrong with it.
    pub(super) fn read(text: &'a str) -> Result<Address<'a>, String> {
        let wrong = |why: &str| Err(format!("{EXPECTED}, found `{text}`: {why}"));
        let Some((host, port)) = text.rsplit_once(':') else { return wrong("it has no `:`") };
        let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        match inner {
            None if host.contains(':') => return wrong("an address of IPv6 stands in `[` and `]`"),
            None if host.is_empty() => return wrong("it has no host; `0.0.0.0` is every address of IPv4"),
            Some(inner) if inner.parse::<IpAddr>().is_err() => {
                return wrong("there is no address of IPv6 in `[` and `]`");
            }
            _ if host.contains(char::is_whitespace) => return wrong("a host has no spaces"),
            _ => {}
        }
        match port.parse() {
            Ok(port) if !port_has_sign(text) => Ok(Address { host: inner.unwrap_or(host), port }),
            _ => wrong("a port is a whole number from 0 to 65535"),
        }
    }

    /// Whether nobody can listen at both.
    pub(super) fn excludes(self, other: Address<'_>) -> bool {
        let is_any = |host: &str| host.parse::<IpAddr>().is_ok_and(|host| host.is_unspecified());
        // Of port 0 each gets another.
        let same_port = self.port == other.port && self.port != 0;
        same_port && (self.host == other.host || is_any(self.host) || is_any(other.host))
    }
}

/// What Rust reads as a number and nobody as a port.
fn port_has_sign(text: &str) -> bool {
    text.rsplit(':').next().is_some_and(|port| port.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_listened_at_is_read() {
        for text in ["127.0.0.1:8787", "localhost:0", "[::1]:80", "0.0.0.0:65535", "ripen.internal:1"] {
            assert!(Address::read(text).is_ok(), "{text}");
        }
        for (text, why) in [
            ("8799", "it has no `:`"),
            (":8799", "it has no host"),
            ("127.0.0.1:99999", "0 to 65535"),
            ("127.0.0.1:", "0 to 65535"),
            ("127.0.0.1:+80", "0 to 65535"),
            ("::1:80", "in `[` and `]`"),
            ("[x]:80", "in `[` and `]`"),
            ("a b:80", "no spaces"),
        ] {
            let said = Address::read(text).unwrap_err();
            assert!(said.contains(why) && said.contains(&format!("found `{text}`")), "{said}");
        }
    }

    #[test]
    fn two_that_cannot_both_be_had_are_known() {
        let excludes = |one, other| Address::read(one).unwrap().excludes(Address::read(other).unwrap());
        assert!(excludes("127.0.0.1:80", "127.0.0.1:80"));
        assert!(excludes("0.0.0.0:80", "127.0.0.1:80"));
        assert!(excludes("127.0.0.1:80", "[::]:80"));
        assert!(!excludes("127.0.0.1:80", "127.0.0.1:81"));
        assert!(!excludes("127.0.0.1:80", "127.0.0.2:80"));
        assert!(!excludes("127.0.0.1:0", "127.0.0.1:0"));
    }
}
