//! The HTTP requests of a dialect: text out, text in.

use web_sys::RequestMode;
use webrtc_steps_core::dialect::{Fetch, FetchAnswer};
use webrtc_steps_core::io::SignalReport;

use crate::http::{Answer, Ask, Request};
use crate::inbox::Inbox;

/// The longest answer taken, in bytes.
const LONGEST: usize = 256 * 1024;
/// Requests at once: a server that asks for more is not served.
const MOST: usize = 16;

/// The requests under way, each with the link it belongs to. Dropping them aborts all but goodbyes.
#[derive(Default)]
pub(super) struct Fetches(Vec<(u32, Request)>);

impl Fetches {
    /// Makes a request; its answer is reported under `link`.
    pub(super) fn send(&mut self, link: u32, fetch: &Fetch, parting: bool, inbox: &Inbox) {
        self.0.retain(|(_, request)| !request.is_over());
        let (id, to) = (fetch.id, inbox.clone());
        let report = move |answer| {
            let answer = told(answer);
            to.signal(link, SignalReport::Fetched { id, answer });
        };
        if self.0.len() >= MOST {
            return report(Answer::TooLong);
        }
        let mode = if fetch.blind {
            RequestMode::NoCors
        } else {
            RequestMode::Cors
        };
        let ask = Ask {
            url: &fetch.url,
            method: &fetch.method,
            headers: &fetch.headers,
            body: fetch.body.as_deref(),
            mode,
            longest: LONGEST,
            parting,
        };
        self.0.push((link, Request::send(&ask, report)));
    }

    /// Keeps only what belongs to this link.
    pub(super) fn keep_only(&mut self, link: u32) {
        self.0.retain(|(of, _)| *of == link);
    }

    /// Aborts what belongs to a link that is closed.
    pub(super) fn close(&mut self, link: u32) {
        self.0.retain(|(of, _)| *of != link);
    }
}

fn told(answer: Answer) -> FetchAnswer {
    match answer {
        Answer::Came { status, text } => FetchAnswer::Came { status, text },
        Answer::Blind => FetchAnswer::Blind,
        Answer::Failed(words) => FetchAnswer::Failed(words),
        Answer::TooLong => FetchAnswer::Failed("QuotaExceededError".to_owned()),
        Answer::Late => FetchAnswer::Failed("TimeoutError".to_owned()),
    }
}
