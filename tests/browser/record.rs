//! The record and the events: versioned plain data, each told once.

use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::Pair;

#[wasm_bindgen_test]
async fn every_event_is_told_once_and_the_record_holds_them_all_in_order() {
    let pair = Pair::connected().await;
    pair.chat().await;
    for element in [&pair.offerer, &pair.answerer] {
        assert_eq!(element.told(), element.record());
    }
}

#[wasm_bindgen_test]
async fn every_event_says_its_version_time_attempt_and_kind() {
    let pair = Pair::connected().await;
    pair.chat().await;
    pair.offerer.run("leave").await.unwrap();
    let mut last = 0.0;
    for event in pair.offerer.record() {
        assert_eq!(event["v"], 1, "{event}");
        let at = event["at"].as_f64().unwrap();
        assert!(at >= last, "time runs backwards: {event}");
        last = at;
        assert!(event["attempt"].is_u64(), "{event}");
        let kind = event["kind"].as_str().unwrap();
        assert!(!kind.is_empty() && kind != "other", "{event}");
    }
}

#[wasm_bindgen_test]
async fn the_record_is_plain_data() {
    let pair = Pair::connected().await;
    let record = pair.offerer.plain_record();
    // What is plain survives a structured clone and JSON alike.
    let copy = js_sys::JSON::parse(&String::from(js_sys::JSON::stringify(&record).unwrap()));
    assert_eq!(
        js_sys::JSON::stringify(&copy.unwrap()).unwrap(),
        js_sys::JSON::stringify(&record).unwrap()
    );
    for event in record.iter() {
        is_plain(&event);
    }
}

fn is_plain(value: &JsValue) {
    if let Some(list) = value.dyn_ref::<js_sys::Array>() {
        list.iter().for_each(|value| is_plain(&value));
    } else if let Some(object) = value.dyn_ref::<js_sys::Object>() {
        let prototype = js_sys::Object::get_prototype_of(object);
        let plain = js_sys::Object::get_prototype_of(&js_sys::Object::new());
        assert!(js_sys::Object::is(&prototype, &plain));
        js_sys::Object::values(object)
            .iter()
            .for_each(|value| is_plain(&value));
    } else {
        assert!(
            value.is_null()
                || value.is_string()
                || value.as_f64().is_some()
                || value.as_bool().is_some()
        );
    }
}

#[wasm_bindgen_test]
async fn attempts_are_counted_from_one_and_only_up() {
    let pair = Pair::connected().await;
    pair.offerer.run("close").await.unwrap();
    pair.offerer.run("leave").await.unwrap();
    pair.offerer.join().await;
    let attempts: Vec<u64> = pair
        .offerer
        .told()
        .iter()
        .filter_map(|event: &Value| event["attempt"].as_u64())
        .collect();
    assert!(attempts.is_sorted(), "{attempts:?}");
    assert_eq!(attempts.first(), Some(&0));
    assert!(attempts.last() > Some(&1));
}
