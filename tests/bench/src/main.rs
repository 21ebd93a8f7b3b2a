//! How long a first visit and a connection take on this page beside a plain one: medians, quartiles and their ratio, per browser; and what one
//! more event costs at the beginning of a run and at the end of a long one.

mod arguments;
mod course;
mod figures;
mod lasting;
mod marks;
mod stage;
mod visit;

use std::process::ExitCode;

use anyhow::{Context, Result};
use arguments::Arguments;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments = Arguments::read(lexopt::Parser::from_env())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the runtime of the bench")?;
    for &browser in &arguments.browsers {
        let visits = runtime.block_on(visit::measure(browser, arguments.runs));
        let visits = visits.with_context(|| format!("measuring first visits in {browser}"))?;
        visits.print(browser);
        if arguments.visit_only {
            continue;
        }
        let measured = runtime.block_on(course::measure(browser, &arguments));
        let measured = measured.with_context(|| format!("measuring in {browser}"))?;
        measured.print(browser);
        runtime
            .block_on(lasting::measure(browser))
            .with_context(|| format!("measuring a long run in {browser}"))?;
    }
    Ok(())
}
