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
    let (Some(list), Some(template)) = (desk.part("fits-list"), desk.template("fit")) else {
        return;
    };
    dom::say(&list, "");
    for fit in fits {
        let Some(item) = template.stamp() else { return };
        let count = words.with("ui.wb.fit.count", &[("read", &fit.read), ("of", &fit.of)]);
        dom::fill(&item, &[("title", &fit.title), ("count", &count)]);
        if let Some(button) = dom::find(&item, "button") {
            let id = if desk.in_run() {
                "ui.wb.fit.switch"
            } else {
                "ui.wb.fit.use"
            };
            dom::say(&button, &words.with(id, &[("title", &fit.title)]));
            dom::mark(&button, "data-name", &fit.name);
        }
        dom::append(&list, &item);
    }
}

/// Takes a proposed dialect: at once in a run, into the form before joining.
pub(super) fn choose(desk: &Desk, control: &Element) {
    let dialect = control.get_attribute("data-name").unwrap_or_default();
    if desk.in_run() {
        let document = String::new();
        desk.send(Command::SwitchDialect { dialect, document });
    } else {
        let fields = desk.form_with(&[("dialect", &dialect)]);
        desk.send(Command::Consider(fields));
        desk.send(Command::OpenDocument(dialect.clone()));
        let said = desk.words.with("ui.wb.fit.chosen", &[("name", &dialect)]);
        desk.say("fits-said", &said);
        desk.announce(&said);
    }
}
