//! The toolkit's module: check, compile, replay, explain and fit, for the command line, and for a page that was given a
//! playbook as a plain object or asks why. `js/src/module.ts` says what is exported here.

use js_sys::{Array, Error, Object, Reflect};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::{
    Account, Bound, Definitions, Device, Millis, Past, Person, Playbook, Surroundings, parse_timestamp,
};
use crate::explain::{self, About, Company, Explanation};
use crate::fit;
use crate::playbook::{self, NudgeWords, Problem, Words, nearest, to_value};
use crate::replay::{self, Options, Recording, Standing};
use crate::vocabulary::{self, Vocabulary};

/// All that is wrong with the text of a playbook, or hardly meant; `for_signals`: where raw events stay in the browser.
#[wasm_bindgen]
pub fn check(playbook: &str, for_signals: Option<bool>) -> Array {
    let check = if for_signals == Some(true) { playbook::check_for_signals } else { playbook::check };
    check(playbook).iter().map(problem).collect()
}

/// The most that the state of a person and of an account can take: JSON text of `Bounds` of `js/src/module.ts`.
#[wasm_bindgen]
pub fn bounds(playbook: &str) -> Result<String, JsValue> {
    let playbook = compiled(playbook)?.playbook;
    let Definitions { signals, ladders, conditions, .. } = &playbook.account;
    let has_accounts = !(signals.is_empty() && ladders.is_empty() && conditions.is_empty());
    let account = has_accounts.then(|| table(playbook.account_bounds()));
    Ok(json!({ "person": table(playbook.person_bounds()), "account": account }).to_string())
}

/// Largest first.
fn table(mut bounds: Vec<Bound>) -> serde_json::Value {
    bounds.sort_by_key(|bound| std::cmp::Reverse(bound.bytes));
    let bytes: usize = bounds.iter().map(|bound| bound.bytes).sum();
    let row = |Bound { part, bytes, what }| json!({ "part": part, "bytes": bytes, "what": what });
    json!({ "bytes": bytes, "parts": bounds.into_iter().map(row).collect::<Vec<_>>() })
}

/// Which texts are there in which language, and which are missing: JSON text of `Words` of `js/src/module.ts`.
#[wasm_bindgen]
pub fn words(playbook: &str) -> Result<String, JsValue> {
    let Words { languages, nudges } = playbook::words_of(&compiled(playbook)?.playbook);
    let nudge = |NudgeWords { nudge, variant, texts, missing }| {
        let missing: serde_json::Map<_, _> =
            languages.iter().cloned().zip(missing.into_iter().map(serde_json::Value::from)).collect();
        match variant {
            None => json!({ "nudge": nudge, "texts": texts, "missing": missing }),
            Some(variant) => {
                json!({ "nudge": nudge, "variant": variant, "texts": texts, "missing": missing })
            }
        }
    };
    let nudges: Vec<_> = nudges.into_iter().map(nudge).collect();
    Ok(json!({ "languages": languages, "nudges": nudges }).to_string())
}

/// Every name that an application writes: JSON text of `Vocabulary` of `js/src/module.ts`.
#[wasm_bindgen(js_name = vocabulary)]
pub fn vocabulary_of(playbook: &str) -> Result<String, JsValue> {
    let playbook = compiled(playbook)?.playbook;
    Ok(vocabulary::to_json(&Vocabulary::of(&playbook)).to_string())
}

/// The same of a compiled playbook.
#[wasm_bindgen(js_name = vocabularyOfCompiled)]
pub fn vocabulary_of_compiled(playbook: &[u8]) -> Result<String, JsValue> {
    let playbook = readable(playbook)?;
    Ok(vocabulary::to_json(&Vocabulary::of(&playbook)).to_string())
}

/// The name among these, one a line, that somebody may have meant.
#[wasm_bindgen(js_name = nearest)]
pub fn nearest_of(found: &str, names: &str) -> Option<String> {
    nearest(found, names.lines()).map(str::to_owned)
}

/// The compiled playbook.
#[wasm_bindgen]
pub fn compile(playbook: &str) -> Result<Vec<u8>, JsValue> {
    compiled(playbook).map(|compiled| compiled.bytes)
}

/// A replay: take the recording in pieces, then print.
#[wasm_bindgen]
pub struct Replay {
    playbook: Playbook,
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

    /// Folds all of it, and says why somebody is where they are: a person, or an account. `ids` as in
    /// [`explain::explain`], one a line.
    pub fn explain(
        &mut self,
        at: Option<String>,
        person: Option<String>,
        account: Option<String>,
        ids: &str,
        json: bool,
    ) -> Result<String, JsValue> {
        let at = instant(at)?;
        let recording = self.end();
        let standing = replay::stand(&self.playbook, recording, at);
        let standing = standing.ok_or_else(|| error("there are no events to explain anything by"))?;
        let ids: Vec<&str> = ids.lines().collect();
        let explanations = of_somebody(&self.playbook, &standing, person, account, &ids)?;
        Ok(match json {
            true => explain::to_json(&explanations).to_string() + "\n",
            false => explain::to_text(&explanations),
        })
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

/// `Explanation[]` of `js/src/types.ts` as JSON text, for the person in front of a browser. `playbook` is compiled,
/// `snapshot` the page's own, `surroundings` the JSON text of what only the page knows.
#[wasm_bindgen(js_name = explain)]
pub fn explain_page(
    playbook: &[u8],
    snapshot: &[u8],
    person: &str,
    surroundings: &str,
    now: f64,
    id: Option<String>,
) -> Result<String, JsValue> {
    let playbook = readable(playbook)?;
    let mut device = Device::restore(&playbook, snapshot, Past::default())
        .ok_or_else(|| error("not a snapshot of this version"))?;
    let now = Millis(now as i64);
    device.set_present(person);
    device.advance(&playbook, now);
    let Some(who) = device.who() else { return Ok("[]".to_owned()) };
    let surroundings =
        Surroundings::told(serde_json::from_str(surroundings).map(to_value).unwrap_or_default());
    let company = who.account.map_or(Company::None, Company::Seen);
    let about = About::person(&playbook, who.id, who.person, company, &surroundings, now);
    let explanations = explain::explain(&about, &id.as_deref().into_iter().collect::<Vec<_>>());
    Ok(explain::to_json(&explanations.map_err(|unknown| error(&unknown.to_string()))?).to_string())
}

fn of_somebody(
    playbook: &Playbook,
    standing: &Standing<'_>,
    person: Option<String>,
    account: Option<String>,
    ids: &[&str],
) -> Result<Vec<Explanation>, JsValue> {
    let Standing { world, end, surroundings } = standing;
    let nowhere = Surroundings::default();
    let members: Vec<&Person>;
    let about = match (person.as_deref(), account.as_deref()) {
        (_, Some(id)) => {
            let account = world.find_account(id);
            let known: Vec<&str> = world.accounts().map(|(id, _)| id).collect();
            let account = account.ok_or_else(|| nobody("account", id, &known))?;
            members = world.members(id).collect();
            About::account(playbook, account, &members, *end)
        }
        (id, None) => {
            let known: Vec<&str> = world.persons().map(|(id, ..)| id).collect();
            let id = match (id, known.as_slice()) {
                (Some(id), _) => id,
                (None, [only]) => *only,
                (None, _) => return Err(error(&whom(&known))),
            };
            let found = world.find_person(id).ok_or_else(|| nobody("person", id, &known))?;
            let here = surroundings.get(id).unwrap_or(&nowhere);
            members = found.0.account().into_iter().flat_map(|id| world.members(id)).collect();
            let company =
                found.1.map_or(Company::None, |account: &Account| Company::Whole(account, &members));
            About::person(playbook, id, found.0, company, here, *end)
        }
    };
    explain::explain(&about, ids).map_err(|unknown| error(&unknown.to_string()))
}

fn whom(known: &[&str]) -> String {
    let some: Vec<&str> = known.iter().take(5).copied().collect();
    let more = if known.len() > some.len() { " …" } else { "" };
    format!(
        "whom? Say --person or --account: the events are of {} people, {}{more}",
        known.len(),
        some.join(", ")
    )
}

fn nobody(what: &str, id: &str, known: &[&str]) -> JsValue {
    let near = nearest(id, known.iter().copied()).map(|near| format!("; did you mean {near}?"));
    error(&format!("there is no {what} {id} at that time{}", near.unwrap_or_default()))
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

fn readable(compiled: &[u8]) -> Result<Playbook, JsValue> {
    Playbook::from_bytes(compiled).map_err(|_| error("not a compiled playbook of this version"))
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
