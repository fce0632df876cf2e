//! Which browser, as far as it may be kept: the family and the major version, of a `User-Agent`.

/// A browser's family. What a `User-Agent` says besides tells people apart, and is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Browser {
    /// As its makers call it; empty if it is none that is known.
    pub family: &'static str,
    /// 0 if it is not known.
    pub major: u16,
}

/// What a family writes before its version. The first that is found holds: each browser claims to be those below it too.
const FAMILIES: [(&str, &str); 17] = [
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"),
    ("Vivaldi/", "Vivaldi"),
    ("UCBrowser/", "UC Browser"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Headless Chrome"),
    ("Firefox/", "Firefox"),
    ("Chromium/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    // A view within an application, of which the version is none of a browser.
    ("AppleWebKit/", "WebKit"),
];

impl Browser {
    /// Reads a `User-Agent`. Servers, scripts and browsers of tomorrow are none.
    pub fn of(agent: &str) -> Browser {
        let found = FAMILIES.iter().find_map(|(word, family)| Some((family, agent.split_once(word)?.1)));
        let Some((family, rest)) = found else { return Browser::default() };
        let digits = rest.split(|sign: char| !sign.is_ascii_digit()).next().unwrap_or_default();
        let major = if *family == "WebKit" { 0 } else { digits.parse().unwrap_or(0) };
        Browser { family, major }
    }

    /// As it is stored.
    pub(crate) fn named(family: &str, major: u16) -> Browser {
        let known = FAMILIES.iter().find(|(_, known)| *known == family);
        known.map_or_else(Browser::default, |(_, family)| Browser { family, major })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_user_agent_family_and_major_version_remain() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
        let iphone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let table = [
            (format!("{windows} Chrome/124.0.0.0 Safari/537.36"), "Chrome", 124),
            (format!("{windows} Chrome/124.0.0.0 Safari/537.36 Edg/124.0.2478.51"), "Edge", 124),
            (format!("{windows} Chrome/122.0.0.0 Safari/537.36 OPR/108.0.0.0"), "Opera", 108),
            (format!("{windows} HeadlessChrome/140.0.0.0 Safari/537.36"), "Headless Chrome", 140),
            (format!("{iphone} Version/17.4 Mobile/15E148 Safari/604.1"), "Safari", 17),
            (format!("{iphone} CriOS/124.0.6367.68 Mobile/15E148 Safari/604.1"), "Chrome", 124),
            (format!("{iphone} FxiOS/125.0 Mobile/15E148 Safari/605.1.15"), "Firefox", 125),
            (format!("{iphone} Mobile/15E148"), "WebKit", 0),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".to_owned(), "Firefox", 128),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36".to_owned(),
                "Samsung Internet",
                24,
            ),
            ("node-fetch/1.0".to_owned(), "", 0),
            (String::new(), "", 0),
            ("Chrome/".to_owned(), "Chrome", 0),
            ("Chrome/99999999999.1".to_owned(), "Chrome", 0),
        ];
        for (agent, family, major) in table {
            let browser = Browser::of(&agent);
            assert_eq!((browser.family, browser.major), (family, major), "{agent}");
            assert_eq!(Browser::named(family, major), browser);
        }
    }
}
