//! Takes a candidate apart and says what each part means (RFC 8839 5.1, RFC 8445 5.1.2, RFC 6544).

use std::net::IpAddr;

use crate::words::{Message, say};

/// A candidate's fields as they stand in its text. Nothing is checked: odd values stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed<'a> {
    pub foundation: &'a str,
    pub component: &'a str,
    /// `udp` or `tcp`, in either case.
    pub protocol: &'a str,
    pub priority: &'a str,
    pub address: &'a str,
    pub port: &'a str,
    /// `host`, `srflx`, `prflx` or `relay`; empty if the text ends before it.
    pub kind: &'a str,
    pub tcp_type: Option<&'a str>,
    pub related_address: Option<&'a str>,
    pub related_port: Option<&'a str>,
    pub ufrag: Option<&'a str>,
    /// Every other extension, as name and value.
    pub more: Vec<(&'a str, &'a str)>,
}

/// Takes `candidate:…` or `a=candidate:…` apart; `None` when it has fewer than the six fields that every candidate has.
pub fn parse(text: &str) -> Option<Parsed<'_>> {
    let text = text.trim();
    let value = text.strip_prefix("a=").unwrap_or(text);
    let mut fields = value.strip_prefix("candidate:")?.split_ascii_whitespace();
    let mut parsed = Parsed {
        foundation: fields.next()?,
        component: fields.next()?,
        protocol: fields.next()?,
        priority: fields.next()?,
        address: fields.next()?,
        port: fields.next()?,
        ..Parsed::default()
    };
    while let Some(name) = fields.next() {
        let value = fields.next().unwrap_or_default();
        match name {
            "typ" => parsed.kind = value,
            "tcptype" => parsed.tcp_type = Some(value),
            "raddr" => parsed.related_address = Some(value),
            "rport" => parsed.related_port = Some(value),
            "ufrag" => parsed.ufrag = Some(value),
            _ => parsed.more.push((name, value)),
        }
    }
    Some(parsed)
}

/// A priority taken apart: `2^24 × type + 2^8 × local + (256 − component)` (RFC 8445 5.1.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priority {
    /// 126 for host, 110 for prflx, 100 for srflx, 0 for relay, if the browser follows the recommendation.
    pub type_preference: u32,
    /// Orders the addresses of one machine.
    pub local_preference: u32,
    pub component: u32,
}

impl Priority {
    /// From the number in the candidate.
    pub fn of(priority: u32) -> Self {
        Self {
            type_preference: priority >> 24,
            local_preference: (priority >> 8) & 0xffff,
            component: 256 - (priority & 0xff),
        }
    }
}

/// One field of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// As RFC 8839 or the candidate itself calls it.
    pub name: &'a str,
    /// A piece of the candidate's text.
    pub value: &'a str,
    pub says: Message,
}

/// What an address is, as far as it can be told by its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// `….local`: a name that hides the address (RFC 6762).
    Mdns,
    Loopback,
    /// Of a private network (RFC 1918, RFC 4193).
    Private,
    /// Of one wire only (RFC 3927, RFC 4291 2.5.6).
    LinkLocal,
    /// `0.0.0.0` or `::`: left out on purpose.
    Hidden,
    Public4,
    Public6,
    /// A name, or nothing that can be read.
    Other,
}

impl AddressKind {
    /// Looks at an address.
    pub fn of(address: &str) -> Self {
        if address.to_ascii_lowercase().ends_with(".local") {
            return Self::Mdns;
        }
        match address.parse() {
            Ok(IpAddr::V4(ip)) if ip.is_unspecified() => Self::Hidden,
            Ok(IpAddr::V6(ip)) if ip.is_unspecified() => Self::Hidden,
            Ok(ip) if ip.is_loopback() => Self::Loopback,
            Ok(IpAddr::V4(ip)) if ip.is_private() => Self::Private,
            Ok(IpAddr::V4(ip)) if ip.is_link_local() => Self::LinkLocal,
            Ok(IpAddr::V4(_)) => Self::Public4,
            Ok(IpAddr::V6(ip)) if ip.is_unique_local() => Self::Private,
            Ok(IpAddr::V6(ip)) if ip.is_unicast_link_local() => Self::LinkLocal,
            Ok(IpAddr::V6(_)) => Self::Public6,
            Err(_) => Self::Other,
        }
    }

    fn says(self) -> Message {
        say(match self {
            Self::Mdns => "cand.address.mdns",
            Self::Loopback => "cand.address.loopback",
            Self::Private => "cand.address.private",
            Self::LinkLocal => "cand.address.link-local",
            Self::Hidden => "cand.address.hidden",
            Self::Public4 => "cand.address.public4",
            Self::Public6 => "cand.address.public6",
            Self::Other => "cand.address.other",
        })
    }
}

impl<'a> Parsed<'a> {
    /// Whether it is one of TCP.
    pub fn is_tcp(&self) -> bool {
        self.protocol.eq_ignore_ascii_case("tcp")
    }

    /// What this candidate is, in a sentence.
    pub fn means(&self) -> Message {
        let mdns = AddressKind::of(self.address) == AddressKind::Mdns;
        match self.kind {
            "host" if self.tcp_type == Some("active") => say("cand.means.host-active"),
            "host" if self.is_tcp() => say("cand.means.host-tcp"),
            "host" if mdns => say("cand.means.host-mdns"),
            "host" => say("cand.means.host"),
            "srflx" => say("cand.means.srflx").with("address", self.address),
            "prflx" => say("cand.means.prflx"),
            "relay" => say("cand.means.relay").with("address", self.address),
            other => say("cand.means.other").with("type", other),
        }
    }

    /// Its fields in the order of the grammar, each with what it means.
    pub fn fields(&self) -> Vec<Field<'a>> {
        let carried = match self.is_tcp() {
            true => say("cand.part.tcp"),
            false => say("cand.part.udp"),
        };
        let mut fields = vec![
            field("foundation", self.foundation, say("cand.part.foundation")),
            field("component", self.component, self.component_says()),
            field("protocol", self.protocol, carried),
            field("priority", self.priority, self.priority_says()),
            field(
                "address",
                self.address,
                AddressKind::of(self.address).says(),
            ),
            field("port", self.port, self.port_says()),
            field("typ", self.kind, self.kind_says()),
        ];
        let tcp_type = self.tcp_type;
        fields.extend(tcp_type.map(|way| field("tcptype", way, tcp_type_says(way))));
        fields.extend(self.related());
        let ufrag = self.ufrag;
        fields.extend(ufrag.map(|name| field("ufrag", name, say("cand.part.ufrag"))));
        let more = self.more.iter();
        fields.extend(more.map(|(name, value)| field(name, value, extension_says(name, value))));
        fields
    }

    fn component_says(&self) -> Message {
        match self.component {
            "1" => say("cand.part.component-1"),
            "2" => say("cand.part.component-2"),
            other => say("cand.part.component").with("value", other),
        }
    }

    fn priority_says(&self) -> Message {
        let Ok(number) = self.priority.parse() else {
            return say("cand.part.priority-odd");
        };
        let Priority {
            type_preference,
            local_preference,
            component,
        } = Priority::of(number);
        say("cand.part.priority")
            .with("type", type_preference)
            .with("local", local_preference)
            .with("component", component)
    }

    fn port_says(&self) -> Message {
        match self.port {
            "9" if self.tcp_type == Some("active") => say("cand.part.port-active"),
            "0" => say("cand.part.port-0"),
            _ => say("cand.part.port"),
        }
    }

    fn kind_says(&self) -> Message {
        match self.kind {
            "host" => say("cand.part.host"),
            "srflx" => say("cand.part.srflx"),
            "prflx" => say("cand.part.prflx"),
            "relay" => say("cand.part.relay"),
            _ => say("cand.part.kind-odd"),
        }
    }

    fn related(&self) -> Vec<Field<'a>> {
        let Some(address) = self.related_address else {
            return Vec::new();
        };
        let says = match (AddressKind::of(address), self.kind) {
            (AddressKind::Hidden, _) => say("cand.part.related-hidden"),
            (_, "relay") => say("cand.part.related-relay"),
            _ => say("cand.part.related"),
        };
        let port = self.related_port;
        let port = port.map(|port| field("rport", port, say("cand.part.related-port")));
        let address = field("raddr", address, says);
        [address].into_iter().chain(port).collect()
    }
}

fn field<'a>(name: &'a str, value: &'a str, says: Message) -> Field<'a> {
    Field { name, value, says }
}

fn tcp_type_says(way: &str) -> Message {
    match way {
        "active" => say("cand.part.tcp-active"),
        "passive" => say("cand.part.tcp-passive"),
        "so" => say("cand.part.tcp-so"),
        other => say("cand.part.other").with("name", other),
    }
}

fn extension_says(name: &str, value: &str) -> Message {
    match name {
        "generation" => say("cand.part.generation").with("value", value),
        "network-id" => say("cand.part.network-id").with("value", value),
        "network-cost" => say("cand.part.network-cost").with("value", value),
        other => say("cand.part.other").with("name", other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_of_chromium_is_taken_apart() {
        let text = "candidate:842163049 1 udp 1677729535 203.0.113.9 46154 typ srflx raddr 10.0.0.7 rport 50001 generation 0 ufrag 8Dnb network-id 1 network-cost 10";
        let parsed = parse(text).unwrap();
        assert_eq!((parsed.kind, parsed.port), ("srflx", "46154"));
        assert_eq!(parsed.related_address, Some("10.0.0.7"));
        assert_eq!(parsed.ufrag, Some("8Dnb"));
        let more = [
            ("generation", "0"),
            ("network-id", "1"),
            ("network-cost", "10"),
        ];
        assert_eq!(parsed.more, more);
        assert!(
            parsed
                .fields()
                .iter()
                .all(|field| text.contains(field.value))
        );
    }

    #[test]
    fn a_priority_is_put_together_from_three_numbers() {
        let priority = Priority::of(2_122_260_223);
        assert_eq!(priority.type_preference, 126);
        assert_eq!(priority.component, 1);
        let again = (priority.type_preference << 24)
            + (priority.local_preference << 8)
            + (256 - priority.component);
        assert_eq!(again, 2_122_260_223);
    }

    #[test]
    fn an_address_is_told_by_its_look() {
        let kinds = [
            (
                "9ce52306-6d7d-41a8-9ef2-3e489be3695a.local",
                AddressKind::Mdns,
            ),
            ("192.168.1.5", AddressKind::Private),
            ("fd00::2", AddressKind::Private),
            ("169.254.3.3", AddressKind::LinkLocal),
            ("203.0.113.9", AddressKind::Public4),
            ("2001:db8::1", AddressKind::Public6),
            ("0.0.0.0", AddressKind::Hidden),
            ("127.0.0.1", AddressKind::Loopback),
            ("example.org", AddressKind::Other),
        ];
        for (address, kind) in kinds {
            assert_eq!(AddressKind::of(address), kind, "{address}");
        }
    }

    #[test]
    fn what_is_cut_off_is_no_candidate_and_what_is_odd_stays_as_it_is() {
        assert_eq!(parse("candidate:1 1 udp"), None);
        assert_eq!(parse(""), None);
        let odd = parse("candidate:1 7 sctp many nowhere -1 typ").unwrap();
        assert_eq!((odd.component, odd.priority, odd.kind), ("7", "many", ""));
        assert_eq!(odd.means().id, "cand.means.other");
        assert!(odd.fields().len() >= 7);
    }
}
