//! Statistics in a dump of webrtc-internals: for each property of each entry the values over time (`"<id>-<property>"`).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::io::Millis;
use crate::record::clock::{from_iso, iso};
use crate::record::trace::Line;

/// One property over time: where it begins and ends, the type of its entry, its values.
#[derive(Default)]
struct Series {
    first: Millis,
    last: Millis,
    kind: String,
    values: Vec<Value>,
}

/// The series of all lines with statistics.
pub(super) fn write(lines: &[&Line]) -> Value {
    let mut all: BTreeMap<String, Series> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.method == "getStats") {
        for (id, entry) in line.value.as_object().into_iter().flatten() {
            let kind = entry
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let members = entry.as_object().into_iter().flatten();
            for (name, value) in
                members.filter(|(name, _)| !matches!(name.as_str(), "id" | "timestamp"))
            {
                add(
                    &mut all,
                    format!("{id}-{name}"),
                    kind,
                    line.at,
                    value.clone(),
                );
            }
            add(
                &mut all,
                format!("{id}-timestamp"),
                kind,
                line.at,
                line.at.into(),
            );
        }
    }
    let written = all.into_iter().map(|(name, series)| {
        let data = json!({
            "startTime": iso(series.first),
            "endTime": iso(series.last),
            "statsType": series.kind,
            "values": Value::Array(series.values).to_string(),
        });
        (name, data)
    });
    Value::Object(written.collect())
}

fn add(all: &mut BTreeMap<String, Series>, name: String, kind: &str, at: Millis, value: Value) {
    let series = all.entry(name).or_default();
    if series.values.is_empty() {
        series.first = at;
        kind.clone_into(&mut series.kind);
    }
    series.last = at;
    series.values.push(value);
}

/// The lines with statistics that the series were made from, in no order.
pub(super) fn read(stats: &Map<String, Value>) -> Vec<Line> {
    let mut times: BTreeMap<&str, Vec<Millis>> = BTreeMap::new();
    for (name, data) in stats {
        if let Some(id) = name.strip_suffix("-timestamp") {
            times.insert(id, values(data).iter().filter_map(Value::as_f64).collect());
        }
    }
    // Times are compared by their bits: those of one report are the same to the last.
    let mut reports: BTreeMap<u64, Map<String, Value>> = BTreeMap::new();
    for (name, data) in stats {
        let Some((id, property)) = parts(name) else {
            continue;
        };
        let values = values(data);
        let times = match times.get(id) {
            Some(times) => times.clone(),
            None => spread(data, values.len()),
        };
        // A property that came later has fewer values: the last ones.
        let skipped = times.len().saturating_sub(values.len());
        for (time, value) in times.iter().skip(skipped).zip(values) {
            let report = reports.entry(time.to_bits()).or_default();
            let entry = report
                .entry(id)
                .or_insert_with(|| json!({"type": data.get("statsType"), "timestamp": time}));
            if let Some(entry) = entry.as_object_mut().filter(|_| !value.is_null()) {
                entry.insert(property.to_owned(), value);
            }
        }
    }
    let line = |(time, report): (u64, Map<String, Value>)| Line {
        at: Millis::from_bits(time),
        attempt: 1,
        method: "getStats".to_owned(),
        value: Value::Object(report),
    };
    reports.into_iter().map(line).collect()
}

/// Id and property. What the tool computed by itself stands in brackets and is left out.
fn parts(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('-')
        .filter(|(_, property)| !property.ends_with(']'))
}

fn values(data: &Value) -> Vec<Value> {
    match data.get("values") {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        Some(Value::Array(values)) => values.clone(),
        _ => Vec::new(),
    }
}

/// Tools of before 2023 tell only when a series began and ended.
#[expect(clippy::cast_precision_loss, reason = "a number of values is small")]
fn spread(data: &Value, count: usize) -> Vec<Millis> {
    let time = |name: &str| from_iso(data.get(name)?.as_str()?);
    let (Some(first), Some(last)) = (time("startTime"), time("endTime")) else {
        return Vec::new();
    };
    let step = (last - first) / (count.saturating_sub(1).max(1) as f64);
    (0..count)
        .map(|index| first + step * index as f64)
        .collect()
}
