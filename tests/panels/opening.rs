//! The panels open in an element and go with it.

use wasm_bindgen_test::wasm_bindgen_test;
use webrtc_steps_core::record;

#[wasm_bindgen_test]
fn a_text_that_is_no_event_is_refused_with_a_sentence() {
    assert!(record::read_event("{").is_err());
}
