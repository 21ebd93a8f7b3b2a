//! The diagram as a file: one picture of the whole run.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use webrtc_steps_core::diagram::{self, Diagram};

use crate::desk::Desk;

/// Writes the picture and hands it to the browser as a download.
pub(super) fn svg(diagram: &Diagram, now: f64, desk: &Desk) {
    let picture = diagram::svg(diagram, now, &|message| desk.words.say(message));
    download(desk, &picture);
}

fn download(desk: &Desk, picture: &str) -> Option<()> {
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    let parts = Array::of1(&picture.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = desk.host.owner_document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.unchecked_into();
    link.set_href(&url);
    link.set_download("webrtc-steps.svg");
    link.click();
    // The download holds on to what it needs.
    Url::revoke_object_url(&url).ok()
}
