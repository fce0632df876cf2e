//! The delivery machine, for JavaScript.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js::List;
use super::read;
use super::write::{Record, list};
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
        let keys: Vec<u64> = numbers(keys).into_iter().map(|key| key as u64).collect();
        let bytes: Vec<u32> = numbers(bytes).into_iter().map(|bytes| bytes as u32).collect();
        commands(self.0.appended(&keys, &bytes, millis(now)))
    }

    /// The answer to a batch.
    pub fn answered(&mut self, batch: u32, status: u16, retry_after: Option<f64>, now: f64) -> List {
        commands(self.0.answered(batch, status, retry_after.map(|ms| ms as i64), millis(now)))
    }

    /// One of the inputs that say no more than that it happened: `Told` of `js/src/module.ts`, by its number. (One
    /// export: each costs the page a few hundred bytes.)
    pub fn tell(&mut self, told: u8, now: f64) -> List {
        let now = millis(now);
        commands(match told {
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

fn numbers(list: &List) -> Vec<f64> {
    let mut numbers = Vec::new();
    read::each(list, &mut |number| numbers.extend(number.as_f64()));
    numbers
}

fn keys(keys: Vec<u64>) -> List {
    list(keys.into_iter().map(|key| key as f64))
}

fn commands(commands: Vec<Command>) -> List {
    list(commands.into_iter().map(|command| -> JsValue {
        match command {
            Command::Send { batch, keys, keepalive } => Record::new()
                .with("do", "send")
                .with("batch", batch)
                .with("keys", self::keys(keys))
                .with("keepalive", keepalive),
            Command::Remove { keys, reason } => Record::new()
                .with("do", "remove")
                .with("keys", self::keys(keys))
                .with("reason", reason.name()),
            Command::Wake { at } => Record::new().with("do", "wake").with("at", at.0 as f64),
        }
        .into()
    }))
}
