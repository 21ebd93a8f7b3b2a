//! Whom joining would contact, what for, and who named it.

use super::endpoint::{endpoint, host};
use super::hosts::Hosts;
use super::{Endpoint, Field, Start, value};
use crate::dialect::Dialect;
use crate::ice_servers;
use crate::io::Contact;
use crate::words::{Message, say};

/// What joining with these fields would contact, as far as they can be read and the dialect is known.
pub fn contacts(fields: &[Field], start: &Start, dialect: Option<&Dialect>) -> Vec<Contact> {
    let mut contacts = Vec::new();
    let mut add = |host: &str, purpose: &'static str, named_by: Message| {
        contacts.push(Contact {
            host: host.to_owned(),
            purpose: say(purpose),
            named_by,
        });
    };
    let named = |field: &str| named_by(fields, start, field);
    if let Ok(Endpoint::Socket(url)) = endpoint(value(fields, start, "endpoint"), start)
        && let Some(host) = host(&url)
    {
        add(host, "contact.signaling", named("endpoint"));
        if dialect.is_some_and(Dialect::fetches) {
            add(host, "contact.http", say("named.dialect"));
        }
        for host in Hosts::read(value(fields, start, "hosts"))
            .unwrap_or_default()
            .names()
        {
            add(host, "contact.hosts", named("hosts"));
        }
        if dialect.is_some_and(Dialect::names_ice_servers) {
            add(host, "contact.ice-servers", say("named.dialect"));
        }
    }
    for (url, host) in ice_servers::hosts(value(fields, start, "ice-servers")) {
        let purpose = if url.starts_with("turn") {
            "contact.turn"
        } else {
            "contact.stun"
        };
        add(&host, purpose, named("ice-servers"));
    }
    contacts
}

/// Who chose the value of a field that stands as it is.
fn named_by(fields: &[Field], start: &Start, name: &str) -> Message {
    say(match start.named_by(fields, name) {
        Some("link") => "named.link",
        Some("page") => "named.page",
        Some(_) => "named.default",
        None => "named.you",
    })
}
