//! The markup: a line at a time lists and paragraphs, within them what is set off, links and placeholders.
//!
//! Each mark can be open once, so nothing nests deeper than there are marks. A sign that begins nothing and could not have
//! been meant to (`5 * 3`) is drawn; whatever else cannot be read is a fault, never guessed at.

mod span;
mod star;

use super::fault::Fault;
use super::piece::{Mark, Piece, write};
use super::placeholder::{self, Placeholder};
use super::signs::escaped;
use super::{MOST, Style};
use star::Star;

/// What a text is made of, and what of it cannot be read.
pub(super) struct Parsed {
    /// Whole only where nothing is wrong.
    pub(super) pieces: Vec<Piece>,
    /// All that can be read, wherever they stand.
    pub(super) placeholders: Vec<Placeholder>,
    pub(super) faults: Vec<Fault>,
    /// What can be read, and is hardly meant.
    pub(super) doubts: Vec<Fault>,
}

/// Takes a text apart. A placeholder or a link that is wrong is passed over, and the text goes on behind it. Of marks only
/// the first that is wrong is said, since of the others nobody knows what they close; what is behind it is still looked
/// through for placeholders and addresses.
pub(super) fn parse(text: &str, style: Style) -> Parsed {
    let mut reader = Reader {
        text,
        style,
        at: 0,
        open: Vec::new(),
        in_item: false,
        placeholders: Vec::new(),
        faults: Vec::new(),
        doubts: Vec::new(),
    };
    let mut pieces = Vec::new();
    if let Err(fault) = reader.all(&mut pieces) {
        reader.faults.push(fault);
        reader.look_through();
    }
    let Reader { placeholders, mut faults, doubts, .. } = reader;
    faults.sort_by_key(|fault| fault.at);
    Parsed { pieces, placeholders, faults, doubts }
}

const ITEM: &str = "- ";

/// What has begun and not ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Mark(Mark),
    Link,
}

struct Reader<'t> {
    text: &'t str,
    style: Style,
    at: usize,
    /// With where their content begins.
    open: Vec<(Open, usize)>,
    in_item: bool,
    placeholders: Vec<Placeholder>,
    faults: Vec<Fault>,
    doubts: Vec<Fault>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn has(&self, open: Open) -> bool {
        self.open.iter().any(|(other, _)| *other == open)
    }

    fn is_innermost(&self, open: Open) -> bool {
        self.open.last().is_some_and(|(other, _)| *other == open)
    }

    /// Whether what is innermost has nothing in it yet.
    fn is_empty(&self) -> bool {
        self.open.last().is_some_and(|(_, from)| *from == self.at)
    }

    /// The length of a line break here, if there is one.
    fn break_here(&self) -> Option<usize> {
        let rest = self.rest();
        if rest.starts_with("\r\n") { Some(2) } else { rest.starts_with('\n').then_some(1) }
    }

    fn skip_break(&mut self) {
        self.at += self.break_here().unwrap_or(0);
    }

    fn all(&mut self, pieces: &mut Vec<Piece>) -> Result<(), Fault> {
        while self.at < self.text.len() {
            if self.style == Style::Rich && self.rest().starts_with(ITEM) {
                pieces.push(self.list()?);
            } else {
                pieces.append(&mut self.run()?);
                // A list begins on its own line anyway.
                self.skip_break();
            }
        }
        Ok(())
    }

    /// Reads on behind something that is wrong by itself; enough of that, and the text is left.
    fn pass_over(&mut self, fault: Fault) -> Result<(), Fault> {
        if self.faults.len() + 1 >= MOST {
            return Err(fault);
        }
        self.faults.push(fault);
        Ok(())
    }

    /// The placeholder that begins here.
    fn placeholder(&mut self) -> Result<Option<Piece>, Fault> {
        match placeholder::read(self.text, self.at) {
            Ok((placeholder, behind)) => {
                self.at = behind;
                self.placeholders.push(placeholder.clone());
                Ok(Some(Piece::Placeholder(placeholder)))
            }
            Err(fault) => {
                self.at = placeholder::behind(self.text, self.at);
                self.pass_over(fault).map(|()| None)
            }
        }
    }

    /// Reads what stands by itself in the rest of a text of which the rest cannot be read.
    fn look_through(&mut self) {
        while self.at < self.text.len() && self.faults.len() < MOST {
            let rest = self.rest();
            let is_rich = self.style == Style::Rich;
            let passed = if escaped(rest, self.style.signs()).is_some() {
                self.at += 2;
                Ok(())
            } else if rest.starts_with("{{") {
                self.placeholder().map(drop)
            } else if is_rich && rest.starts_with("](") {
                self.at += 1;
                self.leads_to().map(drop)
            } else {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
                Ok(())
            };
            self.faults.extend(passed.err());
        }
    }

    /// Consecutive lines that begin with `- `.
    fn list(&mut self) -> Result<Piece, Fault> {
        let mut items = Vec::new();
        while self.rest().starts_with(ITEM) {
            let start = self.at;
            self.at += ITEM.len();
            self.in_item = true;
            let item = self.run()?;
            self.in_item = false;
            if item.is_empty() && self.text.get(start + ITEM.len()..self.at).is_none_or(str::is_empty) {
                self.pass_over(Fault::new(start, "an entry of a list has something in it"))?;
            }
            items.push(item);
            self.skip_break();
        }
        Ok(Piece::List(items))
    }

    /// What is up to the end of what is innermost, of an entry of a list, or of a paragraph.
    fn run(&mut self) -> Result<Vec<Piece>, Fault> {
        let mut pieces = Vec::new();
        while let Some(letter) = self.rest().chars().next() {
            if let Some(sign) = escaped(self.rest(), self.style.signs()) {
                write(&mut pieces, sign);
                self.at += 2;
                continue;
            }
            if self.rest().starts_with("{{") {
                pieces.extend(self.placeholder()?);
                continue;
            }
            if self.style == Style::Rich {
                if let Some(length) = self.break_here() {
                    let goes_on = self.text.get(self.at + length..).unwrap_or_default();
                    if self.in_item || goes_on.starts_with(ITEM) {
                        break;
                    }
                    pieces.push(Piece::Break);
                    self.at += length;
                    continue;
                }
                match letter {
                    ']' if self.is_innermost(Open::Link) => return Ok(pieces),
                    ']' if self.has(Open::Link) => return Err(self.not_closed()),
                    '[' => {
                        pieces.push(self.link()?);
                        continue;
                    }
                    '`' => {
                        pieces.push(self.code()?);
                        continue;
                    }
                    '*' => match self.star()? {
                        Star::Closes => return Ok(pieces),
                        Star::Opens(mark) => {
                            pieces.push(self.marked(mark)?);
                            continue;
                        }
                        Star::Is => {}
                    },
                    _ => {}
                }
            }
            write(&mut pieces, letter);
            self.at += letter.len_utf8();
        }
        if self.open.is_empty() { Ok(pieces) } else { Err(self.not_closed()) }
    }

    /// That what is innermost has no end.
    fn not_closed(&self) -> Fault {
        match self.open.last() {
            Some((Open::Mark(mark), from)) => Fault::not_closed(from - mark.sign().len(), mark.sign()),
            Some((Open::Link, from)) => Fault::not_closed(from - 1, "["),
            None => Fault::new(self.at, "nothing is open here"),
        }
    }

    fn enter(&mut self, open: Open, length: usize) -> Result<Vec<Piece>, Fault> {
        self.at += length;
        self.open.push((open, self.at));
        let inner = self.run()?;
        self.open.pop();
        Ok(inner)
    }

    fn marked(&mut self, mark: Mark) -> Result<Piece, Fault> {
        let length = mark.sign().len();
        let inner = self.enter(Open::Mark(mark), length)?;
        self.at += length;
        Ok(Piece::Marked(mark, inner))
    }
}
