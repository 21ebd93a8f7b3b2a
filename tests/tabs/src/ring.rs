//! The runner: a table of promises, each for some pairings of browsers, with at most two at work at a time.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::signal::ctrl_c;
use tokio::signal::unix::{SignalKind, signal};

use crate::browser;
use crate::children;
use crate::env;
use crate::pairing::Pairing;
use crate::world::World;

/// Tests that are only pausing need no processor: this many may be begun at a time.
const BEGUN: usize = 12;

/// The tests of this run.
pub struct Ring {
    /// One for all tests: a browser that is lent on keeps its connection.
    runtime: Arc<Runtime>,
    trials: Vec<Trial>,
    /// `cargo xtask test slow`: only the tests whose pauses a person's are.
    slow: bool,
}

impl Ring {
    /// An empty table.
    pub fn new() -> Result<Self> {
        let runtime = Runtime::new().context("starting the runtime of the tests")?;
        Ok(Self {
            runtime: Arc::new(runtime),
            trials: Vec::new(),
            slow: env::pause().is_some(),
        })
    }

    /// A promise, tested once for each of these pairings.
    pub fn promise<F>(&mut self, name: &str, pairings: &[Pairing], test: F)
    where
        F: AsyncFn(&World) -> Result<()> + Copy + Send + 'static,
    {
        if !self.slow {
            self.add(name, pairings, test);
        }
    }

    /// A promise about a slow person; these are begun first, since others can work while they pause.
    pub fn slow_promise<F>(&mut self, name: &str, pairings: &[Pairing], test: F)
    where
        F: AsyncFn(&World) -> Result<()> + Copy + Send + 'static,
    {
        self.add(name, pairings, test);
    }

    /// Runs what the command line asks for.
    pub fn run(self) -> ExitCode {
        let mut arguments = Arguments::from_args();
        arguments.test_threads.get_or_insert(BEGUN);
        self.runtime.spawn(end_all_when_told_to());
        let conclusion = libtest_mimic::run(&arguments, self.trials);
        browser::end_free_ones();
        conclusion.exit_code()
    }

    fn add<F>(&mut self, name: &str, pairings: &[Pairing], test: F)
    where
        F: AsyncFn(&World) -> Result<()> + Copy + Send + 'static,
    {
        for &pairing in pairings {
            let runtime = Arc::clone(&self.runtime);
            let run = move || runtime.block_on(one(pairing, test));
            self.trials
                .push(Trial::test(format!("{name}::{pairing}"), run));
        }
    }
}

async fn one<F>(pairing: Pairing, test: F) -> Result<(), Failed>
where
    F: AsyncFn(&World) -> Result<()>,
{
    let done = async {
        let world = World::start(pairing).await?;
        world.explained(test(&world).await).await?;
        world.end().await
    };
    done.await
        .map_err(|error| Failed::from(format!("{error:#}")))
}

/// On Ctrl-C or SIGTERM nothing is dropped, and the browsers would live on.
async fn end_all_when_told_to() -> std::io::Result<()> {
    let mut end = signal(SignalKind::terminate())?;
    tokio::select! {
        told = ctrl_c() => told?,
        _ = end.recv() => {}
    }
    children::end_below(std::process::id());
    browser::remove_profiles();
    std::process::exit(130)
}
