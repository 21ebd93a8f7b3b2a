//! The three lamps: each says how it stands, and which of them waits for which.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{ANSWER, CONNECT, Element, OFFER, Pair, sentence};

fn lights(element: &Element) -> Vec<String> {
    let light = |lamp: &web_sys::Element| lamp.get_attribute("data-lamp").unwrap_or_default();
    element.all("[data-lamp]").iter().map(light).collect()
}

#[wasm_bindgen_test]
async fn each_lamp_waits_for_the_one_above_and_says_so() {
    let pair = Pair::join("manual").await;
    let ice = "[data-part=lamp-ice] [data-part=fact]";
    let dtls = "[data-part=lamp-dtls]";
    assert_eq!(lights(&pair.offerer), ["up", "idle", "idle"]);
    Pair::take(&pair.offerer, &OFFER).await;
    let waits = sentence("ui.lamp.ice.descriptions", &[]);
    assert_eq!(pair.offerer.text(ice), waits);
    Pair::take(&pair.answerer, &ANSWER).await;
    let nothing = sentence("ui.lamp.ice.nothing", &[("sent", "0"), ("received", "0")]);
    pair.answerer
        .until("ICE has nothing to check", |element| {
            element.text(ice) == nothing
        })
        .await;
    let waits = sentence("ui.lamp.dtls.waits", &[]);
    assert!(pair.answerer.text(dtls).contains(&waits));
    Pair::take(&pair.offerer, &["send-candidates", CONNECT]).await;
    pair.until_open().await;
    for element in [&pair.offerer, &pair.answerer] {
        element
            .until("all is up", |element| lights(element) == ["up", "up", "up"])
            .await;
    }
}
