//! STUN and TURN servers as a user types them: URLs (RFC 7064, RFC 7065), checked with the mistake named.

use crate::settings::{FieldMistake, IceServer};
use crate::words::{Message, say};

/// Ports a browser blocks although a STUN or TURN URL with them is well formed (the Fetch standard's list, those below 1024 that people try).
const BLOCKED: [u16; 16] = [
    1, 7, 9, 21, 22, 23, 25, 53, 69, 110, 111, 123, 143, 389, 514, 587,
];
const MOST: usize = 16;

/// Reads the field: URLs separated by blanks or commas. TURN servers take the username and credential beside.
/// `unchecked`: it is for the browser to say what is wrong.
pub fn read(
    text: &str,
    username: &str,
    credential: &str,
    unchecked: bool,
) -> Result<Vec<IceServer>, FieldMistake> {
    let wrong = |message: Message| FieldMistake::new("ice-servers", message);
    let urls: Vec<&str> = split(text).collect();
    if urls.len() > MOST {
        return Err(wrong(say("ice.too-many").with("limit", MOST)));
    }
    let mut stun = Vec::new();
    let mut turn = Vec::new();
    for url in urls {
        check(url).or_else(|message| {
            if unchecked {
                Ok(())
            } else {
                Err(wrong(message))
            }
        })?;
        let list = if scheme(url).starts_with("turn") {
            &mut turn
        } else {
            &mut stun
        };
        list.push(url.to_owned());
    }
    let username = username.trim();
    let needs = !turn.is_empty() && !unchecked;
    if needs && username.is_empty() {
        return Err(FieldMistake::new("ice-username", say("ice.needs-username")));
    }
    if needs && credential.is_empty() {
        return Err(FieldMistake::new(
            "ice-credential",
            say("ice.needs-credential"),
        ));
    }
    let mut servers = Vec::new();
    if !stun.is_empty() {
        servers.push(IceServer {
            urls: stun,
            username: None,
            credential: None,
        });
    }
    if !turn.is_empty() {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let (username, credential) = (given(username), given(credential));
        servers.push(IceServer {
            urls: turn,
            username,
            credential,
        });
    }
    Ok(servers)
}

/// The URLs of the field with the host (and port) each would contact, as far as they can be read.
pub fn hosts(text: &str) -> Vec<(String, String)> {
    split(text)
        .filter(|url| check(url).is_ok())
        .map(|url| (url.to_owned(), authority(url).to_owned()))
        .collect()
}

/// Servers that a signaling server named, as far as a browser takes them: one that it refuses would cost the connection.
pub fn usable(servers: Vec<IceServer>) -> Vec<IceServer> {
    let fits = |server: &IceServer, url: &String| {
        let whole = server.username.is_some() && server.credential.is_some();
        check(url).is_ok() && (whole || !scheme(url).starts_with("turn"))
    };
    let kept = servers.into_iter().map(|mut server| {
        let urls = std::mem::take(&mut server.urls);
        server.urls = urls.into_iter().filter(|url| fits(&server, url)).collect();
        server
    });
    kept.filter(|server| !server.urls.is_empty())
        .take(MOST)
        .collect()
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
}

fn scheme(url: &str) -> String {
    url.split_once(':')
        .map_or("", |(scheme, _)| scheme)
        .to_ascii_lowercase()
}

fn authority(url: &str) -> &str {
    let rest = url.split_once(':').map_or("", |(_, rest)| rest);
    rest.split('?').next().unwrap_or("")
}

/// Names the first mistake of one URL.
fn check(url: &str) -> Result<(), Message> {
    let about = |id: &'static str| say(id).with("url", url);
    let scheme = scheme(url);
    let is_turn = matches!(scheme.as_str(), "turn" | "turns");
    if !is_turn && !matches!(scheme.as_str(), "stun" | "stuns") {
        let known = matches!(scheme.as_str(), "http" | "https" | "ws" | "wss");
        return Err(if known {
            about("ice.scheme").with("scheme", scheme)
        } else {
            about("ice.no-scheme")
        });
    }
    let rest = url.split_once(':').map_or("", |(_, rest)| rest);
    if rest.starts_with('/') {
        return Err(about("ice.slashes").with(
            "better",
            format!("{scheme}:{}", rest.trim_start_matches('/')),
        ));
    }
    let (host, query) = rest
        .split_once('?')
        .map_or((rest, None), |(host, query)| (host, Some(query)));
    if host.contains('@') {
        return Err(say("ice.user-in-url"));
    }
    if host.contains(['/', '#']) {
        return Err(about("ice.path"));
    }
    match query {
        Some(_) if !is_turn => return Err(about("ice.stun-query")),
        Some("transport=udp" | "transport=tcp") | None => {}
        Some(_) => return Err(about("ice.transport")),
    }
    check_host(host, &about)
}

fn check_host(host: &str, about: &dyn Fn(&'static str) -> Message) -> Result<(), Message> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (name, after) = rest.split_once(']').ok_or_else(|| about("ice.host"))?;
            (name, after.strip_prefix(':'))
        }
        None => host
            .split_once(':')
            .map_or((host, None), |(name, port)| (name, Some(port))),
    };
    if name.is_empty() {
        return Err(about("ice.host"));
    }
    let Some(port) = port else { return Ok(()) };
    match port.parse::<u16>() {
        Ok(port) if BLOCKED.contains(&port) => Err(about("ice.blocked-port").with("port", port)),
        Ok(1..) => Ok(()),
        _ => Err(about("ice.port").with("port", port)),
    }
}
