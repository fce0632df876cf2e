//! Where log lines go: standard error, as text or JSON. They hold numbers and codes, and nothing of anybody.

use std::io;

use tracing_subscriber::filter::LevelFilter;

use crate::config::LogFormat;
use crate::defects;

/// From now on what is logged is written.
pub(super) fn write(level: LevelFilter, format: LogFormat) {
    let lines = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).with_ansi(false);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    defects::log_by_place();
}
