//! The runner: a table of promises, each for some pairings of browsers, with at most two at work at a time.

use std::process::ExitCode;

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Builder;
use tokio::signal::ctrl_c;
use tokio::signal::unix::{SignalKind, signal};

use crate::children;
use crate::env;
use crate::pairing::Pairing;
use crate::world::World;

/// Tests that are only pausing need no processor: this many may be begun at a time.
const BEGUN: usize = 12;

/// The tests of this run.
#[derive(Default)]
pub struct Ring {
    trials: Vec<Trial>,
    /// `cargo xtask test slow`: only the tests whose pauses a person's are.
    slow: bool,
}

impl Ring {
    pub fn new() -> Self {
        Self {
            trials: Vec::new(),
            slow: env::pause().is_some(),
        }
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
        std::thread::spawn(end_all_when_told_to);
        libtest_mimic::run(&arguments, self.trials).exit_code()
    }

    fn add<F>(&mut self, name: &str, pairings: &[Pairing], test: F)
    where
        F: AsyncFn(&World) -> Result<()> + Copy + Send + 'static,
    {
        self.trials.extend(
            pairings.iter().map(|&pairing| {
                Trial::test(format!("{name}::{pairing}"), move || one(pairing, test))
            }),
        );
    }
}

fn one<F>(pairing: Pairing, test: F) -> Result<(), Failed>
where
    F: AsyncFn(&World) -> Result<()>,
{
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the runtime of a test");
    let done = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let world = World::start(pairing).await?;
            world.explained(test(&world).await).await
        })
    });
    done.map_err(|error| Failed::from(format!("{error:#}")))
}

/// On Ctrl-C or SIGTERM nothing is dropped, and the browsers would live on.
fn end_all_when_told_to() {
    let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
        return;
    };
    let told = runtime.block_on(async {
        let mut end = signal(SignalKind::terminate())?;
        tokio::select! {
            told = ctrl_c() => told,
            _ = end.recv() => Ok(()),
        }
    });
    if told.is_ok() {
        children::end_below(std::process::id());
        std::process::exit(130);
    }
}
