//! Dialect documents, fetched: those that come with the element lie beside its module, which finds them; others anywhere on the page's origin.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{RequestMode, Url};
use webrtc_steps_core::io::{Fault, Input};

use crate::fault::fault;
use crate::http::{Answer, Ask, Request};
use crate::inbox::{Inbox, Incoming};
use crate::promise::then;

/// The longest document taken, in bytes.
const LONGEST: usize = 64 * 1024;

/// Reads documents. Dropping it aborts what is under way.
pub(crate) struct Documents {
    /// Gives a promise of the text of a document that comes with the element, by its name.
    beside: Function,
    inbox: Inbox,
    requests: Vec<Request>,
}

impl Documents {
    pub(crate) fn new(beside: Function, inbox: Inbox) -> Self {
        Self {
            beside,
            inbox,
            requests: Vec::new(),
        }
    }

    /// Reads a document: a name that comes with the page, or a path of its own origin.
    pub(crate) fn load(&mut self, place: &str) {
        self.requests.retain(|request| !request.is_over());
        let (inbox, named) = (self.inbox.clone(), place.to_owned());
        let tell = move |answer| {
            let place = named;
            inbox.send(Incoming::Input(Input::Document { place, answer }));
        };
        if !place.contains('/') && !place.ends_with(".json") {
            return self.load_beside(place, tell);
        }
        match address(place) {
            Ok(url) => {
                let ask = Ask {
                    url: &url,
                    method: "GET",
                    headers: &[],
                    body: None,
                    mode: RequestMode::SameOrigin,
                    longest: LONGEST,
                    parting: false,
                };
                let request = Request::send(&ask, move |answer| tell(read(answer)));
                self.requests.push(request);
            }
            Err(fault) => tell(Err(fault)),
        }
    }

    fn load_beside(&self, name: &str, tell: impl FnOnce(Result<String, Fault>) + Clone + 'static) {
        let failed = tell.clone();
        let asked = self.beside.call1(&JsValue::UNDEFINED, &name.into());
        match asked.map(JsCast::dyn_into::<Promise>) {
            Ok(Ok(promise)) => then(
                &promise,
                move |text| tell(Ok(text.as_string().unwrap_or_default())),
                move |thrown| failed(Err(fault(&thrown))),
            ),
            Ok(Err(thrown)) | Err(thrown) => tell(Err(fault(&thrown))),
        }
    }
}

/// Where a document of the page lies. A path is of the page's own origin, whatever it looks like.
fn address(place: &str) -> Result<String, Fault> {
    let window = web_sys::window();
    let base = window
        .as_ref()
        .and_then(|window| window.document())
        .and_then(|document| document.base_uri().ok().flatten())
        .unwrap_or_default();
    let url = Url::new_with_base(place, &base).map_err(|thrown| fault(&thrown))?;
    let own = window.and_then(|window| window.location().origin().ok());
    if own.as_deref() != Some(&url.origin()) {
        return Err(named("SecurityError"));
    }
    Ok(url.href())
}

fn read(answer: Answer) -> Result<String, Fault> {
    match answer {
        Answer::Came {
            status: 200..=299,
            text,
        } => Ok(text),
        Answer::Came {
            status: 404 | 410, ..
        } => Err(named("NotFoundError")),
        Answer::Came { status, .. } => Err(Fault {
            name: "NetworkError".to_owned(),
            message: status.to_string(),
        }),
        Answer::TooLong => Err(named("QuotaExceededError")),
        Answer::Late => Err(named("TimeoutError")),
        Answer::Blind => Err(named("SecurityError")),
        Answer::Failed(message) => Err(Fault {
            name: "NetworkError".to_owned(),
            message,
        }),
    }
}

fn named(name: &str) -> Fault {
    Fault {
        name: name.to_owned(),
        message: String::new(),
    }
}
