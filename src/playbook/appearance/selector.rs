//! Selectors: what surely is none. A browser knows the rest, and there what it cannot read finds nothing.

use super::super::source::{Node, Source};

/// Reads a selector.
pub(in crate::playbook) fn read<'s>(source: &Source<'_>, node: Node<'s>) -> Option<&'s str> {
    let text = source.string(node, "a selector, such as \"#invite\"")?;
    let (at, what) = match fault(text) {
        None => return Some(text),
        Some(fault) => fault,
    };
    source.wrong_within(node, at, format!("this is no selector: {what}"), None);
    None
}

/// The first thing that no selector has: its place, and what it is.
fn fault(text: &str) -> Option<(usize, &'static str)> {
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let at = |place: usize| signs.get(place).map(|(_, sign)| *sign);
    let mut open: Vec<(usize, char)> = Vec::new();
    // Behind a comma or a combinator, and at the beginning, something to select has to come.
    let mut wants = Some((0, "there is nothing to select"));
    let mut place = 0;
    while let Some((offset, sign)) = signs.get(place).copied() {
        let within = open.last().map(|(_, sign)| *sign);
        place += 1;
        match sign {
            '\\' => place += 1,
            '"' | '\'' => loop {
                match at(place) {
                    None => return Some((offset, "a quotation mark is not closed")),
                    Some('\\') => place += 1,
                    Some(next) if next == sign => break place += 1,
                    Some(_) => {}
                }
                place += 1;
            },
            '(' | '[' => open.push((offset, sign)),
            ')' | ']' => {
                let opened = open.pop().map(|(_, opened)| opened);
                if opened != Some(if sign == ')' { '(' } else { '[' }) {
                    return Some((offset, "a bracket closes that none has opened"));
                }
            }
            '{' | '}' | ';' | '<' | '@' | '!' => return Some((offset, "a sign that no selector has")),
            '.' | '#' | ':' if within != Some('[') && !begins_name(at(place), sign) => {
                return Some((offset, "a name has to follow this sign"));
            }
            ',' | '>' | '~' | '+' if within.is_none() => {
                if wants.is_some() {
                    return wants;
                }
                wants = Some((offset, "nothing follows this sign"));
                continue;
            }
            _ => {}
        }
        if !sign.is_whitespace() {
            wants = None;
        }
    }
    match open.last() {
        Some((offset, _)) => Some((*offset, "a bracket is not closed")),
        None => wants,
    }
}

fn begins_name(sign: Option<char>, after: char) -> bool {
    sign.is_some_and(|sign| {
        sign.is_alphabetic()
            || ['_', '-', '\\'].contains(&sign)
            || !sign.is_ascii()
            || (after == ':' && sign == ':')
    })
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn what_browsers_read_is_let_through() {
        for selector in [
            "#invite",
            ".a.b > c + d ~ e",
            "a, b",
            "[data-x=\"a]b,\"]",
            "[data-x='.']",
            "[href$=.pdf i]",
            "li:nth-child(2n + 1)",
            ":is(a, b):not(.x, :hover)::before",
            "#\\35 0",
            ".größe",
            "a\\.b",
            "*",
            "ripen-slot[name=top]",
            "nav :has(> a)",
        ] {
            assert_eq!(fault(selector), None, "{selector}");
        }
    }

    #[test]
    fn what_is_surely_none_is_not() {
        for (selector, at) in [
            (" ", 0),
            ("#", 0),
            (".5", 0),
            ("#5a", 0),
            ("a..b", 1),
            ("a,", 1),
            (",a", 0),
            ("a, ,b", 1),
            ("a >", 2),
            ("a > > b", 2),
            ("> a", 0),
            ("a[b", 1),
            ("a)", 1),
            ("a(]", 2),
            ("[x=\"y]", 3),
            ("a {}", 2),
            ("<a>", 0),
            ("a:", 1),
        ] {
            assert_eq!(fault(selector).map(|(at, _)| at), Some(at), "{selector}");
        }
    }
}
