//! Sets of characters in patterns.

use regex_syntax::ast::{
    ClassBracketed, ClassSet, ClassSetItem, HexLiteralKind, Literal, LiteralKind, Span, SpecialLiteralKind,
};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::{Mistake, perl};

/// A character by itself.
pub(super) fn literal(literal: &Literal) -> Result<ClassUnicode, Mistake> {
    match &literal.kind {
        LiteralKind::Verbatim
        | LiteralKind::Meta
        | LiteralKind::Superfluous
        | LiteralKind::HexFixed(HexLiteralKind::X | HexLiteralKind::UnicodeShort) => {}
        LiteralKind::Special(special) if *special != SpecialLiteralKind::Bell => {}
        _ => {
            let hint = "there is `\\x41` and `\\u0041`";
            return Err(Mistake::new(&literal.span, "JavaScript reads this otherwise", Some(hint)));
        }
    }
    Ok(ClassUnicode::new([ClassUnicodeRange::new(literal.c, literal.c)]))
}

/// `[…]`. Case is ignored before it is turned into its opposite.
pub(super) fn bracketed(class: &ClassBracketed, ignore_case: bool) -> Result<ClassUnicode, Mistake> {
    let ClassSet::Item(item) = &class.kind else {
        let message = "JavaScript reads `&&`, `--` and `~~` in brackets as characters";
        return Err(Mistake::new(class.kind.span(), message, Some("write each character once")));
    };
    let mut set = ClassUnicode::empty();
    collect(item, ignore_case, &mut set)?;
    if class.negated {
        set.negate();
    }
    Ok(set)
}

fn collect(item: &ClassSetItem, ignore_case: bool, set: &mut ClassUnicode) -> Result<(), Mistake> {
    let mut one = match item {
        ClassSetItem::Empty(_) => return Ok(()),
        ClassSetItem::Union(union) => {
            return union.items.iter().try_for_each(|item| collect(item, ignore_case, set));
        }
        ClassSetItem::Perl(class) => {
            set.union(&perl(class));
            return Ok(());
        }
        ClassSetItem::Literal(written) if written.c == ']' && written.kind == LiteralKind::Verbatim => {
            let message = "JavaScript ends the brackets here";
            return Err(Mistake::new(&written.span, message, Some("write `\\]`")));
        }
        ClassSetItem::Literal(written) => literal(written)?,
        ClassSetItem::Range(range) => {
            literal(&range.start)?;
            literal(&range.end)?;
            ClassUnicode::new([ClassUnicodeRange::new(range.start.c, range.end.c)])
        }
        ClassSetItem::Unicode(class) => return Err(properties(&class.span)),
        ClassSetItem::Ascii(class) => return Err(nested(&class.span)),
        ClassSetItem::Bracketed(class) => return Err(nested(&class.span)),
    };
    fold(&mut one, ignore_case);
    set.union(&one);
    Ok(())
}

/// Adds what differs in case only (Unicode's simple case folding).
pub(super) fn fold(set: &mut ClassUnicode, ignore_case: bool) {
    if ignore_case {
        // It fails where the tables are left out, and they are not.
        let _ = set.try_case_fold_simple();
    }
}

/// The first and the last character of each range, one after the other.
pub(super) fn ranges(set: &ClassUnicode) -> String {
    set.iter().flat_map(|range| [range.start(), range.end()]).collect()
}

/// `\p{…}`
pub(super) fn properties(at: &Span) -> Mistake {
    Mistake::new(at, "`\\p` is not understood", Some("list the characters: `[a-zäöü]`"))
}

fn nested(at: &Span) -> Mistake {
    Mistake::new(at, "JavaScript has no brackets in brackets", Some("write `\\[` for the character"))
}
