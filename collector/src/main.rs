//! The binary: see the library.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    ripen_collector::Cli::parse().run()
}
