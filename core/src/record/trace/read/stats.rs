//! What statistics tell that no event does: that a channel is open, and which pair was selected.

use serde_json::Value;

use crate::io::Side;
use crate::signal::Candidate;

/// Something new in the statistics.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Seen {
    Channel { label: String, state: String },
    Pair { local: String, remote: String },
}

/// What was seen so far.
#[derive(Debug, Default)]
pub(super) struct Watched {
    candidates: Vec<(Side, String)>,
    channels: Vec<(String, String)>,
    pair: String,
}

impl Watched {
    /// Remembers a candidate as it was told.
    pub(super) fn know(&mut self, side: Side, candidate: &Candidate) {
        self.candidates.push((side, candidate.candidate.clone()));
    }

    /// The statistics as the text of a list, and what is new in them. They come as an object, by id.
    pub(super) fn look(&mut self, value: &Value) -> (String, Vec<Seen>) {
        let mut entries = Vec::new();
        for (id, entry) in value.as_object().into_iter().flatten() {
            if let Some(members) = entry.as_object() {
                let mut members = members.clone();
                members.insert("id".to_owned(), Value::from(id.as_str()));
                entries.push(Value::Object(members));
            }
        }
        let mut seen = Vec::new();
        for entry in &entries {
            match word(entry, "type") {
                "data-channel" => seen.extend(self.channel(entry)),
                "transport" => seen.extend(self.transport(entry, &entries)),
                _ => {}
            }
        }
        (Value::Array(entries).to_string(), seen)
    }

    fn channel(&mut self, entry: &Value) -> Option<Seen> {
        let (label, state) = (
            word(entry, "label").to_owned(),
            word(entry, "state").to_owned(),
        );
        let known = self.channels.iter().position(|(known, _)| *known == label);
        match known.and_then(|at| self.channels.get_mut(at)) {
            Some((_, known)) if *known == state => return None,
            Some((_, known)) => known.clone_from(&state),
            None => self.channels.push((label.clone(), state.clone())),
        }
        Some(Seen::Channel { label, state })
    }

    fn transport(&mut self, entry: &Value, entries: &[Value]) -> Option<Seen> {
        let selected = word(entry, "selectedCandidatePairId");
        if selected.is_empty() || selected == self.pair {
            return None;
        }
        let by_id = |id: &str| entries.iter().find(|entry| word(entry, "id") == id);
        let pair = by_id(selected)?;
        let local = by_id(word(pair, "localCandidateId"))?;
        let remote = by_id(word(pair, "remoteCandidateId"))?;
        selected.clone_into(&mut self.pair);
        Some(Seen::Pair {
            local: self.told(Side::Mine, local),
            remote: self.told(Side::Theirs, remote),
        })
    }

    /// The candidate as it was told, or as RFC 8839 writes what the statistics say of it.
    fn told(&self, side: Side, entry: &Value) -> String {
        let port = number(entry, "port");
        let at = [word(entry, "address"), &port].join(" ");
        let foundation = format!("candidate:{} ", word(entry, "foundation"));
        let fits = |text: &str| {
            text.contains(&at)
                || (text.starts_with(&foundation) && text.contains(&format!(" {port} ")))
        };
        let mut known = self.candidates.iter().filter(|(known, _)| *known == side);
        known.find(|(_, text)| fits(text)).map_or_else(
            || {
                let (protocol, priority) = (word(entry, "protocol"), number(entry, "priority"));
                format!(
                    "{foundation}1 {protocol} {priority} {at} typ {}",
                    word(entry, "candidateType")
                )
            },
            |(_, text)| text.clone(),
        )
    }
}

fn word<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn number(entry: &Value, name: &str) -> String {
    let number = entry.get(name).and_then(Value::as_u64);
    number.unwrap_or_default().to_string()
}
