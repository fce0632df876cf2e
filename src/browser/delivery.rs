//! The delivery machine, for JavaScript.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js::List;
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
    pub fn appended(&mut self, keys: Vec<f64>, bytes: Vec<u32>, now: f64) -> List {
        let keys: Vec<u64> = keys.into_iter().map(|key| key as u64).collect();
        commands(self.0.appended(&keys, &bytes, millis(now)))
    }

    /// The answer to a batch.
    pub fn answered(&mut self, batch: u32, status: u16, retry_after: Option<f64>, now: f64) -> List {
        commands(self.0.answered(batch, status, retry_after.map(|ms| ms as i64), millis(now)))
    }

    /// The time that was asked for has come.
    pub fn wake(&mut self, now: f64) -> List {
        commands(self.0.wake(millis(now)))
    }

    /// Do not wait for a full batch.
    pub fn flush(&mut self, now: f64) -> List {
        commands(self.0.flush(millis(now)))
    }

    /// The page is being hidden.
    pub fn hidden(&mut self, now: f64) -> List {
        commands(self.0.hidden(millis(now)))
    }

    /// The page is visible again, or the network is back.
    pub fn resumed(&mut self, now: f64) -> List {
        commands(self.0.resumed(millis(now)))
    }

    /// Events that wait, those in flight included.
    #[wasm_bindgen(getter)]
    pub fn waiting(&self) -> usize {
        self.0.waiting()
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
