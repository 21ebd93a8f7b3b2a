//! The panels open in an element and go with it.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::opened::Opened;
use crate::support::{Element, room};

#[wasm_bindgen_test]
fn panels_are_there_once_opened_and_gone_once_closed() {
    let element = Element::in_tabs(&room(), &[]);
    let opened = Opened::on(&element);
    assert!(!element.all("[data-place=panels] > .panel").is_empty());
    drop(opened);
    assert!(element.all("[data-place=panels] > *").is_empty());
}

#[wasm_bindgen_test]
fn each_panel_is_a_place_of_its_own_and_can_be_folded() {
    let element = Element::in_tabs(&room(), &[]);
    let opened = Opened::on(&element);
    for panel in element.all("[data-place=panels] > .panel") {
        let place = panel.get_attribute("data-at").unwrap_or_default();
        assert_eq!(
            element.all(&format!("[data-at={place}]")).len(),
            1,
            "{place}"
        );
        let fold = format!("[data-at={place}] > h2 > [data-do=fold]");
        let before = element.find(&fold).get_attribute("aria-expanded");
        opened.click(&fold);
        let after = element.find(&fold).get_attribute("aria-expanded");
        assert_ne!(before, after, "{place}");
    }
}
