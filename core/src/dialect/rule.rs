//! A rule: one trigger, any results.

use std::slice;

use serde_json::{Map, Value};

use super::check;
use super::condition::Condition;
use super::event::{Event, Side};
use super::every::Every;
use super::example::Example;
use super::fetch::Request;
use super::mistake::Wrong;
use super::parse::Checker;

/// The most messages that one rule writes.
const MOST_SENDS: usize = 16;

/// One rule of a document.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) trigger: Trigger,
    /// As the document has it.
    pub(crate) source: Value,
    /// What is written, unless the trigger says it.
    pub(crate) send: Vec<Example>,
    pub(crate) means: Vec<Event>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) request: Option<Request>,
    pub(crate) every: Option<Every>,
    /// Candidates wait until the answer was sent or came.
    pub(crate) after_answer: bool,
}

/// What sets a rule off.
#[derive(Debug)]
pub(crate) enum Trigger {
    /// Events; none: only time does.
    On(Vec<Event>),
    Read(Example),
    Both(Example),
}

const KEYS: [&str; 11] = [
    "on", "read", "both", "send", "sends", "fetch", "means", "if", "every", "after", "note",
];
const TRIGGERS: [&str; 3] = ["on", "read", "both"];
/// What can be said again and again.
const REPEATED: [Event; 3] = [Event::Offer, Event::RequestOffer, Event::Open];

impl Rule {
    /// Reads one rule, noting its mistakes.
    pub(crate) fn parse(c: &mut Checker, value: &Value) -> Option<Self> {
        let Some(object) = value.as_object() else {
            c.wrong(Wrong::NotA("an object"));
            return None;
        };
        c.keys(object, &KEYS);
        let triggers = TRIGGERS
            .iter()
            .filter(|key| object.contains_key(**key))
            .count();
        c.unless(
            triggers > 0 || object.contains_key("every"),
            Wrong::NoTrigger,
        );
        c.unless(triggers < 2, Wrong::TwoTriggers);
        let side = if object.contains_key("both") {
            Side::Both
        } else {
            Side::Means
        };
        let before = c.mistakes.len();
        let means = events(c, object, "means", side);
        // What only follows from a mistake in `means` is not told beside it.
        let sound = c.mistakes.len() == before;
        let trigger = trigger(c, object, &means, sound);
        let mut rule = Self {
            trigger,
            source: value.clone(),
            send: Vec::new(),
            means,
            conditions: Vec::new(),
            request: None,
            every: None,
            after_answer: false,
        };
        rule.send = sends(c, object, rule.told());
        let more = !rule.send.is_empty() || object.contains_key("fetch");
        c.unless(!rule.is_both() || !more, Wrong::BothSends);
        c.key(object, "fetch", &mut |c, value| {
            rule.request = Request::parse(c, value, rule.told(), &rule.means);
        });
        rule.when(c, object);
        Some(rule)
    }

    /// Under which conditions it fits, and how often and how late it acts.
    fn when(&mut self, c: &mut Checker, object: &Map<String, Value>) {
        let told = self.told().to_vec();
        c.key(object, "if", &mut |c, value| {
            c.texts(value, &mut |c, text| {
                self.conditions.push(Condition::parse(c, text, &told));
            });
        });
        c.key(object, "every", &mut |c, value| {
            let text = c.whole_text(value);
            self.every = Every::parse(c, &text);
            let fits = told.iter().all(|event| REPEATED.contains(event));
            c.unless(
                fits && !matches!(self.trigger, Trigger::Read(_)),
                Wrong::EveryWhat,
            );
        });
        c.key(object, "after", &mut |c, value| {
            let answer = value.as_str() == Some("answer");
            c.unless(answer, Wrong::Form("after", "\"answer\""));
            let writes = told.iter().any(|event| event.is_candidate());
            c.unless(writes, Wrong::AfterWhat);
            self.after_answer = true;
        });
    }

    /// The example that is read, if this rule reads.
    pub(crate) fn example(&self) -> Option<&Example> {
        match &self.trigger {
            Trigger::Read(example) | Trigger::Both(example) => Some(example),
            Trigger::On(_) => None,
        }
    }

    /// What is read, as the document has it.
    pub(crate) fn read_source(&self) -> Option<&Value> {
        self.source.get("both").or_else(|| self.source.get("read"))
    }

    /// Whether what it means happens only when the answer to its request fits.
    pub(crate) fn waits_for_its_answer(&self) -> bool {
        self.request
            .as_ref()
            .is_some_and(|request| request.read.is_some())
    }

    /// Whether only time sets it off.
    pub(crate) fn is_timed(&self) -> bool {
        self.every.is_some() && matches!(&self.trigger, Trigger::On(events) if events.is_empty())
    }

    /// Whether a frame, or the answer to a request, can mean this event.
    pub(crate) fn reads(&self, event: Event) -> bool {
        let answered = self
            .request
            .as_ref()
            .is_some_and(|request| request.read.is_some());
        (self.example().is_some() || answered) && self.means.contains(&event)
    }

    /// Whether telling this event sets it off.
    pub(crate) fn writes(&self, event: Event) -> bool {
        self.told().contains(&event)
    }

    /// The events that set it off.
    pub(crate) fn told(&self) -> &[Event] {
        match &self.trigger {
            Trigger::On(events) => events,
            Trigger::Both(_) => &self.means,
            Trigger::Read(_) => &[],
        }
    }

    /// What is written when it is set off.
    pub(crate) fn written(&self) -> &[Example] {
        match &self.trigger {
            Trigger::Both(example) => slice::from_ref(example),
            Trigger::On(_) | Trigger::Read(_) => &self.send,
        }
    }

    pub(crate) fn is_both(&self) -> bool {
        matches!(self.trigger, Trigger::Both(_))
    }

    /// Whether it wraps or unwraps messages.
    pub(crate) fn is_envelope(&self) -> bool {
        self.writes(Event::Message) || self.means.contains(&Event::Message)
    }

    /// Whether its message travels inside an envelope, in a document that has one.
    pub(crate) fn is_inside(&self) -> bool {
        self.is_both() && !self.is_envelope()
    }
}

fn trigger(c: &mut Checker, object: &Map<String, Value>, means: &[Event], sound: bool) -> Trigger {
    let answered = object
        .get("fetch")
        .is_some_and(|fetch| fetch.get("read").is_some());
    let mut trigger = None;
    c.key(object, "read", &mut |c, value| {
        let example = c.example(value);
        if sound {
            // What is meant may come with the answer to its request instead.
            let here = if answered { &[] } else { means };
            check::example(&example, Some(here), None, c);
        }
        trigger = Some(Trigger::Read(example));
    });
    c.key(object, "both", &mut |c, value| {
        let example = c.example(value);
        if sound {
            check::example(&example, Some(means), Some(means), c);
        }
        trigger = Some(Trigger::Both(example));
        c.unless(object.contains_key("means"), Wrong::BothNeedsMeans);
    });
    trigger.unwrap_or_else(|| {
        let carried = means.iter().find(|event| event.is_carried());
        if let Some(event) = carried.filter(|_| !answered) {
            c.wrong(Wrong::WrongSide(
                event.name(),
                "be concluded from a message: use read or both",
            ));
        }
        Trigger::On(events(c, object, "on", Side::On))
    })
}

fn sends(c: &mut Checker, object: &Map<String, Value>, told: &[Event]) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut one = |c: &mut Checker, value: &Value| {
        let example = c.example(value);
        check::example(&example, None, Some(told), c);
        examples.push(example);
    };
    c.key(object, "send", &mut one);
    c.key(object, "sends", &mut |c, value| {
        c.unless(!object.contains_key("send"), Wrong::SendAndSends);
        c.list(value, MOST_SENDS, &mut one);
    });
    examples
}

fn events(c: &mut Checker, object: &Map<String, Value>, key: &str, side: Side) -> Vec<Event> {
    let mut events = Vec::new();
    c.key(object, key, &mut |c, value| {
        let none = value.as_array().is_some_and(Vec::is_empty);
        c.unless(!none, Wrong::NotA("an event, or a list of them"));
        c.texts(value, &mut |c, text| match Event::parse(text, side) {
            Ok(event) => events.push(event),
            Err(wrong) => c.wrong(wrong),
        });
    });
    events
}
