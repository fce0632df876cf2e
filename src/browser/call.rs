//! The one function that JavaScript calls. Of a class of its own for each method wasm-bindgen would write a wrapper on
//! both sides, which checks what can be checked once (2.0 KB brotli). `classes.js` makes classes of it, in the glue.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::delivery::Delivery;
use super::js::bytes;
use super::runtime::Runtime;

/// What JavaScript made, and may call.
pub(super) trait Instance {
    /// Calls a method by its number.
    fn call(&mut self, what: u32, one: &JsValue, other: &JsValue, number: f64) -> JsValue;
}

thread_local! {
    /// By the numbers that JavaScript knows them by.
    static INSTANCES: RefCell<Vec<Option<Box<dyn Instance>>>> = const { RefCell::new(Vec::new()) };
}

/// The numbers below the methods'.
const RUNTIME: u32 = 0;
const DELIVERY: u32 = 1;
const FREE: u32 = 2;
const METHODS: u32 = 3;

/// Makes an instance and gives its number (or says in words why not), frees one, or calls a method of one. While that
/// runs it is not in its place: where it traps, its state is lost, and the others go on (C12).
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public items only, from wherever they are")]
pub fn call(at: usize, what: u32, one: JsValue, other: JsValue, number: f64) -> JsValue {
    let made: Box<dyn Instance> = match what {
        RUNTIME => match Runtime::new(&bytes(&one)) {
            Ok(runtime) => Box::new(runtime),
            Err(why) => return why.into(),
        },
        DELIVERY => Box::new(Delivery::new(number, &one)),
        _ => {
            let Some(mut instance) = INSTANCES.with_borrow_mut(|all| all.get_mut(at)?.take()) else {
                return JsValue::UNDEFINED;
            };
            if what == FREE {
                return JsValue::UNDEFINED;
            }
            let answer = instance.call(what - METHODS, &one, &other, number);
            INSTANCES.with_borrow_mut(|all| {
                if let Some(place) = all.get_mut(at) {
                    *place = Some(instance);
                }
            });
            return answer;
        }
    };
    INSTANCES
        .with_borrow_mut(|all| {
            all.push(Some(made));
            all.len() - 1
        })
        .into()
}
