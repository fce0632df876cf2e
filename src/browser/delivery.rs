//! The delivery machine, for JavaScript.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js::List;
use super::read;
use super::write::Record;
use crate::delivery::{Command, Limits, Machine, Millis};

/// `Delivery` of `js/src/module.ts`.
#[wasm_bindgen]
pub struct Delivery(Machine);

#[wasm_bindgen]
impl Delivery {
    /// `seed` makes the jitter of this page differ from that of others.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: f64) -> Delivery {
        Delivery(Machine::new(seed as u64, Limits::DEFAULT))
    }

    /// Events are in the journal.
    pub fn appended(&mut self, keys: &List, bytes: &List, now: f64) -> List {
        let (mut known, mut sizes) = (Vec::new(), Vec::new());
        read::each(keys, &mut |key| known.push(key.as_f64().unwrap_or_default() as u64));
        read::each(bytes, &mut |bytes| sizes.push(bytes.as_f64().unwrap_or_default() as u32));
        commands(&self.0.appended(&known, &sizes, millis(now)))
    }

    /// The answer to a batch.
    pub fn answered(&mut self, batch: u32, status: u16, retry_after: Option<f64>, now: f64) -> List {
        commands(&self.0.answered(batch, status, retry_after.map(|ms| ms as i64), millis(now)))
    }

    /// One of the inputs that say no more than that it happened: `Told` of `js/src/module.ts`, by its number. (One
    /// export: each costs the page a few hundred bytes.)
    pub fn tell(&mut self, told: u8, now: f64) -> List {
        let now = millis(now);
        commands(&match told {
            0 => self.0.wake(now),
            1 => self.0.flush(now),
            2 => self.0.hidden(now),
            _ => self.0.resumed(now),
        })
    }

    /// Between tries after a failure.
    #[wasm_bindgen(getter)]
    pub fn retrying(&self) -> bool {
        self.0.retrying()
    }
}

fn millis(now: f64) -> Millis {
    Millis(now as i64)
}

fn keys(keys: &[u64]) -> List {
    let list = List::new();
    for key in keys {
        list.push(&JsValue::from_f64(*key as f64));
    }
    list
}

fn commands(commands: &[Command]) -> List {
    let list = List::new();
    for command in commands {
        let record = match command {
            Command::Send { batch, keys, keepalive } => Record::new()
                .with("do", "send")
                .with("batch", *batch)
                .with("keys", self::keys(keys))
                .with("keepalive", *keepalive),
            Command::Remove { keys, reason } => Record::new()
                .with("do", "remove")
                .with("keys", self::keys(keys))
                .with("reason", reason.name()),
            Command::Wake { at } => Record::new().with("do", "wake").with("at", at.0 as f64),
        };
        list.push(&record.into());
    }
    list
}
