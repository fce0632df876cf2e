//! Stars: what they set off, and when they are stars.

use super::super::fault::Fault;
use super::super::piece::Mark;
use super::{Open, Reader};

/// What a star is.
pub(super) enum Star {
    Opens(Mark),
    Closes,
    /// A star.
    Is,
}

impl Reader<'_> {
    /// What stars here do.
    pub(super) fn star(&self) -> Result<Star, Fault> {
        let stars = self.rest().bytes().take_while(|byte| *byte == b'*').count();
        let before = self.text.get(..self.at).and_then(|before| before.chars().next_back());
        let is_behind_word = before.is_some_and(|letter| !letter.is_whitespace());
        let begins_word = |length: usize| {
            let next = self.text.get(self.at + length..).and_then(|rest| rest.chars().next());
            next.is_some_and(|letter| !letter.is_whitespace())
        };
        let (strong, emphasis) = (Open::Mark(Mark::Strong), Open::Mark(Mark::Emphasis));
        let closes = |mark: Open, sign: &str| match self.is_empty() {
            _ if !self.is_innermost(mark) => Err(self.not_closed()),
            true => {
                Err(Fault::new(self.at - sign.len(), format!("nothing stands between `{sign}` and `{sign}`")))
            }
            false => Ok(Star::Closes),
        };
        if is_behind_word && stars != 2 && self.is_innermost(emphasis) {
            return closes(emphasis, "*");
        }
        if is_behind_word && stars >= 2 && self.has(strong) {
            return closes(strong, "**");
        }
        if is_behind_word && stars == 1 && self.has(emphasis) {
            return closes(emphasis, "*");
        }
        if stars >= 2 && !self.has(strong) && begins_word(2) {
            return Ok(Star::Opens(Mark::Strong));
        }
        if stars != 2 && !self.has(emphasis) && begins_word(1) {
            return Ok(Star::Opens(Mark::Emphasis));
        }
        match stars {
            1 => Ok(Star::Is),
            _ => Err(Fault::new(self.at, "`**` neither begins nor ends anything here")
                .with("it stands at a word, as in `**word**`; `\\*\\*` is drawn as it is")),
        }
    }
}
