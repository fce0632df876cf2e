//! The few of JavaScript's own functions that are needed. `js-sys` binds all of them, and its closures stay in the
//! module whether they are used or not (3 KB brotli).

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An array.
    #[wasm_bindgen(js_name = Array)]
    pub(super) type List;
    #[wasm_bindgen(constructor, js_class = "Array")]
    pub(super) fn new() -> List;
    #[wasm_bindgen(method, getter)]
    pub(super) fn length(this: &List) -> u32;
    #[wasm_bindgen(method)]
    pub(super) fn push(this: &List, value: &JsValue);
    #[wasm_bindgen(method, structural, indexing_getter)]
    pub(super) fn get(this: &List, index: u32) -> JsValue;
    #[wasm_bindgen(static_method_of = List, js_class = "Array", js_name = isArray)]
    pub(super) fn is_array(value: &JsValue) -> bool;

    /// A plain object.
    #[wasm_bindgen(js_name = Object)]
    pub(super) type Plain;
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub(super) fn new() -> Plain;
    #[wasm_bindgen(static_method_of = Plain, js_class = "Object")]
    pub(super) fn entries(value: &JsValue) -> List;
    #[wasm_bindgen(method, structural, indexing_getter)]
    pub(super) fn get(this: &Plain, key: &str) -> JsValue;
    #[wasm_bindgen(method, structural, indexing_setter)]
    pub(super) fn set(this: &Plain, key: &str, value: &JsValue);

    /// Bytes.
    #[wasm_bindgen(js_name = Uint8Array)]
    pub(super) type Bytes;
    #[wasm_bindgen(constructor, js_class = "Uint8Array")]
    pub(super) fn new(bytes: &[u8]) -> Bytes;
    /// What is in a `Uint8Array`: `Object` gives an object back as it is, and the glue copies what is in it.
    #[wasm_bindgen(js_name = Object)]
    pub(super) fn bytes(array: &JsValue) -> Vec<u8>;
}
