//! What a scenario insists on, whatever its timeline says: these lines fail even while timelines are being rewritten.

use webrtc_steps_core::io::{Side, What};
use webrtc_steps_core::step::Status;

use super::Run;
use super::line::Line;

impl Run {
    /// `expect both open`, `expect a next 5`, `expect b trouble trouble.no-route`, `expect a no trouble`, …
    pub(super) fn expect(&self, line: &Line) -> Result<(), String> {
        if line.word(1) == "both" {
            self.expect_of(0, line)?;
            return self.expect_of(1, line);
        }
        self.expect_of(line.side(1)?, line)
    }

    fn expect_of(&self, side: usize, line: &Line) -> Result<(), String> {
        let page = &self.world.sides[side];
        let facts = page.session.facts();
        let (found, wanted) = match line.word(2) {
            "open" => (facts.attempt.channel_open.to_string(), "true".to_owned()),
            "closed" => (facts.attempt.channel_open.to_string(), "false".to_owned()),
            "state" => (facts.attempt.connection.clone(), line.word(3).to_owned()),
            "signaling" => (facts.attempt.signaling.clone(), line.word(3).to_owned()),
            "role" => (
                facts.run.role.map_or("none", |role| role.word()).to_owned(),
                line.word(3).to_owned(),
            ),
            "attempt" => (facts.run.attempt.to_string(), line.word(3).to_owned()),
            "joined" => (facts.run.joined.to_string(), "true".to_owned()),
            "outside" => (facts.run.joined.to_string(), "false".to_owned()),
            "next" => (
                page.watch
                    .next()
                    .map_or("none".to_owned(), |step| step.to_string()),
                line.word(3).to_owned(),
            ),
            "done" => (
                format!("{:?}", page.watch.with_status(Status::Done)),
                line.rest(3),
            ),
            "heard" => (self.said(side, Side::Theirs).join(" | "), line.rest(3)),
            "said" => (self.said(side, Side::Mine).join(" | "), line.rest(3)),
            "tells" => (
                self.tells(side, line.word(3)).to_string(),
                "true".to_owned(),
            ),
            "no" if line.word(3) == "trouble" => (self.troubles(side).join(" "), String::new()),
            "no" => (
                self.tells(side, line.word(3)).to_string(),
                "false".to_owned(),
            ),
            word => return Err(format!("{word} is nothing to expect")),
        };
        if found == wanted {
            Ok(())
        } else {
            Err(format!("{} has {found:?}", page.name))
        }
    }

    fn said(&self, side: usize, of: Side) -> Vec<&str> {
        let lines = self.world.sides[side]
            .events
            .iter()
            .filter_map(|event| match &event.what {
                What::Chat { side, text } if *side == of => Some(text.as_str()),
                _ => None,
            });
        lines.collect()
    }

    fn troubles(&self, side: usize) -> Vec<&str> {
        let troubles = self.world.sides[side]
            .events
            .iter()
            .filter_map(|event| match &event.what {
                What::Trouble(trouble) => Some(&*trouble.cause.id),
                _ => None,
            });
        troubles.collect()
    }

    /// Whether a message of this id was part of any event.
    fn tells(&self, side: usize, id: &str) -> bool {
        let wanted = format!("\"{id}\"");
        let events = &self.world.sides[side].events;
        events.iter().any(|event| {
            webrtc_steps_core::timeline::json(event)
                .to_string()
                .contains(&wanted)
        })
    }
}
