//! Dialect documents, fetched: those that come with the page lie beside its module, others anywhere on its own origin.

use web_sys::{RequestMode, Url};
use webrtc_steps_core::io::{Fault, Input};

use crate::fault::fault;
use crate::http::{Answer, Ask, Request};
use crate::inbox::{Inbox, Incoming};

/// The longest document taken, in bytes.
const LONGEST: usize = 64 * 1024;

/// Reads documents. Dropping it aborts what is under way.
pub(crate) struct Documents {
    /// The URL of the module: the page's own documents lie beside it.
    base: String,
    inbox: Inbox,
    requests: Vec<Request>,
}

impl Documents {
    pub(crate) fn new(base: String, inbox: Inbox) -> Self {
        Self {
            base,
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
        match self.address(place) {
            Ok((url, mode)) => {
                let ask = Ask {
                    url: &url,
                    method: "GET",
                    headers: &[],
                    body: None,
                    mode,
                    longest: LONGEST,
                    parting: false,
                };
                let request = Request::send(&ask, move |answer| tell(read(answer)));
                self.requests.push(request);
            }
            Err(fault) => tell(Err(fault)),
        }
    }

    /// Where a document lies. A path is of the page's own origin, whatever it looks like.
    fn address(&self, place: &str) -> Result<(String, RequestMode), Fault> {
        if !place.contains('/') && !place.ends_with(".json") {
            let beside = format!("dialects/{place}.json");
            let url = Url::new_with_base(&beside, &self.base).map_err(|thrown| fault(&thrown))?;
            return Ok((url.href(), RequestMode::Cors));
        }
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
        Ok((url.href(), RequestMode::SameOrigin))
    }
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
