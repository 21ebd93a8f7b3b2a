//! Statistics in rtcstats: each report tells what is different from the one before it.

use serde_json::{Map, Value};

use super::names;

/// The name of the time that holds for every entry without one of its own.
const TIME: &str = "t";

/// What a report adds to the one before it; an entry that is gone is null.
pub(super) fn difference(before: Option<&Value>, now: &Value) -> Value {
    let empty = Map::new();
    let old = before.and_then(Value::as_object).unwrap_or(&empty);
    let mut changes = Map::new();
    for (id, entry) in now.as_object().into_iter().flatten() {
        let known = old.get(id).and_then(Value::as_object);
        let members = entry.as_object().into_iter().flatten();
        let new = members.filter(|(name, value)| {
            name.as_str() != "id" && known.is_none_or(|known| known.get(*name) != Some(value))
        });
        let new: Map<String, Value> = new
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if !new.is_empty() {
            changes.insert(id.clone(), Value::Object(new));
        }
    }
    for id in old.keys().filter(|id| now.get(id.as_str()).is_none()) {
        changes.insert(id.clone(), Value::Null);
    }
    Value::Object(changes)
}

/// The whole report: what was known with what is told.
pub(super) fn whole(before: Option<&Value>, told: &Value) -> Value {
    let mut report = before
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let time = told.get(TIME).cloned();
    for (id, changes) in told.as_object().into_iter().flatten() {
        let Some(changes) = changes.as_object() else {
            report.remove(id);
            continue;
        };
        let entry = report
            .entry(id)
            .or_insert_with(|| Value::Object(Map::new()));
        let Some(entry) = entry.as_object_mut() else {
            continue;
        };
        for (name, value) in changes {
            let name = names::property(name);
            entry.insert(
                name.to_owned(),
                if name == "type" {
                    names::kind(value)
                } else {
                    value.clone()
                },
            );
        }
    }
    if let Some(time) = time {
        for entry in report.values_mut().filter_map(Value::as_object_mut) {
            entry.insert("timestamp".to_owned(), time.clone());
        }
    }
    Value::Object(report)
}
