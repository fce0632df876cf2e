//! The text of a playbook.

use ripen::engine::Playbook;
use ripen::playbook::{Severity, compile};

/// It compiles, or says what is wrong in few words; what was compiled can be read again.
pub fn playbook(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // A mark of the byte order is no part of JSON, and readers may skip it.
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let problems = match compile(text) {
        Ok(compiled) => {
            assert_eq!(
                Playbook::from_bytes(&compiled.bytes).as_ref(),
                Ok(&compiled.playbook),
                "what the page reads"
            );
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "others read it, too");
            assert!(compiled.warnings.iter().all(|problem| problem.severity == Severity::Warning));
            compiled.warnings
        }
        Err(problems) => {
            assert!(problems.iter().any(|problem| problem.severity == Severity::Error), "{problems:?}");
            problems
        }
    };
    let lines = text.split('\n').count();
    for problem in &problems {
        assert!((1..=lines).contains(&problem.line) && problem.column >= 1, "{problem:?}");
        let said = problem.to_string();
        assert!(said.chars().count() < 4_000, "nobody reads that: {} characters", said.chars().count());
    }
}
