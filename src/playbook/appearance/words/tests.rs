//! Laws of texts: nothing panics, words are themselves, a backslash gives every sign back, and nothing nests deep.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::markup::{Parsed, parse};
use super::piece::{Piece, compiled};
use super::{MOST, Style};
use crate::engine::Value;

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => json!(flag),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::List(values) => values.iter().map(json).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|(name, value)| (name.clone(), json(value))).collect())
        }
    }
}

fn rich(text: &str) -> Json {
    json(&compiled(&whole(text, Style::Rich)))
}

/// The pieces of a text in which nothing is wrong.
fn whole(text: &str, style: Style) -> Vec<Piece> {
    let Parsed { pieces, faults, .. } = parse(text, style);
    assert_eq!(faults, [], "{text}");
    pieces
}

fn faults(text: &str) -> Vec<(usize, String)> {
    let Parsed { faults, .. } = parse(text, Style::Rich);
    faults.into_iter().map(|fault| (fault.at, fault.message)).collect()
}

#[test]
fn c40_markup_becomes_pieces_and_html_is_text() {
    for (text, pieces) in [
        ("just words", json!("just words")),
        ("a **b** c", json!(["a ", {"strong": ["b"]}, " c"])),
        ("*a*", json!([{"em": ["a"]}])),
        ("***a***", json!([{"strong": [{"em": ["a"]}]}])),
        ("**a *b* c**", json!([{"strong": ["a ", {"em": ["b"]}, " c"]}])),
        ("*a **b***", json!([{"em": ["a ", {"strong": ["b"]}]}])),
        ("`a*b[`", json!([{"code": ["a*b["]}])),
        ("`{{user.id|0}}`", json!([{"code": [{"of": "user.id", "or": "0"}]}])),
        ("[a **b**](/plans)", json!([{"a": ["a ", {"strong": ["b"]}], "href": "/plans"}])),
        ("[a](/b\\(c\\))", json!([{"a": ["a"], "href": "/b(c)"}])),
        ("5 * 3 and terms*", json!("5 * 3 and terms*")),
        ("a\nb", json!(["a", {"br": true}, "b"])),
        ("a\r\nb", json!(["a", {"br": true}, "b"])),
        ("**a\nb**", json!([{"strong": ["a", {"br": true}, "b"]}])),
        ("- a\n- *b*", json!([{"ul": [["a"], [{"em": ["b"]}]]}])),
        ("a:\n- b\n- c\nd", json!(["a:", {"ul": [["b"], ["c"]]}, "d"])),
        ("a\n\n- b\n", json!(["a", {"br": true}, {"ul": [["b"]]}])),
        ("a - b -\n-c", json!(["a - b -", {"br": true}, "-c"])),
        ("\\- a", json!("- a")),
        ("\\*a\\* \\[b] C:\\d", json!("*a* [b] C:\\d")),
        ("<b>a</b> &amp; {x}", json!("<b>a</b> &amp; {x}")),
    ] {
        assert_eq!(rich(text), pieces, "{text}");
    }
}

#[test]
fn placeholders_become_pieces() {
    for (text, pieces) in [
        ("Hi {{user.name|there}}!", json!(["Hi ", {"of": "user.name", "or": "there"}, "!"])),
        ("{{ user.name | there }}", json!([{"of": "user.name", "or": "there"}])),
        ("{{user.name|}}", json!([{"of": "user.name", "or": ""}])),
        ("{{signals.n:number|0}}", json!([{"of": "signals.n", "or": "0", "as": "number"}])),
        ("{{user.ends:date|so\\}on}}", json!([{"of": "user.ends", "or": "so}on", "as": "date"}])),
        (
            "{{signals.n:plural(one=# task; other=# tasks \\(all\\))|none}}",
            json!([{"of": "signals.n", "or": "none", "as": "plural",
                "forms": {"one": "# task", "other": "# tasks (all)"}}]),
        ),
    ] {
        assert_eq!(rich(text), pieces, "{text}");
        assert_eq!(json(&compiled(&whole(text, Style::Plain))), pieces, "{text}");
    }
    assert_eq!(json(&compiled(&whole("*a* [b]\n- \\*", Style::Plain))), json!("*a* [b]\n- \\*"));
}

#[test]
fn what_cannot_be_read_has_its_place() {
    for (text, at, message) in [
        ("a **b", 2, "`**` is not closed"),
        ("a *b", 2, "`*` is not closed"),
        ("**a *b** c*", 4, "`*` is not closed"),
        ("*a **b* c**", 3, "`**` is not closed"),
        ("a `b", 2, "`` ` `` is not closed"),
        ("a ** b", 2, "`**` neither begins nor ends anything here"),
        ("****", 0, "nothing stands between `**` and `**`"),
        ("- **a\n- b**", 2, "`**` is not closed"),
        ("- a\n- ", 4, "an entry of a list has something in it"),
        ("[a]", 0, "a link needs its address behind `]`"),
        ("[a] (/b)", 0, "a link needs its address behind `]`"),
        ("[a", 0, "`[` is not closed"),
        ("[**a](/b)", 1, "`**` is not closed"),
        ("[a [b](/c)](/d)", 3, "a link cannot stand within a link"),
        ("[](/b)", 0, "a link needs a text: `[text](address)`"),
        ("[a](/b", 3, "`(` is not closed"),
        ("[a]()", 4, "expected an address without spaces, found \"\""),
        ("[a](/{{user.id|0}})", 4, "an address has no placeholders"),
        (
            "[a](javascript:alert\\(1\\))",
            4,
            "expected a path, or an address with https:, mailto: or tel:, found \"javascript:alert(1)\"",
        ),
        ("a {{user.name", 2, "`{{` is not closed"),
        ("{{user.name|a {{user.id|b}}", 0, "`{{` is not closed"),
        ("{{user.name|a\n}}", 0, "`{{` is not closed"),
        ("{{user.name}}", 0, "a placeholder needs a default"),
        ("{{|x}}", 0, "a placeholder names something, such as `{{user.name|there}}`"),
        ("{{user.n:numbr|x}}", 9, "there is no format `numbr`"),
        ("{{user.n:number(2)|x}}", 15, "the format `number` takes nothing in brackets"),
        ("{{user.n:plural|x}}", 9, "a plural needs its forms"),
        ("{{user.n:plural(one=a)|x}}", 15, "a plural needs the form `other`"),
        ("{{user.n:plural(on=a;other=b)|x}}", 16, "a plural has no form `on`"),
        ("{{user.n:plural(one=a;one=b;other=c)|x}}", 22, "the form `one` is said twice"),
        ("{{user.n:plural(one;other=c)|x}}", 19, "the form `one` needs `=` and a text"),
        ("{{user.n:plural(other=c|x}}", 15, "`(` is not closed"),
    ] {
        assert_eq!(faults(text), [(at, message.to_owned())], "{text}");
    }
}

#[test]
fn what_is_wrong_hides_nothing_else_that_is() {
    let address = "expected a path, or an address with https:, mailto: or tel:, found \"data:x\"";
    for (text, wanted) in [
        (
            "{{user.name}} {{|x}} {{signals.n:numbr|0}}",
            vec![
                (0, "a placeholder needs a default"),
                (14, "a placeholder names something, such as `{{user.name|there}}`"),
                (33, "there is no format `numbr`"),
            ],
        ),
        ("[a](data:x) and [b](data:x)", vec![(4, address), (20, address)]),
        (
            "**{{user.name}}** `{{user.id}}`",
            vec![(2, "a placeholder needs a default"), (19, "a placeholder needs a default")],
        ),
        (
            "- \n- [a](data:x)\n- ",
            vec![
                (0, "an entry of a list has something in it"),
                (9, address),
                (17, "an entry of a list has something in it"),
            ],
        ),
        // Of marks the first is said, and behind it what stands by itself.
        (
            "a **b ]( [c](data:x) {{user.id}}",
            vec![(2, "`**` is not closed"), (13, address), (21, "a placeholder needs a default")],
        ),
        (
            "a **b *c** {{user.id}} d* [e](data:x)",
            vec![(6, "`*` is not closed"), (11, "a placeholder needs a default"), (30, address)],
        ),
    ] {
        let wanted: Vec<_> = wanted.into_iter().map(|(at, message)| (at, message.to_owned())).collect();
        assert_eq!(faults(text), wanted, "{text}");
    }
    assert_eq!(faults(&"{{x}} ".repeat(100)).len(), MOST);
}

/// What is read, without its marks.
fn words(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Marked(_, inner) | Piece::Link(inner, _) => words(inner),
        Piece::List(items) => items.iter().map(|item| words(item)).collect(),
        Piece::Break => "\n".to_owned(),
        Piece::Placeholder(placeholder) => placeholder.or.clone(),
    };
    pieces.iter().map(piece).collect()
}

fn depth(pieces: &[Piece]) -> usize {
    let piece = |piece: &Piece| match piece {
        Piece::Marked(_, inner) | Piece::Link(inner, _) => 1 + depth(inner),
        Piece::List(items) => 1 + items.iter().map(|item| depth(item)).max().unwrap_or(0),
        _ => 0,
    };
    pieces.iter().map(piece).max().unwrap_or(0)
}

/// All that means something somewhere, and some of what does not.
fn signs() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "*",
        "**",
        "`",
        "[",
        "]",
        "(",
        ")",
        "](/x)",
        "\\",
        "{{",
        "}}",
        "{",
        "}",
        "|",
        ":",
        ";",
        "=",
        "#",
        "- ",
        "\n",
        "\r\n",
        "\n- ",
        " ",
        "a",
        "é",
        "😀",
        "user.name",
        "{{user.name|x}}",
        "plural",
        "number",
        "other",
        "<b>",
        "&",
    ]);
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

fn escape(text: &str, style: Style) -> String {
    text.chars()
        .flat_map(|sign| style.signs().contains(sign).then_some('\\').into_iter().chain([sign]))
        .collect()
}

const STYLES: [Style; 2] = [Style::Plain, Style::Rich];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_what_is_wrong_is_within_the_text(text in signs()) {
        for style in STYLES {
            let Parsed { pieces, faults, .. } = parse(&text, style);
            prop_assert!(depth(&pieces) <= 5, "{text:?}");
            prop_assert!(faults.len() <= MOST, "{text:?}");
            for fault in faults {
                prop_assert!(fault.at <= text.len() && text.is_char_boundary(fault.at), "{text:?}: {fault:?}");
                prop_assert!(!fault.message.is_empty());
            }
        }
    }

    #[test]
    fn a_text_without_signs_is_itself(text in "[^\\\\{}*`\\[\\]()\r\n-]{1,40}") {
        for style in STYLES {
            prop_assert_eq!(compiled(&whole(&text, style)), Value::Text(text.clone()));
        }
    }

    #[test]
    fn a_backslash_gives_every_sign_back(text in signs().prop_map(|text| text.replace('\r', ""))) {
        for style in STYLES {
            let pieces = whole(&escape(&text, style), style);
            prop_assert_eq!(words(&pieces), text.clone());
            prop_assert_eq!(depth(&pieces), 0);
        }
    }

    #[test]
    fn what_is_set_off_is_what_stands_between(
        words in prop::collection::vec(("[a-z]{1,6}", 0..4_usize), 1..8),
    ) {
        let signs = ["", "*", "**", "`"];
        let names = ["", "em", "strong", "code"];
        let text: Vec<String> = words.iter().map(|(word, mark)| format!("{0}{word}{0}", signs[*mark])).collect();
        let mut wanted: Vec<Json> = Vec::new();
        for (index, (word, mark)) in words.iter().enumerate() {
            let before = if index > 0 { " " } else { "" };
            let mut write = |text: &str| match wanted.last_mut() {
                Some(Json::String(last)) => last.push_str(text),
                _ if text.is_empty() => {}
                _ => wanted.push(json!(text)),
            };
            write(before);
            match names[*mark] {
                "" => write(word),
                name => wanted.push(json!({ name: [word] })),
            }
        }
        let wanted = match wanted.as_slice() {
            [Json::String(only)] => json!(only),
            _ => Json::Array(wanted),
        };
        prop_assert_eq!(rich(&text.join(" ")), wanted);
    }
}
