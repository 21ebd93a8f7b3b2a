//! Stand-ins: from the ranges kept for documentation, the same for the same, and none that stood in the record itself.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::scan::{Found, rewrite};

/// Every password's: long enough for RFC 8839.
const PASSWORD: &str = "leftOutLeftOutLeftOut00";

#[derive(Debug, Default)]
pub(super) struct StandIns {
    /// What stands in the record: a stand-in that is somebody's address would tell it.
    taken: BTreeSet<IpAddr>,
    addresses: BTreeMap<IpAddr, IpAddr>,
    locals: BTreeMap<String, String>,
    usernames: BTreeMap<String, String>,
    fingerprints: BTreeMap<String, String>,
    fours: u32,
    sixes: u32,
}

impl StandIns {
    /// Learns the addresses of a text.
    pub(super) fn learn(&mut self, text: &str) {
        rewrite(text, &mut |found| {
            if let Found::Address(address) = found {
                self.taken.insert(address);
            }
            None
        });
    }

    /// The text with stand-ins; with `keep`, only passwords are replaced.
    pub(super) fn clean(&mut self, text: &str, keep: bool) -> String {
        rewrite(text, &mut |found| match found {
            Found::Password => Some(PASSWORD.to_owned()),
            _ if keep => None,
            Found::Address(address) => self.address(address),
            Found::Local(name) => Some(numbered(
                &mut self.locals,
                &name.to_ascii_lowercase(),
                |number| format!("00000000-0000-4000-8000-{number:012x}.local"),
            )),
            Found::Username(name) => Some(username(&mut self.usernames, name)),
            Found::Fingerprint(hash) => Some(numbered(&mut self.fingerprints, hash, |number| {
                let pairs = hash.len().div_ceil(3);
                let zeros = "00:".repeat(pairs.saturating_sub(2));
                format!("{zeros}{:02X}:{:02X}", (number >> 8) & 0xff, number & 0xff)
            })),
        })
    }

    /// The stand-in of a username that stands by itself.
    pub(super) fn username(&mut self, name: &str) -> String {
        username(&mut self.usernames, name)
    }

    /// None for addresses that say nothing of a network: unspecified, and this machine's own.
    fn address(&mut self, address: IpAddr) -> Option<String> {
        if address.is_unspecified() || address.is_loopback() {
            return None;
        }
        if let Some(known) = self.addresses.get(&address) {
            return Some(known.to_string());
        }
        let stand_in = loop {
            let candidate = self.next(address);
            if !self.taken.contains(&candidate) {
                break candidate;
            }
        };
        self.addresses.insert(address, stand_in);
        Some(stand_in.to_string())
    }

    /// The next address of the same family. A private one of IPv4 and a public one stay apart.
    fn next(&mut self, like: IpAddr) -> IpAddr {
        match like {
            IpAddr::V4(like) => {
                self.fours += 1;
                let [_, _, high, low] = self.fours.to_be_bytes();
                IpAddr::V4(match (high, like.is_private()) {
                    (0, true) => Ipv4Addr::new(192, 0, 2, low),
                    (0, false) => Ipv4Addr::new(203, 0, 113, low),
                    // More than the ranges for documentation hold: of those that nobody may use.
                    _ => Ipv4Addr::from_bits(0xf000_0000 | self.fours),
                })
            }
            IpAddr::V6(_) => {
                self.sixes += 1;
                IpAddr::V6(Ipv6Addr::from_bits(
                    (0x2001_0db8 << 96) | u128::from(self.sixes),
                ))
            }
        }
    }
}

fn username(known: &mut BTreeMap<String, String>, name: &str) -> String {
    numbered(known, name, |number| format!("user{number}"))
}

fn numbered(
    known: &mut BTreeMap<String, String>,
    name: &str,
    make: impl Fn(usize) -> String,
) -> String {
    let number = known.len() + 1;
    let stand_in = known.entry(name.to_owned()).or_insert_with(|| make(number));
    stand_in.clone()
}
