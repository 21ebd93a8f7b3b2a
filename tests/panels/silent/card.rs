//! The card itself: it can be put away, shows one of several, and stands in for the card of the same trouble.

use wasm_bindgen_test::wasm_bindgen_test;

use super::provoked::wrong;
use super::viewer::{CARD, Viewer};
use crate::opened::Opened;
use crate::support::{Element, room};

fn row(element: &Element) -> Option<String> {
    element.all(CARD).first()?.get_attribute("data-row")
}

#[wasm_bindgen_test]
async fn of_several_the_most_certain_is_first_and_another_can_be_chosen() {
    let facts = wrong("ownOffer").await;
    let viewer = Viewer::of(2_000.0);
    let opened = viewer.told(&facts);
    let element = opened.element;
    assert_eq!(row(element).as_deref(), Some("S11"));
    let other = format!("{CARD} [data-do=diagnosis-choose][data-row=S12]");
    assert_eq!(element.all(&other).len(), 1);
    opened.click(&other);
    assert_eq!(row(element).as_deref(), Some("S12"));
}

#[wasm_bindgen_test]
async fn a_card_that_was_put_away_does_not_come_back_while_it_holds() {
    let facts = wrong("bothOffer").await;
    let viewer = Viewer::of(2_000.0);
    let opened = viewer.told(&facts);
    let element = opened.element;
    assert_eq!(row(element).as_deref(), Some("S12"));
    let said = element.text("[data-place=diagnosis] > [role=status]");
    assert!(
        said.contains(&element.text(&format!("{CARD} [data-part=title]"))),
        "{said}"
    );
    opened.click(&format!("{CARD} [data-do=diagnosis-dismiss]"));
    assert_eq!(row(element), None);
    opened.tell(&facts.last().unwrap().to_string());
    assert_eq!(row(element), None);
}

#[wasm_bindgen_test]
async fn a_trouble_that_is_explained_is_marked_so_that_it_is_not_said_twice() {
    let room = room();
    let [first, second, third] = [(); 3].map(|()| Element::in_tabs(&room, &[("mode", "auto")]));
    first.join().await;
    second.join().await;
    let opened = Opened::on(&third);
    assert!(third.run("join").await.is_err());
    opened
        .until("the card", |element| {
            !element.all(&format!("{CARD}[data-explains]")).is_empty()
        })
        .await;
}
