//! Readers of dumps, written from the description of the formats alone: they share nothing with the code that writes them.

use std::collections::BTreeMap;

use serde_json::Value;

/// What a reader shows of one peer connection.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    /// Type and value of each entry of the log.
    pub(crate) log: Vec<(String, String)>,
    /// Milliseconds since 1970, of each entry.
    pub(crate) times: Vec<f64>,
    /// The last value of each property, by entry and property.
    pub(crate) stats: BTreeMap<(String, String), Value>,
}

/// `{UserAgent, getUserMedia, PeerConnections: {"<pid>-<n>": {url, rtcConfiguration, constraints, updateLog: [{time, type,
/// value}], stats: {"<id>-<property>": {startTime, endTime, statsType, values: "[…]"}}}}}`.
pub(crate) fn internals(text: &str) -> BTreeMap<String, Connection> {
    let dump: Value = serde_json::from_str(text).expect("one JSON object");
    assert!(dump["UserAgent"].is_string());
    assert!(dump["getUserMedia"].is_array());
    let connections = dump["PeerConnections"].as_object().expect("connections");
    let read = connections.iter().map(|(name, data)| {
        let (pid, number) = name.split_once('-').expect("<pid>-<n>");
        assert!(
            pid.parse::<u32>().is_ok() && number.parse::<u32>().is_ok(),
            "{name}"
        );
        for member in ["url", "rtcConfiguration", "constraints"] {
            assert!(data[member].is_string(), "{member}");
        }
        let mut connection = Connection::default();
        for entry in data["updateLog"].as_array().expect("a log") {
            let text = |name: &str| {
                entry[name]
                    .as_str()
                    .unwrap_or_else(|| panic!("{name} of {entry}"))
                    .to_owned()
            };
            assert!(text("time").ends_with('Z'), "{entry}");
            connection.log.push((text("type"), text("value")));
            connection
                .times
                .push(entry["timestamp"].as_f64().expect("milliseconds"));
        }
        for (series, data) in data["stats"].as_object().expect("stats") {
            let (id, property) = series.rsplit_once('-').expect("<id>-<property>");
            for member in ["startTime", "endTime", "statsType"] {
                assert!(data[member].is_string(), "{member} of {series}");
            }
            let values: Vec<Value> =
                serde_json::from_str(data["values"].as_str().expect("a text")).expect("a list");
            let last = values.last().expect("a value").clone();
            connection
                .stats
                .insert((id.to_owned(), property.to_owned()), last);
        }
        (name.clone(), connection)
    });
    read.collect()
}

/// Line 1 `RTCStatsDump`, line 2 an object, then `[method, connection, value, …extra, delta in ms]`; statistics tell what changed.
pub(crate) fn rtcstats(text: &str) -> BTreeMap<String, Connection> {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("RTCStatsDump"));
    let about: Value = serde_json::from_str(lines.next().expect("a second line")).expect("JSON");
    assert!(about.is_object());
    let mut connections: BTreeMap<String, Connection> = BTreeMap::new();
    let mut now = 0.0;
    for line in lines {
        let line: Vec<Value> = serde_json::from_str(line).expect("an array");
        now += line.last().and_then(Value::as_f64).expect("a delta");
        let name = line[1].as_str().expect("a connection").to_owned();
        let connection = connections.entry(name).or_default();
        let method = line[0].as_str().expect("a method");
        if method == "getStats" {
            for (id, entry) in line[2].as_object().expect("statistics") {
                let Some(entry) = entry.as_object() else {
                    connection.stats.retain(|(known, _), _| known != id);
                    continue;
                };
                for (property, value) in entry {
                    connection
                        .stats
                        .insert((id.clone(), property.clone()), value.clone());
                }
            }
        } else {
            connection
                .log
                .push((method.to_owned(), line[2].to_string()));
            connection.times.push(now);
        }
    }
    connections
}
