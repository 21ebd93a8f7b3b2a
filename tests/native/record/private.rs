//! What is private stays here: no address, credential, name or line of chat that went into a record is in its file.

use std::net::{Ipv4Addr, Ipv6Addr};

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use webrtc_steps_core::io::{Event, Side, What};
use webrtc_steps_core::record::{Format, Keep, open, write};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

use crate::files::{about, offerer};

const HASH: &str = "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF";

/// Events of every kind that holds addresses, with this one in all its places.
fn events_with(address: &str) -> Vec<Event> {
    let sdp = format!(
        "v=0\r\no=- 1 2 IN IP4 {address}\r\nc=IN IP6 {address}\r\na=ice-ufrag:Ab1+\r\na=ice-pwd:passwordOfThisTest123456\r\n\
         a=fingerprint:sha-256 {HASH}\r\na=candidate:1 1 udp 2122 {address} 5000 typ srflx raddr {address} rport 9\r\n"
    );
    let candidate = format!(
        "candidate:1 1 udp 2122 {address} 5000 typ srflx raddr {address} rport 9 ufrag Ab1+"
    );
    let frame =
        json!({"to": "b7e2", "data": {"description": {"type": "offer", "sdp": sdp}}}).to_string();
    let carried = base64(&json!({"sdp": sdp, "more": base64(&candidate)}).to_string());
    let stats = json!([{"id": "I1", "type": "local-candidate", "address": address, "ip": address, "relatedAddress": address,
        "url": format!("turn:[{address}]:3478"), "usernameFragment": "Ab1+"}]);
    let all = [
        joining_with(address),
        What::Described {
            side: Side::Mine,
            description: Description {
                kind: DescriptionKind::Offer,
                sdp,
            },
        },
        What::Candidate {
            side: Side::Theirs,
            index: 0,
            candidate: Candidate {
                candidate: candidate.clone(),
                sdp_mid: Some("0".to_owned()),
                sdp_m_line_index: Some(0),
                username_fragment: Some("Ab1+".to_owned()),
            },
        },
        What::Sent {
            step: None,
            kind: "offer",
            to: None,
            text: frame,
            again: false,
            rule: None,
        },
        What::SignalToCarry { text: carried },
        What::SelectedPair {
            local: candidate.clone(),
            remote: candidate,
        },
        What::Stats {
            text: stats.to_string(),
        },
        failure_with(address),
        What::Chat {
            side: Side::Mine,
            text: "said in this test".to_owned(),
        },
    ];
    let event = |what| Event {
        at: 5_000.0,
        attempt: 1,
        what,
    };
    all.map(event).into()
}

fn failure_with(address: &str) -> What {
    What::CandidateError {
        url: format!("stun:[{address}]:3478"),
        code: 701,
        text: format!("no answer of {address}: amber-fox-12"),
    }
}

fn joining_with(address: &str) -> What {
    What::Joining {
        endpoint: format!("wss://{address}:8443/x?token=tokenOfThisTest"),
        room: "amber-fox-12".to_owned(),
        mode: "auto".to_owned(),
        dialect: "relay".to_owned(),
        ice_servers: vec![
            format!("stun:{address}:3478"),
            "turn:turn.of-this-test.example".to_owned(),
        ],
        vars: vec![("name".to_owned(), "Person Of This Test".to_owned())],
        hosts: vec!["other.of-this-test.example".to_owned()],
        alone: false,
        tells_peers: true,
        relay_only: false,
    }
}

fn base64(text: &str) -> String {
    // RFC 4648 4, six bits at a time.
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut coded = String::new();
    for part in text.as_bytes().chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| {
            bits << 8 | u32::from(*part.get(at).unwrap_or(&0))
        });
        for at in 0..4 {
            let sign = SIGNS[usize::try_from(bits >> (18 - 6 * at) & 63).expect("small")];
            coded.push(if at <= part.len() {
                char::from(sign)
            } else {
                '='
            });
        }
    }
    coded
}

/// An address that a peer could have: not unspecified, not this machine's own.
fn address() -> impl Strategy<Value = String> {
    let four = any::<u32>()
        .prop_map(Ipv4Addr::from_bits)
        .prop_filter("of a network", |address| {
            !address.is_unspecified() && !address.is_loopback()
        });
    let near = (1_u8..255).prop_map(|last| Ipv4Addr::new(192, 0, 2, last));
    let six = any::<u128>()
        .prop_map(Ipv6Addr::from_bits)
        .prop_filter("of a network", |address| {
            !address.is_unspecified() && !address.is_loopback()
        });
    let documented = (1_u128..99).prop_map(|last| Ipv6Addr::from_bits((0x2001_0db8 << 96) | last));
    prop_oneof![
        four.prop_map(|address| address.to_string()),
        near.prop_map(|address| address.to_string()),
        six.prop_map(|address| address.to_string()),
        documented.prop_map(|address| address.to_string()),
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"
            .prop_map(|name| format!("{name}.local")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_address_that_goes_in_comes_out(addresses in vec(address(), 1..4)) {
        let events: Vec<Event> = addresses.iter().flat_map(|address| events_with(address)).collect();
        for format in Format::ALL {
            let text = write(format, &events, &about(Keep::default()));
            for address in &addresses {
                prop_assert!(!stands_in(&text, address), "{} still has {address}", format.word());
                for part in text.split(|sign: char| !sign.is_ascii_alphanumeric() && !"+/=".contains(sign)) {
                    prop_assert!(!stands_in(&decoded(part), address), "{} has {address} in base64", format.word());
                }
            }
        }
    }
}

/// Whether an address stands in a text by itself: `1.2.3.4` is not in `11.2.3.4`.
fn stands_in(text: &str, address: &str) -> bool {
    let part = |sign: char| sign.is_ascii_hexdigit() || sign == '.' || sign == ':';
    text.match_indices(address).any(|(at, _)| {
        let before = text[..at]
            .chars()
            .next_back()
            .is_some_and(|sign| part(sign) && sign != ':');
        let after = text[at + address.len()..]
            .chars()
            .next()
            .is_some_and(|sign| sign.is_ascii_hexdigit());
        !before && !after
    })
}

fn decoded(text: &str) -> String {
    let bits = text
        .bytes()
        .filter(|sign| *sign != b'=')
        .map(|sign| match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            _ => 63,
        });
    let bits: Vec<u8> = bits.collect();
    let bytes = bits.chunks(4).flat_map(|four| {
        let number = (0..4).fold(0_u32, |number, at| {
            number << 6 | u32::from(*four.get(at).unwrap_or(&0))
        });
        number.to_be_bytes().into_iter().skip(1)
    });
    String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned()
}

#[test]
fn no_credential_name_or_line_of_chat_comes_out() {
    for format in Format::ALL {
        let text = write(
            format,
            &events_with("203.0.113.77"),
            &about(Keep::default()),
        );
        let secrets = [
            "passwordOfThisTest",
            "Ab1+",
            HASH,
            "said in this test",
            "amber-fox",
            "of-this-test",
            "tokenOfThisTest",
            "Person Of",
        ];
        for secret in secrets {
            assert!(
                !text.contains(secret),
                "{} still has {secret}",
                format.word()
            );
        }
    }
}

#[test]
fn what_is_kept_by_choice_is_there_but_no_password() {
    let keep = Keep {
        private: true,
        hosts: true,
    };
    let text = write(Format::Own, &events_with("203.0.113.77"), &about(keep));
    for kept in [
        "203.0.113.77",
        "Ab1+",
        HASH,
        "said in this test",
        "amber-fox-12",
        "turn.of-this-test.example",
    ] {
        assert!(text.contains(kept), "{kept} is gone");
    }
    assert!(!text.contains("passwordOfThisTest"));
}

#[test]
fn what_was_equal_stays_equal_and_of_its_kind() {
    let text = write(
        Format::Own,
        &events_with("10.1.2.3"),
        &about(Keep::default()),
    );
    let opened = open(&text).expect("a record");
    let events = &opened.runs[0].events;
    let candidate = events.iter().rev().find_map(|event| match &event.what {
        What::Candidate { candidate, .. } => Some(candidate.candidate.as_str()),
        _ => None,
    });
    let candidate = candidate.expect("a candidate");
    let words: Vec<&str> = candidate.split(' ').collect();
    assert!(words[4].starts_with("192.0.2."), "{candidate}");
    assert_eq!(words[4], words[9], "{candidate}");
    let sdp = events.iter().rev().find_map(|event| match &event.what {
        What::Described { description, .. } => Some(description.sdp.as_str()),
        _ => None,
    });
    let sdp = sdp.expect("a description");
    assert!(sdp.contains(&format!(" {} 5000 typ", words[4])), "{sdp}");
    assert!(
        sdp.contains(&format!("a=ice-ufrag:{}\r\n", words[13])),
        "{sdp}"
    );
}

#[test]
fn the_name_of_the_browser_is_no_address() {
    let text = write(Format::Own, &offerer(), &about(Keep::default()));
    assert!(text.contains("Chrome/156.0.0.0"));
}
