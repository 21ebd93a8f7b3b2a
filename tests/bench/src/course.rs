//! The runs: two fresh tabs and a fresh room each time, the two pages in turn.

use std::rc::Rc;

use anyhow::{Context, Result};
use serde_json::json;
use webrtc_steps_tabs::pairing::Browser;
use webrtc_steps_tabs::tab::Tab;

use crate::arguments::Arguments;
use crate::figures::{Quartiles, drift};
use crate::marks::Marks;
use crate::stage::{Page, Stage};

/// What was measured in one browser, in ms, oldest first.
#[derive(Default)]
pub(crate) struct Measured {
    plain: Vec<f64>,
    ours: Vec<f64>,
    marks: Option<Marks>,
}

/// Runs both pages as often as asked, after one run of each that is not counted.
pub(crate) async fn measure(browser: Browser, arguments: &Arguments) -> Result<Measured> {
    let stage = Stage::open(browser).await?;
    let mut measured = Measured {
        marks: arguments.stages.then(Marks::default),
        ..Measured::default()
    };
    for round in 0..=arguments.runs {
        for page in order(round) {
            let mut run = Run {
                stage: &stage,
                page,
                room: stage.room(),
                marks: measured.marks.as_mut().filter(|_| round > 0),
            };
            let time = run.time().await;
            let time = time.with_context(|| format!("run {round} of the {} page", page.name()))?;
            if round > 0 {
                measured.of(page).push(time);
            }
        }
    }
    Ok(measured)
}

/// A B, then B A: a machine that slowly gets faster or slower favours neither.
fn order(round: usize) -> [Page; 2] {
    if round.is_multiple_of(2) {
        [Page::Plain, Page::Ours]
    } else {
        [Page::Ours, Page::Plain]
    }
}

struct Run<'a> {
    stage: &'a Stage,
    page: Page,
    room: String,
    marks: Option<&'a mut Marks>,
}

impl Run<'_> {
    /// From the second tab's click on join to its channel's open, in ms.
    async fn time(&mut self) -> Result<f64> {
        let first = self.tab("first").await?;
        let second = self.tab("second").await?;
        join_until(&first, "data-role", "answerer").await?;
        let time = join_until(&second, "data-channel-state", "open").await?;
        if let Some(marks) = &mut self.marks {
            marks.read(self.page, &first, &second).await?;
        }
        second.close().await?;
        first.close().await?;
        Ok(time)
    }

    async fn tab(&self, name: &str) -> Result<Rc<Tab>> {
        let tab = self.stage.tab(name, self.page, &self.room).await?;
        if self.marks.is_some() {
            tab.eval(include_str!("marks.js"), vec![]).await?;
        }
        Ok(tab)
    }
}

/// Clicks on join and waits until the page shows a state; the time between the two, in ms.
async fn join_until(tab: &Tab, state: &str, value: &str) -> Result<f64> {
    let arguments = vec![json!(state), json!(value)];
    let time = tab.eval(include_str!("measure.js"), arguments).await;
    let time = time.with_context(|| format!("waiting until {state} is {value}"))?;
    time.as_f64()
        .with_context(|| format!("{}: the page measured `{time}`", tab.name))
}

impl Measured {
    fn of(&mut self, page: Page) -> &mut Vec<f64> {
        match page {
            Page::Plain => &mut self.plain,
            Page::Ours => &mut self.ours,
        }
    }

    /// Prints the figures; they are no verdict.
    pub(crate) fn print(&self, browser: Browser) {
        let (plain, ours) = (Quartiles::of(&self.plain), Quartiles::of(&self.ours));
        println!(
            "{browser}: from the second tab's click on join to its channel's open, {} runs of each page, in ms",
            self.plain.len()
        );
        println!(
            "  {:8} {:>14} {:>8} {:>14}",
            "page", "lower quartile", "median", "upper quartile"
        );
        for (page, times) in [(Page::Plain, plain), (Page::Ours, ours)] {
            let Quartiles {
                lower,
                median,
                upper,
            } = times;
            println!(
                "  {:8} {lower:>14.1} {median:>8.1} {upper:>14.1}",
                page.name()
            );
        }
        println!(
            "  ratio {:.3}; noise of the machine {:.3} (the plain page's first half through its second)",
            ours.median / plain.median,
            drift(&self.plain)
        );
        if let Some(marks) = &self.marks {
            marks.print();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_is_first_as_often_as_second() {
        let first: Vec<_> = (1..=20).map(|round| order(round)[0]).collect();
        let plain = first.iter().filter(|page| **page == Page::Plain).count();
        assert_eq!(plain, 10);
        assert_ne!(order(1), order(2));
    }
}
