//! Prints the JSON Schema of playbooks.
use std::io::Write as _;

fn main() -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{:#}", ripen::playbook::schema())
}
