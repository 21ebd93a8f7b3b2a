//! A line of a scenario as words: blanks separate, quotes join, `#` begins a remark.

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) words: Vec<String>,
}

impl Line {
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        let mut words = Vec::new();
        let mut word: Option<String> = None;
        let mut quoted = false;
        for sign in text.chars() {
            match sign {
                '#' if !quoted && word.is_none() => break,
                '"' => {
                    quoted = !quoted;
                    word.get_or_insert_default();
                }
                ' ' if !quoted => words.extend(word.take()),
                sign => word.get_or_insert_default().push(sign),
            }
        }
        words.extend(word);
        Self {
            text: text.to_owned(),
            words,
        }
    }

    /// A word by its place, empty where there is none.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// Everything from a word on, as written.
    pub(crate) fn rest(&self, from: usize) -> String {
        let mut rest = self.text.as_str();
        for _ in 0..from {
            rest = rest
                .trim_start()
                .split_once(' ')
                .map_or("", |(_, rest)| rest);
        }
        rest.to_owned()
    }

    pub(crate) fn number(&self, at: usize) -> Result<u64, String> {
        self.word(at)
            .parse()
            .map_err(|_| format!("{:?} is no number", self.word(at)))
    }

    /// `12 s`, `300 ms`, `10 min`, in ms.
    pub(crate) fn time(&self, at: usize) -> Result<f64, String> {
        let unit = match self.word(at + 1) {
            "ms" => 1.0,
            "s" => 1_000.0,
            "min" => 60_000.0,
            other => return Err(format!("{other:?} is no unit of time")),
        };
        let number: f64 = self
            .word(at)
            .parse()
            .map_err(|_| format!("{:?} is no number", self.word(at)))?;
        Ok(number * unit)
    }

    pub(crate) fn side(&self, at: usize) -> Result<usize, String> {
        match self.word(at) {
            "a" => Ok(0),
            "b" => Ok(1),
            "c" => Ok(2),
            other => Err(format!("{other:?} is no page")),
        }
    }
}
