//! What the loader holds of a mounted element.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use webrtc_steps_core::io::Input;

use crate::app::{self, Answer, App};
use crate::begin;
use crate::inbox::{Inbox, Incoming};
use crate::views::dom;
use crate::words::Words;

/// A mounted element. Freeing it closes its connection and link, removes every listener and empties its shadow root.
#[wasm_bindgen]
pub struct Mounted {
    app: RefCell<App>,
    inbox: Inbox,
    tickets: Cell<u32>,
}

/// Fills the open shadow root of `host`. `words` is the catalogue of a language; `place` says which dialect
/// documents lie beside the module (`dialects`, each with `name` and `title`) and gives one by its name (`document`, a function
/// that answers with a promise of its text); `wake` is called when there is something to do, and then [`Mounted::turn`] has to
/// be called soon, from outside.
///
/// # Errors
/// An Error with a sentence when the host has no shadow root or the markup cannot be stamped.
#[wasm_bindgen]
pub fn mount(
    host: &HtmlElement,
    words: Object,
    place: &Object,
    wake: Function,
) -> Result<Mounted, JsValue> {
    let root = host
        .shadow_root()
        .ok_or_else(|| js_sys::Error::new("the element has no open shadow root"))?;
    let inbox = Inbox::new(wake);
    let beginning = begin::read(host, place);
    let app = App::new(host, &root, Words::new(words), beginning, inbox.clone())
        .map_err(|sentence| js_sys::Error::new(&sentence))?;
    let mounted = Mounted {
        app: RefCell::new(app),
        inbox,
        tickets: Cell::new(0),
    };
    if host.has_attribute("autojoin") {
        mounted.send("join", None, None);
    } else {
        mounted.inbox.send(Incoming::Input(Input::Tick));
    }
    Ok(mounted)
}

/// Takes the page's Trusted Types policy `webrtc-steps`, before the first [`mount`], where the browser knows such policies.
#[wasm_bindgen]
pub fn trust(policy: JsValue) {
    dom::trust(policy);
}

#[wasm_bindgen]
impl Mounted {
    /// Works off what has come in. Returns the events that became known, as plain data, in order. Called from within
    /// itself it does nothing: the outer call goes on until nothing is left.
    pub fn turn(&self) -> Array {
        self.app
            .try_borrow_mut()
            .map_or_else(|_| Array::new(), |mut app| app.turn())
    }

    /// Gives a command by its `data-command`, with the text that it takes: a line, SDP, JSON, `on` or `off`. The promise
    /// resolves when it is done and is rejected with the sentence the page shows.
    pub fn run(&self, command: &str, value: Option<String>) -> Promise {
        Promise::new(&mut |resolve, reject| {
            let answer = Answer { resolve, reject };
            self.send(command, value.clone(), Some(answer));
        })
    }

    /// An attribute of the host changed (`room`, `var-NAME`, …): before a run the start form shows it, during one it counts for the
    /// next.
    pub fn attribute(&self, host: &HtmlElement, name: &str) {
        if let Ok(mut app) = self.app.try_borrow_mut() {
            app.attribute(host, name);
        }
    }

    /// Shows everything in the words of another language; the run goes on.
    ///
    /// # Errors
    /// An Error with a sentence when the markup cannot be stamped.
    pub fn reword(&self, host: &HtmlElement, words: Object) -> Result<(), JsValue> {
        let root = host.shadow_root();
        let (Some(root), Ok(mut app)) = (root, self.app.try_borrow_mut()) else {
            return Ok(());
        };
        app.reword(host, &root, Words::new(words))
            .map_err(|sentence| js_sys::Error::new(&sentence).into())
    }

    /// Every event so far, oldest first.
    pub fn record(&self) -> Array {
        self.app
            .try_borrow()
            .map_or_else(|_| Array::new(), |app| app.record())
    }

    /// After a fault escaped from [`Mounted::turn`]: closes every connection and link the element had, so that the other
    /// side hears of it. What was interrupted can do nothing any more, so nothing of it is asked.
    pub fn abandon(&self) {
        self.inbox.abandon();
    }

    /// The page is going: says goodbye on the channel and on the link, and closes both. Returns the last events.
    pub fn leave_page(&self) -> Array {
        self.app
            .try_borrow_mut()
            .map_or_else(|_| Array::new(), |mut app| app.leave_page())
    }
}

impl Mounted {
    fn send(&self, name: &str, value: Option<String>, answer: Option<Answer>) {
        let app = self.app.try_borrow();
        let fields = || app.map_or_else(|_| Vec::new(), |app| app.form_fields());
        let Some(command) = app::command(name, value, fields) else {
            if let Some(answer) = answer {
                let sentence =
                    format!("There is no command {name}, or it does not take this value.");
                answer.give(Some(sentence));
            }
            return;
        };
        let ticket = answer.map(|answer| {
            let ticket = self.tickets.get().wrapping_add(1);
            self.tickets.set(ticket);
            (ticket, answer)
        });
        let number = ticket.as_ref().map(|(number, _)| *number);
        if let (Some((number, answer)), Ok(mut app)) = (ticket, self.app.try_borrow_mut()) {
            app.expect(number, answer);
        }
        self.inbox.send(Incoming::Input(Input::Command {
            command,
            ticket: number,
        }));
    }
}
