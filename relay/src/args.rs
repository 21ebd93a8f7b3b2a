//! The command line.

use std::{ffi::OsString, num::NonZeroU32, str::FromStr, time::Duration};

use lexopt::{Arg, Parser};
use webrtc_steps_relay::Settings;

/// What the user asked for.
#[derive(Debug)]
pub(crate) enum Order {
    Run(Box<Settings>),
    Help,
    Version,
}

/// What is wrong with the command line, as a sentence.
pub(crate) type Mistake = String;

pub(crate) const HELP: &str = "\
Passes signaling messages between the peers of a room over WebSocket.

Usage: webrtc-steps-relay [--listen ADDRESS:PORT] [--page DIR] [--origin URL]...

  --listen ADDRESS:PORT        where to listen; port 0 takes any free port [127.0.0.1:8081]
  --page DIR                   serve the built page in this folder at /
  --origin URL                 accept pages of this origin only; can be repeated
  --trusted-proxy IP           believe X-Forwarded-For of this proxy; can be repeated

Limits, all at least 1:
  --room-size N                peers in a room [2]
  --max-rooms N                rooms in use [1000]
  --max-connections N          WebSockets open [800]
  --per-address N              WebSockets open from one address [64]
  --max-message BYTES          one message [262144]
  --messages-per-second N      from one client, bursts of twice as many [100]
  --max-queue BYTES            waiting for a client that reads slowly [1048576]
  --max-room-name CHARACTERS   a room's name [128]
  --max-lifetime SECONDS       one WebSocket [86400]
  --ping-every SECONDS         between pings; two without an answer end a client [15]
  --resume-for SECONDS         a lost seat can be taken back [600]

  --help, --version
";

/// Reads the arguments after the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Order, Mistake> {
    let mut parser = Parser::from_args(arguments);
    let mut settings = Settings::default();
    while let Some(argument) = parser.next().map_err(described)? {
        let name = match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Order::Help),
            Arg::Long("version") | Arg::Short('V') => return Ok(Order::Version),
            Arg::Long(name) => name.to_owned(),
            other => return Err(described(other.unexpected())),
        };
        read_option(&name, &mut parser, &mut settings)?;
    }
    Ok(Order::Run(Box::new(settings)))
}

fn read_option(name: &str, parser: &mut Parser, settings: &mut Settings) -> Result<(), Mistake> {
    let limits = &mut settings.limits;
    match name {
        "listen" => {
            settings.listen = value(
                name,
                "ADDRESS:PORT, such as 127.0.0.1:8081 or [::1]:0",
                parser,
            )?
        }
        "page" => settings.page = Some(parser.value().map_err(described)?.into()),
        "origin" => settings.origins.push(value(
            name,
            "an origin, such as https://example.org",
            parser,
        )?),
        "trusted-proxy" => settings
            .trusted_proxies
            .push(value(name, "an IP address", parser)?),
        "room-size" => limits.room_size = count(name, parser)?,
        "max-rooms" => limits.max_rooms = count(name, parser)?,
        "max-connections" => limits.max_connections = count(name, parser)?,
        "per-address" => limits.per_address = count(name, parser)?,
        "max-message" => limits.max_message = count(name, parser)?,
        "messages-per-second" => limits.messages_per_second = number(name, parser)?,
        "max-queue" => limits.max_queue = count(name, parser)?,
        "max-room-name" => limits.max_room_name = count(name, parser)?,
        "max-lifetime" => limits.max_lifetime = seconds(name, parser)?,
        "ping-every" => limits.ping_every = seconds(name, parser)?,
        "resume-for" => limits.resume_for = seconds(name, parser)?,
        _ => return Err(described(Arg::Long(name).unexpected())),
    }
    Ok(())
}

fn value<T: FromStr>(name: &str, wanted: &str, parser: &mut Parser) -> Result<T, Mistake> {
    let text = parser.value().map_err(described)?;
    // What is no UTF-8 fits none of these values either.
    let text = text.to_string_lossy();
    text.parse()
        .map_err(|_| format!("--{name} wants {wanted}, not \"{text}\""))
}

fn number(name: &str, parser: &mut Parser) -> Result<u32, Mistake> {
    value(name, "a whole number of at least 1", parser).map(NonZeroU32::get)
}

fn count(name: &str, parser: &mut Parser) -> Result<usize, Mistake> {
    let number = number(name, parser)?;
    usize::try_from(number).map_err(|_| format!("--{name} {number} is too large for this machine"))
}

fn seconds(name: &str, parser: &mut Parser) -> Result<Duration, Mistake> {
    number(name, parser).map(|seconds| Duration::from_secs(u64::from(seconds)))
}

fn described(error: lexopt::Error) -> Mistake {
    format!("{error}; --help lists what there is")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(arguments: &[&str]) -> String {
        parse(arguments.iter().map(Into::into)).unwrap_err()
    }

    fn settings(arguments: &[&str]) -> Settings {
        match parse(arguments.iter().map(Into::into)).unwrap() {
            Order::Run(settings) => *settings,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_option_in_the_help_is_read() {
        let options = HELP
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--"));
        let options = options.filter(|line| !line.starts_with("help"));
        let names: Vec<&str> = options
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert_eq!(names.len(), 15);
        for name in names {
            let value = match name {
                "listen" => "[::1]:0",
                "origin" => "https://example.org",
                "trusted-proxy" => "::1",
                _ => "7",
            };
            settings(&[&format!("--{name}"), value]);
        }
    }

    #[test]
    fn the_defaults_in_the_help_are_the_defaults() {
        let defaults = HELP.lines().filter_map(|line| {
            let option = line.split_whitespace().next()?;
            Some((option, line.strip_suffix(']')?.rsplit_once('[')?.1))
        });
        let arguments: Vec<&str> = defaults
            .flat_map(|(option, value)| [option, value])
            .collect();
        assert_eq!(arguments.len(), 2 * 12);
        assert_eq!(
            format!("{:?}", settings(&arguments)),
            format!("{:?}", Settings::default())
        );
    }

    #[test]
    fn the_readme_lists_every_option_with_its_default() {
        let readme = include_str!("../README.md");
        for line in HELP
            .lines()
            .filter(|line| line.starts_with("  --") && !line.contains("--help"))
        {
            let option = line.split_whitespace().next().unwrap();
            let row = readme
                .lines()
                .find(|row| row.starts_with(&format!("| `{option} ")));
            let row = row.unwrap_or_else(|| panic!("{option} is not in the README"));
            if let Some((_, default)) = line
                .strip_suffix(']')
                .and_then(|line| line.rsplit_once('['))
            {
                assert!(row.ends_with(&format!(" {default} |")), "{row}");
            }
        }
    }

    #[test]
    fn a_mistake_is_named_with_what_was_wanted() {
        assert!(mistake(&["--listen", "8081"]).contains("wants ADDRESS:PORT"));
        assert!(mistake(&["--room-size", "0"]).contains("at least 1, not \"0\""));
        assert!(mistake(&["--origin", "*"]).contains("wants an origin"));
        assert!(mistake(&["--sped"]).contains("--sped"));
        assert!(mistake(&["--page"]).contains("--page"));
        assert!(mistake(&["extra"]).contains("extra"));
    }

    #[test]
    fn lists_grow_with_each_option() {
        let settings = settings(&[
            "--origin",
            "https://a.org",
            "--origin=https://b.org",
            "--trusted-proxy",
            "10.0.0.1",
        ]);
        assert_eq!(settings.origins.len(), 2);
        assert_eq!(settings.trusted_proxies.len(), 1);
    }
}
