//! A text as a file: handed to the browser as a download.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, Url};

use crate::desk::Desk;

/// Saves a text under a name; `kind` is its media type.
pub(crate) fn save(desk: &Desk, name: &str, kind: &str, text: &str) -> Option<()> {
    save_from(&desk.host, name, kind, text)
}

/// The same from any element of the page.
pub(crate) fn save_from(element: &Element, name: &str, kind: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = element.owner_document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download holds on to what it needs.
    Url::revoke_object_url(&url).ok()
}
