//! The delivery machine, for JavaScript.

use wasm_bindgen::{JsCast as _, JsValue};

use super::call::Instance;
use super::js::List;
use super::read;
use super::write::Record;
use crate::delivery::{Command, Limits, Machine, Memory, Millis, Pressure};

/// `Delivery` of `js/src/module.ts`.
pub(super) struct Delivery(Machine);

/// By the numbers that `classes.js` knows the methods by.
impl Instance for Delivery {
    fn call(&mut self, what: u32, one: &JsValue, other: &JsValue, number: f64) -> JsValue {
        let now = Millis(number as i64);
        commands(&match what {
            0 => self.0.wake(now),
            1 => self.0.flush(now),
            2 => self.0.hidden(now),
            3 => self.0.resumed(now),
            4 => {
                let (mut keys, mut sizes) = (Vec::new(), Vec::new());
                each_number(one, &mut |key| keys.push(key as u64));
                each_number(other, &mut |bytes| sizes.push(bytes as u32));
                self.0.appended(&keys, &sizes, now)
            }
            5 => {
                let mut answer = Vec::new();
                each_number(one, &mut |number| answer.push(number as u32));
                let &[batch, status] = answer.as_slice() else { return JsValue::UNDEFINED };
                self.0.answered(batch, status as u16, other.as_f64().map(|ms| ms as i64), now)
            }
            6 => return self.0.retrying().into(),
            _ => return (self.0.pressure() == Pressure::High).into(),
        })
        .into()
    }
}

impl Delivery {
    /// `seed` makes the jitter of this page differ from that of others. `memory` is what the command `remember` gave;
    /// what is none is as good as none.
    pub(super) fn new(seed: f64, memory: &JsValue) -> Delivery {
        let mut machine = Machine::new(seed as u64, Limits::DEFAULT);
        let mut numbers = Vec::new();
        each_number(memory, &mut |number| numbers.push(number as i64));
        if let [at, failures, pause_ms, asked_ms, owed_ms] = numbers[..] {
            let failures = failures.max(0) as u32;
            machine.recall(&Memory { at: Millis(at), failures, pause_ms, asked_ms, owed_ms });
        }
        Delivery(machine)
    }
}

fn each_number(list: &JsValue, f: &mut dyn FnMut(f64)) {
    read::each(list.unchecked_ref(), &mut |number| f(number.as_f64().unwrap_or_default()));
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
