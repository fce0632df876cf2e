//! Patterns of `$regex`: from text to the engine's program, in the subset that a linear-time engine has and that means
//! the same in JavaScript.

pub(super) mod caseless;
mod class;
#[cfg(test)]
mod tests;

use regex_syntax::ast::{
    Assertion, AssertionKind, Ast, ClassPerl, ClassPerlKind, ErrorKind, GroupKind, Repetition,
    RepetitionKind, RepetitionRange, Span, parse::ParserBuilder,
};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use crate::engine::{Instruction, Pattern};

/// The most steps of a program: each character of a text may cost as many.
const MOST: u64 = 2_000;
/// Parentheses in parentheses.
const DEEPEST: u32 = 50;

/// What is wrong with a pattern, and where in it (in bytes).
pub(super) struct Mistake {
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) hint: Option<&'static str>,
}

impl Mistake {
    pub(super) fn new(at: &Span, message: impl Into<String>, hint: Option<&'static str>) -> Mistake {
        Mistake { at: at.start.offset, message: message.into(), hint }
    }
}

/// Compiles a pattern.
pub(super) fn compile(pattern: &str, ignore_case: bool) -> Result<Pattern, Mistake> {
    let parsed = ParserBuilder::new().nest_limit(DEEPEST).build().parse(pattern);
    let ast = parsed.map_err(|error| unreadable(pattern, error.kind(), error.span()))?;
    within_limit(&ast, ast.span())?;
    let mut program = Program { pattern, ignore_case, steps: Vec::new() };
    program.add(&ast)?;
    Ok(Pattern(program.steps))
}

fn unreadable(pattern: &str, kind: &ErrorKind, span: &Span) -> Mistake {
    const LINEAR: &str = "patterns are matched in linear time, which leaves this out";
    let named_reference = pattern.get(span.start.offset..).is_some_and(|rest| rest.starts_with("\\k"));
    match kind {
        ErrorKind::UnsupportedLookAround => {
            Mistake::new(span, "a pattern cannot look ahead or behind", Some(LINEAR))
        }
        ErrorKind::UnsupportedBackreference => {
            Mistake::new(span, "a pattern has no back-references", Some(LINEAR))
        }
        ErrorKind::EscapeUnrecognized if named_reference => {
            Mistake::new(span, "a pattern has no back-references", Some(LINEAR))
        }
        kind => Mistake::new(span, format!("this is no pattern: {kind}"), None),
    }
}

struct Program<'p> {
    pattern: &'p str,
    ignore_case: bool,
    steps: Vec<Instruction>,
}

impl Program<'_> {
    fn add(&mut self, ast: &Ast) -> Result<(), Mistake> {
        match ast {
            Ast::Empty(_) => {}
            Ast::Flags(flags) => return Err(inline_flags(&flags.span)),
            Ast::Literal(literal) => {
                let mut set = class::literal(literal)?;
                class::fold(&mut set, self.ignore_case);
                self.one(&set);
            }
            Ast::Dot(_) => {
                let mut set = ClassUnicode::new([ClassUnicodeRange::new('\n', '\n')]);
                set.negate();
                self.one(&set);
            }
            Ast::Assertion(assertion) => self.steps.push(step(assertion)?),
            Ast::ClassUnicode(class) => return Err(class::properties(&class.span)),
            Ast::ClassPerl(class) => self.one(&perl(class)),
            Ast::ClassBracketed(class) => {
                let set = class::bracketed(class, self.ignore_case)?;
                self.one(&set);
            }
            Ast::Repetition(repetition) => self.repeat(repetition)?,
            Ast::Group(group) => {
                match &group.kind {
                    GroupKind::NonCapturing(flags) if !flags.items.is_empty() => {
                        return Err(inline_flags(&flags.span));
                    }
                    GroupKind::CaptureName { starts_with_p: true, .. } => {
                        let hint = "groups are not captured: `(…)` does the same";
                        return Err(Mistake::new(&group.span, "JavaScript has no `(?P<`", Some(hint)));
                    }
                    _ => {}
                }
                self.add(&group.ast)?;
            }
            Ast::Alternation(alternation) => {
                let mut ends = Vec::new();
                for (index, branch) in alternation.asts.iter().enumerate() {
                    let fork = self.steps.len();
                    let is_last = index + 1 == alternation.asts.len();
                    if !is_last {
                        self.steps.push(Instruction::Try(0));
                    }
                    self.add(branch)?;
                    if !is_last {
                        ends.push(self.steps.len());
                        self.steps.push(Instruction::Go(0));
                        self.aim(fork);
                    }
                }
                ends.into_iter().for_each(|end| self.aim(end));
            }
            Ast::Concat(concat) => concat.asts.iter().try_for_each(|part| self.add(part))?,
        }
        Ok(())
    }

    fn one(&mut self, set: &ClassUnicode) {
        self.steps.push(Instruction::One(class::ranges(set)));
    }

    /// Where the next step comes.
    fn here(&self) -> u16 {
        // The limit is far below.
        self.steps.len() as u16
    }

    /// Lets an earlier `Try` or `Go` lead to the next step.
    fn aim(&mut self, from: usize) {
        let here = self.here();
        if let Some(Instruction::Try(to) | Instruction::Go(to)) = self.steps.get_mut(from) {
            *to = here;
        }
    }

    fn repeat(&mut self, repetition: &Repetition) -> Result<(), Mistake> {
        let body = &*repetition.ast;
        let at = &repetition.op.span;
        if matches!(body, Ast::Repetition(_) | Ast::Assertion(_)) {
            let hint = "put what is repeated in parentheses";
            return Err(Mistake::new(at, "there is nothing here that could be repeated", Some(hint)));
        }
        let written = self.pattern.get(at.start.offset..at.end.offset).unwrap_or_default();
        if written.starts_with("{,") || written.contains(char::is_whitespace) {
            let hint = "write `{0,3}`, without spaces; to find a brace itself, write `\\{`";
            return Err(Mistake::new(at, "JavaScript reads this as text, not as a repetition", Some(hint)));
        }
        if size(body) == 0 {
            return self.add(body);
        }
        let (least, most) = bounds(&repetition.op.kind);
        for _ in 1..least {
            self.add(body)?;
        }
        match most {
            None if least > 0 => {
                let start = self.here();
                self.add(body)?;
                self.steps.push(Instruction::Try(start));
            }
            None => {
                let start = self.steps.len();
                self.steps.push(Instruction::Try(0));
                self.add(body)?;
                self.steps.push(Instruction::Go(start as u16));
                self.aim(start);
            }
            Some(most) => {
                if least > 0 {
                    self.add(body)?;
                }
                let mut forks = Vec::new();
                for _ in least..most {
                    forks.push(self.steps.len());
                    self.steps.push(Instruction::Try(0));
                    self.add(body)?;
                }
                forks.into_iter().for_each(|fork| self.aim(fork));
            }
        }
        Ok(())
    }
}

fn inline_flags(at: &Span) -> Mistake {
    Mistake::new(at, "a pattern has no flags in it", Some("`$regexi` ignores case"))
}

fn step(assertion: &Assertion) -> Result<Instruction, Mistake> {
    Ok(match assertion.kind {
        AssertionKind::StartLine => Instruction::Start,
        AssertionKind::EndLine => Instruction::End,
        AssertionKind::WordBoundary => Instruction::Boundary(true),
        AssertionKind::NotWordBoundary => Instruction::Boundary(false),
        _ => {
            let hint = "there is `^`, `$`, `\\b` and `\\B`";
            return Err(Mistake::new(&assertion.span, "JavaScript has no such assertion", Some(hint)));
        }
    })
}

/// `\d`, `\s`, `\w` of ASCII, and their opposites.
pub(super) fn perl(class: &ClassPerl) -> ClassUnicode {
    let ranges: &[(char, char)] = match class.kind {
        ClassPerlKind::Digit => &[('0', '9')],
        ClassPerlKind::Space => &[('\t', '\r'), (' ', ' ')],
        ClassPerlKind::Word => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
    };
    let mut set = ClassUnicode::new(ranges.iter().map(|(first, last)| ClassUnicodeRange::new(*first, *last)));
    if class.negated {
        set.negate();
    }
    set
}

/// How often at least, and at most.
fn bounds(kind: &RepetitionKind) -> (u32, Option<u32>) {
    match kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(times)) => (*times, Some(*times)),
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (*least, None),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (*least, Some(*most)),
    }
}

/// The first repetition that makes the program too long, or the whole if that has many parts.
fn within_limit(ast: &Ast, at: &Span) -> Result<(), Mistake> {
    if size(ast) <= MOST {
        return Ok(());
    }
    match ast {
        Ast::Repetition(repetition) => within_limit(&repetition.ast, &repetition.op.span)?,
        Ast::Group(group) => within_limit(&group.ast, at)?,
        Ast::Alternation(alternation) => {
            alternation.asts.iter().try_for_each(|ast| within_limit(ast, ast.span()))?;
        }
        Ast::Concat(concat) => concat.asts.iter().try_for_each(|ast| within_limit(ast, ast.span()))?,
        _ => {}
    }
    let at = if let Ast::Repetition(repetition) = ast { &repetition.op.span } else { at };
    let message =
        format!("this pattern is too long: with its repetitions written out it has more than {MOST} steps");
    Err(Mistake::new(at, message, Some("repeat without a number (`*`, `+`), or fewer times")))
}

/// How many steps it takes.
fn size(ast: &Ast) -> u64 {
    let sum = |asts: &[Ast]| asts.iter().fold(0_u64, |sum, ast| sum.saturating_add(size(ast)));
    match ast {
        Ast::Empty(_) | Ast::Flags(_) => 0,
        Ast::Group(group) => size(&group.ast),
        Ast::Alternation(alternation) => {
            sum(&alternation.asts).saturating_add(2 * (alternation.asts.len() as u64 - 1))
        }
        Ast::Concat(concat) => sum(&concat.asts),
        Ast::Repetition(repetition) => {
            let body = size(&repetition.ast);
            let (least, most) = bounds(&repetition.op.kind);
            let optional = match most {
                _ if body == 0 => 0,
                None => {
                    if least > 0 {
                        1
                    } else {
                        body.saturating_add(2)
                    }
                }
                Some(most) => body.saturating_add(1).saturating_mul(u64::from(most.saturating_sub(least))),
            };
            body.saturating_mul(u64::from(least)).saturating_add(optional)
        }
        _ => 1,
    }
}
