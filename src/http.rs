//! HTTP requests: bounded in time and size, without cookies, and without redirects where they can be refused. Dropping one
//! aborts it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, Response, ResponseType,
};
use webrtc_steps_core::io::Millis;

use crate::fault::fault;
use crate::promise::then;
use crate::timers::after;

/// How long an answer may take, its last byte included.
const PATIENCE: Millis = 10_000.0;

/// What to ask, and how far.
pub(crate) struct Ask<'a> {
    pub(crate) url: &'a str,
    pub(crate) method: &'a str,
    pub(crate) headers: &'a [(String, String)],
    pub(crate) body: Option<&'a str>,
    pub(crate) mode: RequestMode,
    /// The longest answer taken, in bytes: memory of the program never shrinks.
    pub(crate) longest: usize,
    /// It goes on when its owner and the page are gone.
    pub(crate) parting: bool,
}

/// What came of it.
pub(crate) enum Answer {
    Came {
        status: u16,
        text: String,
    },
    /// It went out, and the browser shows nothing of the answer.
    Blind,
    TooLong,
    Late,
    /// In the browser's words.
    Failed(String),
}

/// A request under way.
pub(crate) struct Request {
    controller: Option<AbortController>,
    done: Done,
    parting: bool,
    _deadline: Timeout,
}

/// Who is told of the end, once.
#[derive(Clone)]
struct Done(Rc<RefCell<Option<Tell>>>);

type Tell = Box<dyn FnOnce(Answer)>;

/// An answer whose body is being read.
struct Body {
    reader: ReadableStreamDefaultReader,
    status: u16,
    bytes: Vec<u8>,
    longest: usize,
    controller: Option<AbortController>,
    done: Done,
}

impl Request {
    /// Sends a request; `done` hears what came of it, unless the request is dropped before.
    pub(crate) fn send(ask: &Ask<'_>, done: impl FnOnce(Answer) + 'static) -> Self {
        let done = Done(Rc::new(RefCell::new(Some(Box::new(done)))));
        let controller = AbortController::new().ok();
        let (late, late_controller) = (done.clone(), controller.clone());
        let deadline = after(PATIENCE, move || {
            late.tell(Answer::Late);
            abort(late_controller.as_ref());
        });
        start(ask, controller.clone(), &done);
        Self {
            controller,
            done,
            parting: ask.parting,
            _deadline: deadline,
        }
    }

    /// Whether it has come to its end.
    pub(crate) fn is_over(&self) -> bool {
        self.done.0.borrow().is_none()
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        let over = self.done.0.take().is_none();
        if !over && !self.parting {
            abort(self.controller.as_ref());
        }
    }
}

impl Done {
    fn tell(&self, answer: Answer) {
        // Taken out before it is called: it may drop the request.
        let done = self.0.take();
        if let Some(done) = done {
            done(answer);
        }
    }

    fn fail(&self, thrown: &JsValue) {
        self.tell(Answer::Failed(fault(thrown).message));
    }
}

impl Body {
    /// Reads the next part, and so on to the end.
    fn read(mut self) {
        let promise = self.reader.read();
        let done = self.done.clone();
        then(
            &promise,
            move |part| {
                if get(&part, "done").is_truthy() {
                    let text = String::from_utf8_lossy(&self.bytes).into_owned();
                    let status = self.status;
                    return self.done.tell(Answer::Came { status, text });
                }
                let part: Uint8Array = get(&part, "value").unchecked_into();
                let length = usize::try_from(part.length()).unwrap_or(usize::MAX);
                if self.bytes.len().saturating_add(length) > self.longest {
                    self.done.tell(Answer::TooLong);
                    return abort(self.controller.as_ref());
                }
                self.bytes.extend(part.to_vec());
                self.read();
            },
            move |thrown| done.fail(&thrown),
        );
    }
}

fn start(ask: &Ask<'_>, controller: Option<AbortController>, done: &Done) {
    let Some(window) = web_sys::window() else {
        return done.tell(Answer::Failed(String::new()));
    };
    let init = match init(ask, controller.as_ref()) {
        Ok(init) => init,
        Err(thrown) => return done.fail(&thrown),
    };
    let promise = window.fetch_with_str_and_init(ask.url, &init);
    let (longest, came, failed) = (ask.longest, done.clone(), done.clone());
    then(
        &promise,
        move |response| take(&response, longest, controller, came),
        move |thrown| failed.fail(&thrown),
    );
}

fn init(ask: &Ask<'_>, controller: Option<&AbortController>) -> Result<RequestInit, JsValue> {
    let init = RequestInit::new();
    init.set_method(ask.method);
    init.set_mode(ask.mode);
    init.set_credentials(RequestCredentials::Omit);
    // A redirect could lead to a host that nobody named. Only without CORS it cannot be refused (Fetch standard 4.1): then
    // nothing of the answer can be read either.
    init.set_redirect(if ask.mode == RequestMode::NoCors {
        RequestRedirect::Follow
    } else {
        RequestRedirect::Error
    });
    if let Some(controller) = controller {
        init.set_signal(Some(&controller.signal()));
    }
    let headers = Headers::new()?;
    for (name, value) in ask.headers {
        headers.append(name, value)?;
    }
    init.set_headers(&headers);
    if let Some(body) = ask.body {
        init.set_body(&body.into());
    }
    if ask.parting {
        Reflect::set(&init, &"keepalive".into(), &true.into())?;
    }
    Ok(init)
}

fn take(response: &JsValue, longest: usize, controller: Option<AbortController>, done: Done) {
    let Some(response) = response.dyn_ref::<Response>() else {
        return done.tell(Answer::Failed(String::new()));
    };
    let status = response.status();
    if response.type_() == ResponseType::Opaque {
        return done.tell(Answer::Blind);
    }
    let announced = response.headers().get("content-length").ok().flatten();
    let announced = announced.and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > longest) {
        done.tell(Answer::TooLong);
        return abort(controller.as_ref());
    }
    let Some(body) = response.body() else {
        let text = String::new();
        return done.tell(Answer::Came { status, text });
    };
    let reader = ReadableStreamDefaultReader::new(&body);
    match reader {
        Ok(reader) => Body {
            reader,
            status,
            bytes: Vec::new(),
            longest,
            controller,
            done,
        }
        .read(),
        Err(thrown) => done.fail(&thrown),
    }
}

fn abort(controller: Option<&AbortController>) {
    if let Some(controller) = controller {
        controller.abort();
    }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
