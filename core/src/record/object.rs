//! A JSON object whose members are asked for by name; the error is the name of what is missing or of another type.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::io::{Millis, Side};
use crate::words::Message;

/// Names the member that could not be read.
pub(super) type Read<T> = Result<T, &'static str>;

#[derive(Debug, Clone, Copy)]
pub(super) struct Object<'a>(&'a Map<String, Value>);

impl<'a> Object<'a> {
    pub(super) fn new(value: &'a Value) -> Read<Self> {
        value.as_object().map(Self).ok_or("object")
    }

    /// A member that is there and not null.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &'static str) -> Read<&'a str> {
        self.get(name).and_then(Value::as_str).ok_or(name)
    }

    pub(super) fn owned(&self, name: &'static str) -> Read<String> {
        self.text(name).map(str::to_owned)
    }

    /// A text that may be missing.
    pub(super) fn maybe(&self, name: &'static str) -> Read<Option<String>> {
        self.get(name).map(|_| self.owned(name)).transpose()
    }

    pub(super) fn flag(&self, name: &'static str) -> Read<bool> {
        self.get(name).and_then(Value::as_bool).ok_or(name)
    }

    /// A whole number of the asked size.
    pub(super) fn number<T: TryFrom<u64>>(&self, name: &'static str) -> Read<T> {
        let number = self.get(name).and_then(Value::as_u64);
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or(name)
    }

    pub(super) fn maybe_number<T: TryFrom<u64>>(&self, name: &'static str) -> Read<Option<T>> {
        self.get(name).map(|_| self.number(name)).transpose()
    }

    pub(super) fn time(&self, name: &'static str) -> Read<Millis> {
        self.get(name).and_then(Value::as_f64).ok_or(name)
    }

    pub(super) fn side(&self) -> Read<Side> {
        match self.text("side")? {
            "mine" => Ok(Side::Mine),
            "theirs" => Ok(Side::Theirs),
            _ => Err("side"),
        }
    }

    /// One of a few, by its word.
    pub(super) fn word<T: Copy>(
        &self,
        name: &'static str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Read<T> {
        let text = self.text(name)?;
        let mut all = all.iter().copied();
        all.find(|one| word(*one) == text).ok_or(name)
    }

    pub(super) fn maybe_word<T: Copy>(
        &self,
        name: &'static str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Read<Option<T>> {
        let given = self.get(name);
        given.map(|_| self.word(name, all, word)).transpose()
    }

    pub(super) fn object(&self, name: &'static str) -> Read<Self> {
        let object = self.get(name).and_then(Value::as_object);
        object.map(Self).ok_or(name)
    }

    /// Every element of a list, read by one function.
    pub(super) fn list<T>(
        &self,
        name: &'static str,
        read: impl Fn(&'a Value) -> Read<T>,
    ) -> Read<Vec<T>> {
        let list = self.get(name).and_then(Value::as_array).ok_or(name)?;
        list.iter().map(read).collect()
    }

    pub(super) fn texts(&self, name: &'static str) -> Read<Vec<String>> {
        self.list(name, |value| value.as_str().map(str::to_owned).ok_or(name))
    }

    /// A list of objects with two texts each.
    pub(super) fn pairs(
        &self,
        name: &'static str,
        first: &'static str,
        second: &'static str,
    ) -> Read<Vec<(String, String)>> {
        self.list(name, |value| {
            let pair = Object::new(value)?;
            Ok((pair.owned(first)?, pair.owned(second)?))
        })
    }

    pub(super) fn message(&self, name: &'static str) -> Read<Message> {
        let said = self.object(name)?;
        let args = said.object("args")?.0.iter().map(|(name, value)| {
            let value = value.as_str().ok_or("args")?;
            Ok((Cow::Owned(name.clone()), value.to_owned()))
        });
        Ok(Message {
            id: Cow::Owned(said.owned("id")?),
            args: args.collect::<Read<_>>()?,
        })
    }

    pub(super) fn maybe_message(&self, name: &'static str) -> Read<Option<Message>> {
        self.get(name).map(|_| self.message(name)).transpose()
    }
}
