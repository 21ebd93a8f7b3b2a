//! When each stage of the connection was reached in both tabs, so that a difference can be found where it arises.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use webrtc_steps_tabs::tab::Tab;

use crate::figures::median;
use crate::stage::Page;

/// ms since 1970, by the name of the stage.
type Reached = BTreeMap<String, f64>;

/// What was reached when, over all runs: ms after the second tab's click.
#[derive(Default)]
pub(crate) struct Marks {
    plain: BTreeMap<String, Vec<f64>>,
    ours: BTreeMap<String, Vec<f64>>,
}

impl Marks {
    /// Takes over what both tabs wrote down in one run.
    pub(crate) async fn read(&mut self, page: Page, first: &Tab, second: &Tab) -> Result<()> {
        let (theirs, own) = (reached(first).await?, reached(second).await?);
        let click = own.get("click").context("no click was written down")?;
        let all = match page {
            Page::Plain => &mut self.plain,
            Page::Ours => &mut self.ours,
        };
        for (tab, marks) in [("first", &theirs), ("second", &own)] {
            for (name, time) in marks {
                let row = all.entry(format!("{tab}: {name}")).or_default();
                row.push(time - click);
            }
        }
        Ok(())
    }

    /// Prints the medians in the order of the plain page's, and what only ours has below.
    pub(crate) fn print(&self) {
        println!("  stages, in ms after the second tab's click (medians)");
        println!(
            "  {:40} {:>8} {:>8} {:>8}",
            "stage", "plain", "ours", "later by"
        );
        let mut names: Vec<&String> = self.plain.keys().chain(self.ours.keys()).collect();
        names.sort_by(|one, other| {
            let at = |name: &String| {
                let times = self.plain.get(name).or_else(|| self.ours.get(name));
                times.map_or(f64::NAN, |times| median(times))
            };
            at(one).total_cmp(&at(other)).then_with(|| one.cmp(other))
        });
        names.dedup();
        for name in names {
            let at =
                |all: &BTreeMap<_, Vec<f64>>| all.get(name).map_or(f64::NAN, |all| median(all));
            let (plain, ours) = (at(&self.plain), at(&self.ours));
            println!("  {name:40} {plain:>8.1} {ours:>8.1} {:>8.1}", ours - plain);
        }
    }
}

async fn reached(tab: &Tab) -> Result<Reached> {
    let marks = tab.eval("return window.benchMarks;", vec![]).await?;
    serde_json::from_value(marks).with_context(|| format!("{}: reading its stages", tab.name))
}
