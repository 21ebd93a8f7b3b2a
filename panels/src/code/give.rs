//! The whole program: shown, copied and saved.

use js_sys::encode_uri_component;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::code::{Answer, Program, html_page};
use webrtc_steps_core::words::Message;

use crate::desk::Desk;

/// The parts of the panel that show it.
pub(super) struct Parts {
    refused: Element,
    program: Element,
    how: Element,
    fill_in: Element,
    left_out: Element,
    said: Element,
    text: HtmlTextAreaElement,
}

impl Parts {
    pub(super) fn new(panel: &Build<'_>) -> Self {
        Self {
            refused: panel.part("refused"),
            program: panel.part("program"),
            how: panel.part("how"),
            fill_in: panel.part("fill-in"),
            left_out: panel.part("left-out"),
            said: panel.part("said"),
            text: panel.find_as("[data-part=text]"),
        }
    }

    /// Shows a program, or why there is none.
    pub(super) fn show(&self, program: Result<Program, Message>, words: &Words) {
        dom::show(&self.program, program.is_ok());
        dom::say(&self.said, "");
        let program = match program {
            Ok(program) => program,
            Err(why) => {
                self.text.set_value("");
                return dom::say_or_hide(&self.refused, &words.say(&why));
            }
        };
        dom::say_or_hide(&self.refused, "");
        dom::say(&self.how, &words.say(&program.how));
        let names = program.fill_in.join(", ");
        let fill_in = words.with("code.fill-in", &[("names", &names)]);
        dom::say(&self.fill_in, &fill_in);
        dom::show(&self.fill_in, !program.fill_in.is_empty());
        dom::say(&self.left_out, "");
        for message in &program.left_out {
            let document = self.left_out.owner_document();
            if let Some(item) = document.and_then(|document| document.create_element("li").ok()) {
                dom::say(&item, &words.say(message));
                dom::append(&self.left_out, &item);
            }
        }
        self.text.set_value(&program.text);
    }

    /// Puts the text on the clipboard, or marks it for the user to do so.
    pub(super) fn copy(&self, words: &Words) {
        let copied = dom::copy_field(&self.text);
        let said = if copied {
            "code.copied"
        } else {
            "code.not-copied"
        };
        dom::say(&self.said, &words.text(said));
    }

    /// Gives the link that was clicked the program as a file: the browser saves it, and nothing has to be taken back later.
    pub(super) fn download(&self, link: &Element, page: bool) {
        let text = self.text.value();
        let (kind, name, text) = if page {
            ("text/html", "side.html", html_page(&text))
        } else {
            ("text/javascript", "side.mjs", text)
        };
        let coded = String::from(encode_uri_component(&text));
        dom::mark(link, "href", &format!("data:{kind};charset=utf-8,{coded}"));
        dom::mark(link, "download", name);
    }
}

/// The answers to the dialect's questions, as the form has them: the record leaves out those that are about one side only.
pub(super) fn answers(desk: &Desk) -> Vec<Answer> {
    let Ok(fields) = desk.root.query_selector_all("[name^=\"var.\"]") else {
        return Vec::new();
    };
    let fields = dom::elements(&fields);
    let answer = |field: &Element| {
        let name = field.get_attribute("name")?;
        Some((name.strip_prefix("var.")?.to_owned(), value_of(field)?))
    };
    fields.iter().filter_map(answer).collect()
}

/// A field's value. One that hides what is typed keeps it.
fn value_of(field: &Element) -> Option<String> {
    if let Some(field) = field.dyn_ref::<HtmlSelectElement>() {
        return Some(field.value());
    }
    let field = field.dyn_ref::<HtmlInputElement>()?;
    (field.type_() != "password").then(|| field.value())
}
