//! Where something leads: to a page, to a letter or a call, and never to a script.

use super::super::source::{Node, Source};

/// What an address may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    /// Where a link leads. `http:` is let through for hosts that are tried at home; pages take it of their own origin.
    Anywhere,
    /// To a picture.
    ToPicture,
    /// To another site, by https: where one picks a time to talk.
    Away,
}

impl Leads {
    const fn schemes(self) -> &'static [&'static str] {
        match self {
            Leads::Anywhere => &["https", "http", "mailto", "tel"],
            Leads::ToPicture => &["https", "http"],
            Leads::Away => &["https"],
        }
    }

    const fn expected(self) -> &'static str {
        match self {
            Leads::Anywhere => "a path, or an address with https:, mailto: or tel:",
            Leads::ToPicture => "a path, or an address with https:",
            Leads::Away => "an address with https:",
        }
    }

    /// What is wrong with an address, if something is.
    pub(super) fn fault(self, text: &str) -> Option<String> {
        let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let scheme = scheme.filter(|scheme| !scheme.contains(['/', '?', '#', '\\']));
        let is_wrong = match scheme {
            Some(scheme) => !self.schemes().contains(&scheme.as_str()),
            None => self == Leads::Away,
        };
        is_wrong.then(|| format!("expected {}, found \"{text}\"", self.expected()))
    }

    /// What a page opens only at home, and leaves out elsewhere.
    pub(super) fn doubt(self, text: &str) -> Option<(&'static str, &'static str)> {
        let is_http = text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
        (self == Leads::Anywhere && is_http).then_some((
            "a page opens `http:` only where it is its own origin, and leaves this out anywhere else",
            "write `https:`, or a path such as `/plans` for the page's own origin",
        ))
    }
}

/// Reads an address.
pub(super) fn read(source: &Source<'_>, node: Node<'_>, leads: Leads) {
    let Some(text) = source.string(node, leads.expected()) else { return };
    if let Some(message) = leads.fault(text) {
        source.wrong(node, message, None);
    } else if let Some((message, hint)) = leads.doubt(text) {
        source.warn(node, message, Some(hint.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::Leads;

    #[test]
    fn c40_no_script_gets_through() {
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "blob:https://example.com/x",
            "file:///etc/passwd",
            "javascript\t:x",
        ] {
            for leads in [Leads::Anywhere, Leads::ToPicture, Leads::Away] {
                assert!(leads.fault(address).is_some(), "{address}");
            }
        }
        for address in
            ["/plans", "#/plans", "?a=b:c", "plans/a:b", "HTTPS://example.com", "mailto:a@b.c", "tel:+41"]
        {
            assert_eq!(Leads::Anywhere.fault(address), None, "{address}");
        }
        assert!(Leads::ToPicture.fault("mailto:a@b.c").is_some());
        assert!(Leads::Away.fault("/plans").is_some());
    }
}
