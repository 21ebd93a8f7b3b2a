//! Which dialect is this: the built-in ones that read the frames, best first, each with the way to use it.

use web_sys::Element;
use webrtc_steps_core::command::Command;
use webrtc_steps_core::io::Fit;

use super::desk::Desk;
use crate::views::dom;

/// Proposes the dialects that fit.
pub(super) fn show(fits: &[Fit], desk: &Desk) {
    let words = &desk.words;
    let said = match fits.first() {
        Some(fit) => words.with(
            "ui.wb.fit",
            &[("read", &fit.read), ("of", &fit.of), ("title", &fit.title)],
        ),
        None => words.text("ui.wb.fit.none"),
    };
    if desk
        .part("fits-said")
        .and_then(|part| part.text_content())
        .as_deref()
        != Some(said.as_str())
    {
        desk.announce(&said);
    }
    desk.say("fits-said", &said);
    desk.show("fits", true);
    let list = desk.list("fits-list", "fit");
    let id = if desk.in_run() {
        "ui.wb.fit.switch"
    } else {
        "ui.wb.fit.use"
    };
    for fit in fits {
        let count = words.with("ui.wb.fit.count", &[("read", &fit.read), ("of", &fit.of)]);
        let row = list.add(&[("title", &fit.title), ("count", &count)]);
        if let Some(button) = row.and_then(|row| dom::find(&row, "button")) {
            dom::say(&button, &words.with(id, &[("title", &fit.title)]));
            dom::mark(&button, "data-name", &fit.name);
        }
    }
}

/// Takes a proposed dialect: at once in a run, into the form before joining.
pub(super) fn choose(desk: &Desk, control: &Element) {
    let dialect = control.get_attribute("data-name").unwrap_or_default();
    let fields = desk.form_with(&[("dialect", &dialect)]);
    if desk.in_run() {
        let document = String::new();
        desk.send(Command::SwitchDialect { dialect, document });
    } else {
        desk.send(Command::Consider(fields));
        desk.send(Command::OpenDocument(dialect.clone()));
        let said = desk.words.with("ui.wb.fit.chosen", &[("name", &dialect)]);
        desk.say("fits-said", &said);
        desk.announce(&said);
    }
}
