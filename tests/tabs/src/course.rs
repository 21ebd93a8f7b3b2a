//! The course as a person takes it: which control belongs to which step, in which order, and what must hold at its end.

use std::rc::Rc;
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::tab::{DEADLINE, LOOK, Tab};
use crate::world::World;

/// A step of one side and its command.
pub type Click = (u8, &'static str);

/// The offerer's first part.
pub const OFFER: [Click; 5] = [
    (2, "create-peer-connection"),
    (4, "add-data-channel"),
    (5, "create-offer"),
    (6, "set-local-description"),
    (8, "send-offer"),
];
/// The answerer's part.
pub const ANSWER: [Click; 6] = [
    (14, "create-peer-connection"),
    (16, "add-data-channel"),
    (17, "set-remote-description"),
    (18, "create-answer"),
    (19, "set-local-description"),
    (21, "send-answer"),
];
/// The answerer's candidates, in manual mode.
pub const ANSWERERS_CANDIDATES: Click = (22, "send-candidates");
/// The offerer's candidates, in manual mode.
pub const OFFERERS_CANDIDATES: Click = (25, "send-candidates");
/// The offerer's last step.
pub const LAST: Click = (26, "set-remote-description");

/// The two sides, both in one room. The one who comes first answers.
pub struct Pair {
    pub offerer: Rc<Tab>,
    pub answerer: Rc<Tab>,
}

impl Pair {
    /// Opens two tabs on the page with this query and lets both join, the answerer first.
    pub async fn join(world: &World, query: &str) -> Result<Self> {
        Self::join_at(
            world,
            &world.page(&format!("room={}&{query}", world.room())),
        )
        .await
    }

    /// Opens two tabs on this address and lets both join, the answerer first.
    pub async fn join_at(world: &World, url: &str) -> Result<Self> {
        let answerer = world.answerer(url).await?;
        let offerer = world.offerer(url).await?;
        let pair = Self { offerer, answerer };
        pair.enter().await?;
        Ok(pair)
    }

    /// Both click on join, the answerer first.
    pub async fn enter(&self) -> Result<()> {
        self.answerer.click("join").await?;
        joined(&self.answerer, "answerer").await?;
        self.offerer.click("join").await?;
        joined(&self.offerer, "offerer").await
    }

    /// The side of a step.
    pub fn side(&self, step: u8) -> &Tab {
        if matches!(step, 11..=22) {
            &self.answerer
        } else {
            &self.offerer
        }
    }

    /// Takes a step: it is the recommended one, its control is clicked, it is done.
    pub async fn take(&self, click: Click) -> Result<()> {
        let tab = self.side(click.0);
        take(tab, click).await
    }

    /// Takes several.
    pub async fn take_all(&self, clicks: impl IntoIterator<Item = Click>) -> Result<()> {
        for click in clicks {
            self.take(click).await?;
        }
        Ok(())
    }

    /// The whole manual course.
    pub async fn take_manual_course(&self) -> Result<()> {
        self.take_all(OFFER).await?;
        self.take_all(ANSWER).await?;
        self.take_all([ANSWERERS_CANDIDATES, OFFERERS_CANDIDATES, LAST])
            .await
    }

    /// The whole course in trickle mode: candidates go by themselves.
    pub async fn take_trickle_course(&self) -> Result<()> {
        self.take_all(OFFER).await?;
        self.take_all(ANSWER).await?;
        self.take(LAST).await
    }

    /// Takes whatever step either page recommends, until both channels are open.
    pub async fn follow(&self) -> Result<()> {
        let until = Instant::now() + DEADLINE;
        loop {
            let mut open = 0;
            for tab in [&self.answerer, &self.offerer] {
                let page = tab.look().await?;
                open += usize::from(page.is_open());
                let next = page.next().and_then(command_of);
                if let Some(command) = next.filter(|command| page.can(command)) {
                    tab.press(command).await?;
                }
            }
            if open == 2 {
                return Ok(());
            }
            ensure!(
                Instant::now() < until,
                "following the recommended steps led nowhere in {} s",
                DEADLINE.as_secs()
            );
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Both channels are open, and lines go both ways and stay as they are.
    pub async fn chat(&self) -> Result<()> {
        for tab in [&self.offerer, &self.answerer] {
            tab.wait("the channel is open", |page| page.is_open())
                .await?;
        }
        exchange(
            &self.offerer,
            &self.answerer,
            "I offered  <b>&amp;</b> grüße",
        )
        .await?;
        exchange(&self.answerer, &self.offerer, "I answered, \"as agreed\"").await
    }

    /// At the end: every step settled, the other side's seen or inferred, and nothing refused or complained of.
    pub async fn is_complete(&self) -> Result<()> {
        self.knows_every_step().await?;
        self.nothing_went_wrong().await
    }

    /// Every step is settled, the relay's and the other side's by what was observed or inferred.
    pub async fn knows_every_step(&self) -> Result<()> {
        for tab in [&self.offerer, &self.answerer] {
            let page = tab
                .wait("every step is done or skipped", |page| {
                    page.steps.len() == 26
                        && page
                            .steps
                            .iter()
                            .all(|step| matches!(step.status.as_str(), "done" | "skipped"))
                })
                .await?;
            for step in &page.steps {
                let known = matches!(step.evidence.as_deref(), Some("observed" | "inferred"));
                let own = step.whose == "mine";
                let skipped = step.status == "skipped";
                ensure!(
                    own != known || skipped,
                    "{}: step {} of {} has the evidence {:?}",
                    tab.name,
                    step.step,
                    step.whose,
                    step.evidence
                );
            }
            ensure!(page.next().is_none(), "{}: a step is still next", tab.name);
        }
        Ok(())
    }

    /// No trouble was told and the browser complained of nothing.
    pub async fn nothing_went_wrong(&self) -> Result<()> {
        for tab in [&self.offerer, &self.answerer] {
            let complaints = tab.complaints().await?;
            ensure!(
                complaints.is_empty(),
                "{}: the browser complained: {complaints:?}",
                tab.name
            );
            let page = tab.look().await?;
            let trouble = page.told.iter().find(|told| told.kind == "trouble");
            ensure!(trouble.is_none(), "{}: {trouble:?}", tab.name);
        }
        Ok(())
    }
}

/// The clicks of a part that come before a command.
pub fn before(part: impl IntoIterator<Item = Click>, command: &str) -> impl Iterator<Item = Click> {
    part.into_iter().take_while(move |click| click.1 != command)
}

/// The command of a step, where it has one.
fn command_of(step: u8) -> Option<&'static str> {
    let rest = [ANSWERERS_CANDIDATES, OFFERERS_CANDIDATES, LAST];
    OFFER
        .into_iter()
        .chain(ANSWER)
        .chain(rest)
        .find(|(number, _)| *number == step)
        .map(|(_, command)| command)
}

/// Takes whatever step one page recommends, until its channel is open.
pub async fn follow(tab: &Tab) -> Result<()> {
    let until = Instant::now() + DEADLINE;
    loop {
        let page = tab.look().await?;
        if page.is_open() {
            return Ok(());
        }
        let next = page.next().and_then(command_of);
        if let Some(command) = next.filter(|command| page.can(command)) {
            tab.press(command).await?;
        }
        ensure!(
            Instant::now() < until,
            "{}: following the recommended steps led nowhere",
            tab.name
        );
        tokio::time::sleep(LOOK).await;
    }
}

/// Waits until a tab is in its room, with this role.
pub async fn joined(tab: &Tab, role: &str) -> Result<()> {
    tab.wait(&format!("it is in the room as {role}"), |page| {
        page.state("signaling-link") == "open" && page.state("role") == role
    })
    .await?;
    Ok(())
}

/// Takes a step in a tab: it is the recommended one, its control is clicked, it is done.
pub async fn take(tab: &Tab, (step, command): Click) -> Result<()> {
    tab.wait(&format!("step {step} is next"), |page| {
        page.next() == Some(step) && page.can(command)
    })
    .await?;
    tab.press(command).await?;
    tab.wait(&format!("step {step} is done"), |page| {
        page.status(step) == "done"
    })
    .await?;
    Ok(())
}

/// Says a line in one tab and waits until the other shows exactly it, as its newest.
pub async fn exchange(from: &Tab, to: &Tab, line: &str) -> Result<()> {
    let before = to.look().await?.received().len();
    from.say(line).await?;
    let page = to
        .wait("a line comes", |page| page.received().len() > before)
        .await?;
    let came = page
        .received()
        .last()
        .copied()
        .unwrap_or_default()
        .to_owned();
    ensure!(came == line, "{}: `{line}` came as `{came}`", to.name);
    let page = from
        .wait("its own line is shown", |page| {
            page.lines
                .iter()
                .any(|own| own.way == "sent" && own.text == line)
        })
        .await?;
    ensure!(page.is_open(), "{}: the channel closed", from.name);
    Ok(())
}
