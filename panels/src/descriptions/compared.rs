//! The answer against the offer: what was proposed, and what was accepted, changed or refused.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::sdp::compare::{Row, Verdict, compare};
use webrtc_steps_core::signal::Description;

use super::short;

/// The tables.
pub(super) struct Compared {
    words: Words,
    section: Template,
    row: Template,
}

impl Compared {
    pub(super) fn new(panel: &Build<'_>) -> Self {
        Self {
            words: panel.words.clone(),
            section: panel.template("compared-section", &["title", "verdict", "rows"]),
            row: panel.template("compared-row", &["about", "offered", "answered", "verdict"]),
        }
    }

    /// Draws offer against answer.
    pub(super) fn draw(&self, place: &Element, both: Option<(&Description, &Description)>) {
        dom::say(place, "");
        let Some((offer, answer)) = both else {
            return dom::say(place, &self.words.text("desc.cmp.nothing"));
        };
        let (session, sections) = compare(&offer.sdp, &answer.sdp);
        self.table(place, &self.words.text("desc.cmp.session"), None, &session);
        for section in sections {
            let title = self.words.with(
                "desc.cmp.section",
                &[("media", &section.media), ("mid", &section.mid)],
            );
            self.table(place, &title, Some(section.verdict), &section.rows);
        }
    }

    fn table(&self, place: &Element, title: &str, verdict: Option<Verdict>, rows: &[Row]) {
        let Some(section) = self.section.stamp() else {
            return;
        };
        dom::fill(&section, &[("title", title)]);
        if let (Some(verdict), Some(word)) = (verdict, dom::part(&section, "verdict")) {
            self.judge(&word, verdict);
        }
        if let Some(list) = dom::part(&section, "rows") {
            rows.iter().for_each(|row| self.put(&list, row));
        }
        if rows.is_empty()
            && let Some(table) = dom::find(&section, "table")
        {
            table.remove();
        }
        dom::append(place, &section);
    }

    fn put(&self, list: &Element, row: &Row) {
        let Some(made) = self.row.stamp() else { return };
        let about = self.words.say(&row.about);
        // Lists of names stay whole; a hash does not say more in full.
        let cut = |text: &str| match row.verdict {
            Verdict::Own => short(text),
            _ => text.to_owned(),
        };
        let answered = match row.answered.as_str() {
            "" => "–".to_owned(),
            text => cut(text),
        };
        dom::fill(
            &made,
            &[
                ("about", &about),
                ("offered", &cut(&row.offered)),
                ("answered", &answered),
            ],
        );
        if let Some(word) = dom::part(&made, "verdict") {
            self.judge(&word, row.verdict);
        }
        dom::append(list, &made);
    }

    fn judge(&self, place: &Element, verdict: Verdict) {
        dom::mark(place, "data-verdict", verdict.word());
        dom::say(
            place,
            &self.words.text(match verdict {
                Verdict::Accepted => "desc.verdict.accepted",
                Verdict::Changed => "desc.verdict.changed",
                Verdict::Refused => "desc.verdict.refused",
                Verdict::Own => "desc.verdict.own",
            }),
        );
    }
}
