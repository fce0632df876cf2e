//! The delivery machine, for JavaScript.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js::List;
use super::read;
use super::write::Record;
use crate::delivery::{Command, Limits, Machine, Memory, Millis, Pressure};

/// `Delivery` of `js/src/module.ts`.
#[wasm_bindgen]
pub struct Delivery(Machine);

#[wasm_bindgen]
impl Delivery {
    /// `seed` makes the jitter of this page differ from that of others. `memory` is what the command `remember` gave;
    /// what is none is as good as none.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: f64, memory: &List) -> Delivery {
        let mut machine = Machine::new(seed as u64, Limits::DEFAULT);
        let mut numbers = Vec::new();
        read::each(memory, &mut |number| numbers.push(number.as_f64().unwrap_or_default() as i64));
        if let [at, failures, pause_ms, asked_ms, owed_ms] = numbers[..] {
            let failures = failures.max(0) as u32;
            machine.recall(&Memory { at: Millis(at), failures, pause_ms, asked_ms, owed_ms });
        }
        Delivery(machine)
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

    /// Events come faster than they leave.
    #[wasm_bindgen(getter)]
    pub fn pressed(&self) -> bool {
        self.0.pressure() == Pressure::High
    }
}

fn millis(now: f64) -> Millis {
    Millis(now as i64)
}

fn numbers(numbers: impl IntoIterator<Item = f64>) -> List {
    let list = List::new();
    for number in numbers {
        list.push(&JsValue::from_f64(number));
    }
    list
}

fn keys(keys: &[u64]) -> List {
    numbers(keys.iter().map(|key| *key as f64))
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
            Command::Remember(memory) => {
                let Memory { at, failures, pause_ms, asked_ms, owed_ms } = *memory;
                let memory = [at.0, i64::from(failures), pause_ms, asked_ms, owed_ms];
                Record::new()
                    .with("do", "remember")
                    .with("memory", numbers(memory.map(|number| number as f64)))
            }
        };
        list.push(&record.into());
    }
    list
}
