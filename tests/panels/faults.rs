//! Faults on purpose are given by a form, listed while they hold, and what they hit is listed.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::opened::Opened;
use crate::support::{Element, Pair, room};

const FORM: &str = "form[data-do=disturb]";

async fn joined() -> Element {
    let element = Element::in_tabs(&room(), &[("mode", "manual")]);
    element.join().await;
    element
}

/// Fills the form and hands it in.
async fn disturb(opened: &Opened<'_>, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        let field = format!("{FORM} [name={name}]");
        if *name == "ms" {
            opened.element.type_into(&field, value);
        } else {
            opened.element.choose(&field, value);
        }
    }
    opened.click(&format!("{FORM} [type=submit]"));
    opened.catch_up().await;
}

#[wasm_bindgen_test]
async fn a_fault_is_listed_while_it_holds_and_can_be_removed() {
    let element = joined().await;
    let opened = Opened::on(&element);
    let fields = [
        ("side", "theirs"),
        ("signal", "offer"),
        ("disorder", "delay"),
    ];
    disturb(&opened, &fields).await;
    opened
        .until("the fault is listed", |element| {
            element.all("[data-at=faults] tbody tr").len() == 1
        })
        .await;
    let told = element.told_of("disturbances");
    let held = &told.last().unwrap()["disturbances"][0];
    assert_eq!(held["disorder"], "delay");
    assert_eq!(
        (&held["side"], &held["times"]),
        (&"theirs".into(), &1.into())
    );
    assert!(
        element
            .text("[data-at=faults] tbody tr")
            .contains("2000 ms")
    );
    opened.click("[data-do=undisturb]");
    opened
        .until("nothing holds", |element| {
            element.all("[data-at=faults] tbody tr").is_empty()
        })
        .await;
}

#[wasm_bindgen_test]
async fn the_milliseconds_are_asked_for_a_delay_only() {
    let element = joined().await;
    let opened = Opened::on(&element);
    let hidden = || element.find("[data-part=ms-field]").has_attribute("hidden");
    assert!(hidden());
    element.choose(&format!("{FORM} [name=disorder]"), "delay");
    assert!(!hidden());
    element.choose(&format!("{FORM} [name=disorder]"), "drop");
    assert!(hidden());
    drop(opened);
}

#[wasm_bindgen_test]
async fn what_was_hit_is_listed_and_leads_to_its_place() {
    let pair = Pair::join("auto").await;
    pair.until_open().await;
    let opened = Opened::on(&pair.offerer);
    disturb(
        &opened,
        &[
            ("side", "mine"),
            ("signal", ""),
            ("disorder", "duplicate"),
            ("times", ""),
        ],
    )
    .await;
    pair.offerer.run("restart-ice").await.unwrap();
    opened
        .until("a hit is listed", |element| {
            !element.all("[data-disturbed=duplicate]").is_empty()
        })
        .await;
    let place = pair.offerer.find("[data-disturbed] [data-do=go]");
    let number = place.get_attribute("data-goes").unwrap();
    let number: usize = number.strip_prefix("event-").unwrap().parse().unwrap();
    let event = &pair.offerer.record()[number - 1];
    assert_eq!(event["kind"], "disturbed");
}

#[wasm_bindgen_test]
async fn switches_follow_the_option_and_set_it() {
    let element = joined().await;
    let opened = Opened::on(&element);
    let selector = "[data-switch=add-by-hand]";
    let checked = || {
        let switch: HtmlInputElement = element.find(selector).unchecked_into();
        switch.checked()
    };
    opened.click(selector);
    opened.catch_up().await;
    let told = element.told_of("option");
    assert_eq!(told.last().unwrap()["on"], true);
    assert!(!element.find("[data-part=by-hand]").has_attribute("hidden"));
    element.run_with("add-by-hand", "off").await.unwrap();
    opened.catch_up().await;
    assert!(!checked());
    assert!(element.find("[data-part=by-hand]").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn each_control_of_the_panel_is_there_once_and_tells_why_it_cannot_be_used() {
    let element = Element::in_tabs(&room(), &[]);
    let opened = Opened::on(&element);
    for command in ["close-link", "add-candidates", "add-track", "renegotiate"] {
        assert_eq!(
            element.all(&format!("[data-command={command}]")).len(),
            1,
            "{command}"
        );
        opened
            .until("its reason is told", |element| {
                let control = element.find(&format!("[data-command={command}]"));
                let reason = control.get_attribute("aria-describedby").unwrap();
                control.get_attribute("aria-disabled").as_deref() == Some("true")
                    && !element.text(&format!("#{reason}")).is_empty()
            })
            .await;
    }
}
