//! The relay as a program: one line on standard output when it is ready, a sentence and a code when it is not.

mod args;

use std::{env, io, io::Write, process::ExitCode};

use args::Order;
use webrtc_steps_relay::{Settings, start};

/// The command line was wrong.
const MISTAKE: u8 = 2;

fn main() -> ExitCode {
    match args::parse(env::args_os().skip(1)) {
        Ok(Order::Run(settings)) => run(*settings),
        Ok(Order::Help) => print(args::HELP),
        Ok(Order::Version) => print(concat!(
            "webrtc-steps-relay ",
            env!("CARGO_PKG_VERSION"),
            "\n"
        )),
        Err(mistake) => {
            complain(&mistake);
            ExitCode::from(MISTAKE)
        }
    }
}

#[tokio::main]
async fn run(settings: Settings) -> ExitCode {
    if let Some(warning) = settings.warning() {
        complain(&format!("warning: {warning}"));
    }
    // Listened for before the address is printed: whoever read it may stop the program at once.
    let asked_to_stop = match StopSignals::new() {
        Ok(signals) => signals,
        Err(error) => {
            return fail(&format!(
                "could not listen for the signals that stop it: {error}"
            ));
        }
    };
    match start(settings).await {
        Ok(relay) => {
            // Nobody may be reading; the relay runs all the same.
            print(&format!("listening on http://{}\n", relay.address()));
            asked_to_stop.wait().await;
            relay.stop().await;
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error.to_string()),
    }
}

/// SIGTERM from service managers and SIGINT from terminals.
#[cfg(unix)]
struct StopSignals([tokio::signal::unix::Signal; 2]);

#[cfg(unix)]
impl StopSignals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self([
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        ]))
    }

    async fn wait(self) {
        let [mut terminate, mut interrupt] = self.0;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

/// Ctrl-C, where there are no signals.
#[cfg(not(unix))]
struct StopSignals;

#[cfg(not(unix))]
impl StopSignals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn wait(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

fn print(text: &str) -> ExitCode {
    let mut out = io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn fail(sentence: &str) -> ExitCode {
    complain(sentence);
    ExitCode::FAILURE
}

fn complain(sentence: &str) {
    // If standard error is closed, the exit code still tells.
    let _ = writeln!(io::stderr(), "webrtc-steps-relay: {sentence}");
}
