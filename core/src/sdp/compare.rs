//! An answer held against its offer: what was proposed, what was accepted, changed or refused (RFC 3264 6).

use super::outline::{Outline, Section};
use crate::words::{Message, say};

/// What became of something that an offer proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    /// Accepted in part, or otherwise than proposed.
    Changed,
    Refused,
    /// Each side says its own: there is nothing to accept.
    Own,
}

impl Verdict {
    /// The word for `data-verdict`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Changed => "changed",
            Self::Refused => "refused",
            Self::Own => "own",
        }
    }
}

/// One thing that an offer proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub about: Message,
    pub offered: String,
    pub answered: String,
    pub verdict: Verdict,
}

/// One section of the offer and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// `application`, `audio` or `video`.
    pub media: String,
    pub mid: String,
    pub verdict: Verdict,
    pub rows: Vec<Row>,
}

/// Holds an answer against its offer: what holds for all sections, then each section. Any two texts can be compared.
pub fn compare(offer: &str, answer: &str) -> (Vec<Row>, Vec<Compared>) {
    let (offer, answer) = (Outline::of(offer), Outline::of(answer));
    let rows = [
        bundle(&offer, &answer),
        both(say("desc.cmp.setup"), &offer, &answer, "setup", chosen),
        both(
            say("desc.cmp.fingerprint"),
            &offer,
            &answer,
            "fingerprint",
            own,
        ),
        both(say("desc.cmp.ice"), &offer, &answer, "ice-ufrag", own),
        both(
            say("desc.cmp.options"),
            &offer,
            &answer,
            "ice-options",
            same,
        ),
    ];
    let sections = offer.sections.iter().enumerate();
    let sections = sections.map(|(index, section)| compared(section, answer.sections.get(index)));
    (rows.into_iter().flatten().collect(), sections.collect())
}

fn compared(offer: &Section<'_>, answer: Option<&Section<'_>>) -> Compared {
    let made = |verdict, rows| Compared {
        media: offer.media.to_owned(),
        mid: offer.value("mid").unwrap_or_default().to_owned(),
        verdict,
        rows,
    };
    let Some(answer) = answer.filter(|answer| !answer.is_refused()) else {
        return made(Verdict::Refused, Vec::new());
    };
    let rows = match offer.media {
        "application" => data(offer, answer),
        _ => media(offer, answer),
    };
    let less = |row: &Row| matches!(row.verdict, Verdict::Changed | Verdict::Refused);
    let verdict = if rows.iter().any(less) {
        Verdict::Changed
    } else {
        Verdict::Accepted
    };
    made(verdict, rows)
}

fn data(offer: &Section<'_>, answer: &Section<'_>) -> Vec<Row> {
    let value = |section: &Section<'_>, name| section.value(name).unwrap_or_default().to_owned();
    let row = |about, name| Row {
        about,
        offered: value(offer, name),
        answered: value(answer, name),
        verdict: Verdict::Own,
    };
    vec![
        row(say("desc.cmp.sctp-port"), "sctp-port"),
        row(say("desc.cmp.size"), "max-message-size"),
    ]
}

fn media(offer: &Section<'_>, answer: &Section<'_>) -> Vec<Row> {
    let flags = ["rtcp-mux", "rtcp-rsize"].into_iter();
    let flags = flags.map(|name| flag(name, offer, answer));
    [Some(direction(offer, answer))]
        .into_iter()
        .chain(codecs(offer, answer))
        .chain(extensions(offer, answer))
        .chain(flags)
        .flatten()
        .collect()
}

fn direction(offer: &Section<'_>, answer: &Section<'_>) -> Row {
    let (offered, answered) = (offer.direction(), answer.direction());
    Row {
        about: say("desc.cmp.direction"),
        offered: offered.to_owned(),
        answered: answered.to_owned(),
        verdict: match mirrored(offered) == answered {
            true => Verdict::Accepted,
            false => Verdict::Changed,
        },
    }
}

/// The codecs that are kept, and those that are not.
fn codecs(offer: &Section<'_>, answer: &Section<'_>) -> [Option<Row>; 2] {
    let formats = offer.formats.iter();
    let (kept, dropped): (Vec<&str>, Vec<&str>) =
        formats.partition(|format| keeps(offer, answer, format));
    let named = |formats: Vec<&str>| names(formats.into_iter().map(|format| name(offer, format)));
    [
        list(say("desc.cmp.codecs"), named(kept), Verdict::Accepted),
        list(
            say("desc.cmp.codecs-dropped"),
            named(dropped),
            Verdict::Refused,
        ),
    ]
}

/// The header extensions that are kept, and those that are not.
fn extensions(offer: &Section<'_>, answer: &Section<'_>) -> [Option<Row>; 2] {
    let known = |asked: &&str| answer.values("extmap").any(|other| uri(other) == *asked);
    let (kept, dropped): (Vec<&str>, Vec<&str>) = offer.values("extmap").map(uri).partition(known);
    let named = |uris: Vec<&str>| names(uris.into_iter().map(short_uri));
    [
        list(say("desc.cmp.extensions"), named(kept), Verdict::Accepted),
        list(
            say("desc.cmp.extensions-dropped"),
            named(dropped),
            Verdict::Refused,
        ),
    ]
}

/// What an answer says when it takes all that is offered.
fn mirrored(direction: &str) -> &str {
    match direction {
        "sendonly" => "recvonly",
        "recvonly" => "sendonly",
        other => other,
    }
}

/// Whether a codec of the offer is in the answer: under the same number, or with the same parameters.
fn keeps(offer: &Section<'_>, answer: &Section<'_>, format: &str) -> bool {
    let codec = name(offer, format);
    answer.formats.iter().any(|other| {
        name(answer, other).eq_ignore_ascii_case(codec)
            && (*other == format || answer.parameters(other) == offer.parameters(format))
    })
}

fn name<'a>(section: &Section<'a>, format: &'a str) -> &'a str {
    let codec = section.codec(format).unwrap_or(format);
    codec.split('/').next().unwrap_or(codec)
}

/// `number/direction uri`: the URI.
fn uri(extension: &str) -> &str {
    extension.split(' ').nth(1).unwrap_or_default()
}

/// The end of a URI, which is what tells it from the others.
fn short_uri(uri: &str) -> &str {
    uri.rsplit(['/', ':', '#']).next().unwrap_or(uri)
}

/// Names in the order in which they come, each once, with how often it came.
fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for name in all {
        match counted.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counted.push((name, 1)),
        }
    }
    let said = counted.into_iter().map(|(name, count)| match count {
        1 => name.to_owned(),
        count => format!("{name} ×{count}"),
    });
    said.collect::<Vec<_>>().join(", ")
}

fn list(about: Message, names: String, verdict: Verdict) -> Option<Row> {
    let answered = match verdict {
        Verdict::Refused => String::new(),
        _ => names.clone(),
    };
    (!names.is_empty()).then_some(Row {
        about,
        offered: names,
        answered,
        verdict,
    })
}

fn flag(name: &str, offer: &Section<'_>, answer: &Section<'_>) -> Option<Row> {
    offer.value(name)?;
    let taken = answer.value(name).is_some();
    let answered = if taken { name } else { "" };
    Some(Row {
        about: say("desc.cmp.rtcp"),
        offered: name.to_owned(),
        answered: answered.to_owned(),
        verdict: if taken {
            Verdict::Accepted
        } else {
            Verdict::Refused
        },
    })
}

fn bundle(offer: &Outline<'_>, answer: &Outline<'_>) -> Option<Row> {
    let (asked, kept) = (offer.bundle(), answer.bundle());
    let verdict = match (kept.is_empty(), kept.len() == asked.len()) {
        (true, _) => Verdict::Refused,
        (false, true) => Verdict::Accepted,
        (false, false) => Verdict::Changed,
    };
    (!asked.is_empty()).then(|| Row {
        about: say("desc.cmp.bundle"),
        offered: asked.join(" "),
        answered: kept.join(" "),
        verdict,
    })
}

/// A row for a value that the session or the first accepted section has.
fn both(
    about: Message,
    offer: &Outline<'_>,
    answer: &Outline<'_>,
    name: &str,
    judge: fn(&str, &str) -> Verdict,
) -> Option<Row> {
    let section = answer
        .sections
        .iter()
        .position(|section| !section.is_refused());
    let (offered, answered) = (offer.value(section, name)?, answer.value(section, name));
    let answered = answered.unwrap_or_default();
    Some(Row {
        about,
        offered: offered.to_owned(),
        answered: answered.to_owned(),
        verdict: judge(offered, answered),
    })
}

fn own(_offered: &str, answered: &str) -> Verdict {
    match answered {
        "" => Verdict::Refused,
        _ => Verdict::Own,
    }
}

/// `actpass` asks the answerer to choose, so a choice accepts it (RFC 8842 5.3).
fn chosen(offered: &str, answered: &str) -> Verdict {
    match (offered, answered) {
        (_, "") => Verdict::Refused,
        ("actpass", "active" | "passive") | ("active", "passive") | ("passive", "active") => {
            Verdict::Accepted
        }
        _ => Verdict::Changed,
    }
}

fn same(offered: &str, answered: &str) -> Verdict {
    match answered {
        "" => Verdict::Refused,
        _ if answered == offered => Verdict::Accepted,
        _ => Verdict::Changed,
    }
}
