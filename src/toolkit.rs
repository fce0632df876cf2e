//! The toolkit's module: check, compile, replay and fit, for the command line and for a page that was given a playbook as a
//! plain object. `js/src/module.ts` says what is exported here.

use js_sys::{Array, Error, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::{Millis, parse_timestamp};
use crate::fit;
use crate::playbook::{self, Problem};
use crate::replay::{self, Options, Recording};

/// All that is wrong with the text of a playbook, or hardly meant.
#[wasm_bindgen]
pub fn check(playbook: &str) -> Array {
    playbook::check(playbook).iter().map(problem).collect()
}

/// The compiled playbook.
#[wasm_bindgen]
pub fn compile(playbook: &str) -> Result<Vec<u8>, JsValue> {
    compiled(playbook).map(|compiled| compiled.bytes)
}

/// A replay: take the recording in pieces, then print.
#[wasm_bindgen]
pub struct Replay {
    playbook: crate::engine::Playbook,
    recording: Recording,
    malformed: usize,
}

#[wasm_bindgen]
impl Replay {
    /// Compiles the playbook.
    #[wasm_bindgen(constructor)]
    pub fn new(playbook: &str) -> Result<Replay, JsValue> {
        let playbook = compiled(playbook)?.playbook;
        Ok(Replay { playbook, recording: Recording::default(), malformed: 0 })
    }

    /// A piece of NDJSON as it comes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.recording.push(bytes);
        self.malformed = self.recording.malformed();
    }

    /// Lines that were no event.
    #[wasm_bindgen(getter)]
    pub fn malformed(&self) -> usize {
        self.malformed
    }

    /// Folds all of it, and prints.
    pub fn finish(&mut self, at: Option<String>, timeline: bool) -> Result<Vec<u8>, JsValue> {
        let at = instant(at)?;
        let recording = self.end();
        let lines = replay::replay(&self.playbook, recording, Options { at, timeline });
        Ok(lines.into_iter().flat_map(|line| (line + "\n").into_bytes()).collect())
    }

    /// What came of it: `Summary` as JSON text.
    pub fn summary(&mut self, at: Option<String>) -> Result<String, JsValue> {
        let at = instant(at)?;
        let recording = self.end();
        Ok(replay::summary(&self.playbook, recording, at).to_string())
    }

    /// The nudges with edges that no recording has.
    pub fn unheard(&self) -> Vec<String> {
        replay::unheard(&self.playbook).into_iter().map(str::to_owned).collect()
    }

    /// Finds the rhythm in all of it: `FitReport` as JSON text.
    pub fn fit(&mut self, at: Option<String>) -> Result<String, JsValue> {
        let at = instant(at)?;
        let recording = self.end();
        let report = fit::fit(&self.playbook, recording, at).map_err(|unfit| error(&unfit.to_string()))?;
        Ok(report.to_json().to_string())
    }
}

impl Replay {
    fn end(&mut self) -> Recording {
        let mut recording = std::mem::take(&mut self.recording);
        recording.end_line();
        self.malformed = recording.malformed();
        recording
    }
}

fn instant(text: Option<String>) -> Result<Option<Millis>, JsValue> {
    let Some(text) = text else { return Ok(None) };
    let read = parse_timestamp(&text).ok_or_else(|| {
        error(&format!("`{text}` is no instant: expected RFC 3339 with a zone, as in 2024-01-31T12:00:00Z"))
    });
    read.map(Some)
}

fn error(message: &str) -> JsValue {
    Error::new(message).into()
}

fn compiled(text: &str) -> Result<playbook::Compiled, JsValue> {
    playbook::compile(text).map_err(|problems| {
        let first = problems.iter().find(|problem| problem.severity == playbook::Severity::Error);
        Error::new(&first.map(ToString::to_string).unwrap_or_default()).into()
    })
}

fn problem(problem: &Problem) -> JsValue {
    let record = Object::new();
    let set = |key: &str, value: JsValue| drop(Reflect::set(&record, &JsValue::from_str(key), &value));
    set("severity", problem.severity.name().into());
    set("line", problem.line.into());
    set("column", problem.column.into());
    set("path", problem.path.as_str().into());
    set("message", problem.message.as_str().into());
    if let Some(hint) = &problem.hint {
        set("hint", hint.as_str().into());
    }
    record.into()
}
