//! What cannot be read of a text.

/// Where it is, in bytes, and what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Fault {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Fault {
        Fault { at, message: message.into(), hint: None }
    }

    pub(super) fn with(self, hint: impl Into<String>) -> Fault {
        Fault { hint: Some(hint.into()), ..self }
    }

    /// Something has an opening sign and no closing one.
    pub(super) fn not_closed(at: usize, sign: &str) -> Fault {
        let escaped: String = sign.chars().flat_map(|sign| ['\\', sign]).collect();
        // A backtick is quoted by two.
        let quote = if sign == "`" { ("`` ", " ``") } else { ("`", "`") };
        Fault::new(at, format!("{}{sign}{} is not closed", quote.0, quote.1))
            .with(format!("{}{escaped}{} is drawn as it is", quote.0, quote.1))
    }
}
