//! Code and links.

use super::super::super::address::Leads;
use super::super::fault::Fault;
use super::super::piece::{Mark, Piece, write};
use super::super::signs::{OF_ADDRESS, escaped};
use super::{Open, Reader};

impl Reader<'_> {
    /// Between `` ` `` and `` ` `` only placeholders mean something.
    pub(super) fn code(&mut self) -> Result<Piece, Fault> {
        let start = self.at;
        self.at += 1;
        let mut pieces = Vec::new();
        while let Some(letter) = self.rest().chars().next() {
            if let Some(sign) = escaped(self.rest(), self.style.signs()) {
                write(&mut pieces, sign);
                self.at += 2;
            } else if self.rest().starts_with("{{") {
                pieces.extend(self.placeholder()?);
            } else if letter == '`' {
                if self.at == start + 1 {
                    self.pass_over(Fault::new(start, "nothing stands between `` ` `` and `` ` ``"))?;
                }
                self.at += 1;
                return Ok(Piece::Marked(Mark::Code, pieces));
            } else if letter == '\n' {
                break;
            } else {
                write(&mut pieces, letter);
                self.at += letter.len_utf8();
            }
        }
        Err(Fault::not_closed(start, "`"))
    }

    /// `[text](address)`
    pub(super) fn link(&mut self) -> Result<Piece, Fault> {
        let start = self.at;
        if self.has(Open::Link) {
            return Err(Fault::new(start, "a link cannot stand within a link"));
        }
        let inner = self.enter(Open::Link, 1)?;
        self.at += 1;
        if !self.rest().starts_with('(') {
            let hint = "a link is written `[text](address)`; `\\[` is drawn as it is";
            self.pass_over(Fault::new(start, "a link needs its address behind `]`").with(hint))?;
            return Ok(Piece::Link(inner, String::new()));
        }
        if self.at == start + 2 {
            self.pass_over(Fault::new(start, "a link needs a text: `[text](address)`"))?;
        }
        Ok(Piece::Link(inner, self.leads_to()?))
    }

    /// The address in brackets, from the opening one on.
    pub(super) fn leads_to(&mut self) -> Result<String, Fault> {
        let bracket = self.at;
        self.at += 1;
        let Some(address) = self.address() else {
            self.pass_over(Fault::new(bracket, "`(` is not closed"))?;
            return Ok(String::new());
        };
        let fault = if address.contains("{{") {
            Some("an address has no placeholders".to_owned())
        } else if address.is_empty() || address.contains(char::is_whitespace) {
            Some(format!("expected an address without spaces, found \"{address}\""))
        } else {
            Leads::Anywhere.fault(&address)
        };
        if let Some((message, hint)) = Leads::Anywhere.doubt(&address) {
            self.doubts.push(Fault::new(bracket + 1, message).with(hint));
        }
        fault.map_or(Ok(()), |message| self.pass_over(Fault::new(bracket + 1, message)))?;
        Ok(address)
    }

    fn address(&mut self) -> Option<String> {
        let mut address = String::new();
        loop {
            let letter = self.rest().chars().next()?;
            match escaped(self.rest(), OF_ADDRESS) {
                Some(sign) => {
                    address.push(sign);
                    self.at += 2;
                }
                None => {
                    self.at += letter.len_utf8();
                    match letter {
                        ')' => return Some(address),
                        '\n' => return None,
                        letter => address.push(letter),
                    }
                }
            }
        }
    }
}
