//! The HTTP steps of a dialect: made before the socket opens, or as a way to speak; to known hosts only.

use super::Session;
use super::brake::Go;
use crate::dialect::{Fetch, FetchAnswer, Told};
use crate::io::{Effect, Fault, What};
use crate::settings::{self, Endpoint};
use crate::trouble::{Blame, Trouble};
use crate::words::{Message, say};

impl Session {
    /// Makes a request of the dialect, if it goes where the user allowed. `parting`: it outlives the page.
    pub(super) fn fetch(&mut self, fetch: Fetch, parting: bool) {
        let Some(run) = &mut self.run else { return };
        if !allows(&run.settings, &fetch.url) {
            let url = run.conversation.shown(&fetch.url);
            run.conversation
                .fetched(fetch.id, &FetchAnswer::Failed(String::new()));
            return self.host_refused(&url);
        }
        let url = run.conversation.shown(&fetch.url);
        let body = fetch.body.as_ref().map(|body| run.conversation.shown(body));
        let method = fetch.method.clone();
        self.tell(What::Fetching { method, url, body });
        self.link.fetching.push((fetch.id, fetch.blind));
        self.order(Effect::Fetch {
            link: self.link.number,
            fetch,
            parting,
        });
    }

    /// A request came to its end.
    pub(super) fn fetched(&mut self, id: u32, answer: &FetchAnswer) {
        let Some(run) = &mut self.run else { return };
        let reading = run.conversation.fetched(id, answer);
        let blind = self.link.fetching.contains(&(id, true));
        self.link.fetching.retain(|(known, _)| *known != id);
        let credentials = self.credentials_in(&reading.told);
        let (status, text) = match answer {
            FetchAnswer::Came { status, text } => (Some(*status), self.shown(text, &credentials)),
            FetchAnswer::Blind => (None, String::new()),
            FetchAnswer::Failed(words) => (None, words.clone()),
        };
        self.tell(What::Fetched { status, text });
        if let [
            Told::Refused {
                url,
                status: None,
                why,
            },
        ] = reading.told.as_slice()
        {
            return self.not_fetched(url, why, blind);
        }
        self.carry_out(reading.fetches, reading.replies, reading.rule);
        for told in reading.told {
            self.told(told);
        }
        self.note_room();
        if !self.link.opening {
            return self.speak(false);
        }
        match self.link.refused.take() {
            Some(message) => self.leave(message, None),
            None => self.connect_when_ready(),
        }
    }

    /// An HTTP request was refused, or answered by something that does not fit.
    pub(super) fn fetch_refused(&mut self, url: &str, status: Option<u16>, why: &str) {
        let id = match status {
            Some(400..) => "trouble.fetch-status",
            _ => "trouble.fetch-unfit",
        };
        let cause = say(id)
            .with("url", self.shown(url, &[]))
            .with("status", status.unwrap_or(0))
            .with("why", self.shown(why, &[]));
        self.told_error(None, cause);
    }

    /// The browser handed no answer over. It says the same whether nobody answers or the page may not read it (Fetch
    /// standard 5.6, "reject with a TypeError").
    fn not_fetched(&mut self, url: &str, why: &str, blind: bool) {
        let (cause, advice) = match why {
            "TimeoutError" => ("trouble.fetch-late", "advice.fetch-nobody"),
            "QuotaExceededError" => ("trouble.fetch-long", "advice.fetch-long"),
            _ if blind => ("trouble.fetch-nobody", "advice.fetch-nobody"),
            _ => ("trouble.fetch-unread", "advice.fetch-cors"),
        };
        let url = self.shown(url, &[]);
        let host = settings::host(&url).unwrap_or(&url);
        let (cause, advice) = (say(cause).with("url", &url), say(advice).with("host", host));
        let (name, message) = ("fetch()".to_owned(), why.to_owned());
        let fault = Some(Fault { name, message }).filter(|_| !why.is_empty());
        if self.link.opening {
            let trouble = trouble("doing.join", cause, advice, fault);
            return self.link_failed(&url, trouble);
        }
        self.tell(What::Trouble(trouble("doing.signal", cause, advice, fault)));
        self.speak(false);
    }

    /// Opens the socket once everything that is fetched before was answered.
    pub(super) fn connect_when_ready(&mut self) {
        if self.link.opening && self.link.fetching.is_empty() {
            self.link.opening = false;
            self.connect();
        }
    }

    /// Requests and frames that a rule asks for.
    pub(super) fn carry_out(
        &mut self,
        fetches: Vec<Fetch>,
        replies: Vec<String>,
        rule: Option<usize>,
    ) {
        for fetch in fetches {
            match self.brake(fetch.body.as_ref().map_or(0, String::len)) {
                Go::Yes => self.fetch(fetch, false),
                Go::NoMore => self.note(say("note.braked")),
                Go::No => {}
            }
        }
        for reply in replies {
            match self.brake(reply.len()) {
                Go::Yes => drop(self.transmit(reply, "reply", false, rule)),
                Go::NoMore => self.note(say("note.braked")),
                Go::No => {}
            }
        }
    }

    fn brake(&mut self, bytes: usize) -> Go {
        let now = self.now;
        let run = self.run.as_mut();
        run.map_or(Go::No, |run| run.brake.ask(now, bytes))
    }

    /// The dialect leads to a host that nobody named: nothing goes there.
    pub(super) fn host_refused(&mut self, url: &str) {
        let host = settings::authority(url).unwrap_or(url);
        let message = say("field.host-unknown").with("host", host);
        if self.facts.run.linked {
            let advice = say("advice.add-host");
            self.tell(What::Trouble(trouble(
                "doing.signal",
                message,
                advice,
                None,
            )));
            return;
        }
        self.tell(What::FieldRefused {
            field: "hosts".to_owned(),
            message: message.clone(),
        });
        self.leave(message, None);
    }
}

/// Whether a URL leads to the endpoint's host, or to one that the user listed.
pub(super) fn allows(settings: &settings::Settings, url: &str) -> bool {
    match &settings.endpoint {
        Endpoint::Socket(endpoint) => settings.hosts.allow(endpoint, url),
        Endpoint::Tabs | Endpoint::Paste | Endpoint::Line => false,
    }
}

fn trouble(doing: &'static str, cause: Message, advice: Message, fault: Option<Fault>) -> Trouble {
    Trouble {
        blame: Blame::Endpoint,
        doing: say(doing),
        cause,
        advice,
        fault,
        step: None,
        refusal: None,
    }
}
