//! `cargo xtask`: one match over the commands of this repository, each in its own file.

mod bench;
mod build;
mod dist;
mod lint;
mod process;
mod repo;
mod screenshots;
mod serve;
mod setup;
mod size;
mod stamp;
mod test;
mod tidy;

use std::process::ExitCode;

const COMMANDS: &str = "\
cargo xtask serve [--port 8080] [--relay-port 8081]   set up, build, start the relay and the page;
                                                      with --lan for other devices of the network too
cargo xtask build                                     the release page in dist/, the relay in target/release/
cargo xtask dist                                      the package for npm and static hosts, in dist-package/
cargo xtask test [RING]                               every test, or one ring: core, relay, browser, tabs, pages,
                                                      interop, slow; flags after -- go to the test runner
cargo xtask lint                                      formatting, clippy, rustdoc and tidiness
cargo xtask size [--first]                            each file of the release page: raw, gzip, brotli
cargo xtask bench [--runs 20] [chromium|firefox]      our page beside a plain one; --visit: first visits only,
                                                      --stages tells where they differ
cargo xtask screenshots [FOLDER]                      the main states at three widths in both themes, as pictures
cargo xtask setup                                     only install what is missing for all of the above";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let mut args = std::env::args().skip(1);
    let command = args.next();
    let rest: Vec<String> = args.collect();
    match command.as_deref() {
        Some("serve") => serve::run(&rest)?,
        Some("build") => build::run(&rest)?,
        Some("dist") => dist::run(&rest)?,
        Some("test") => return test::run(&rest),
        Some("lint") => lint::run(&rest)?,
        Some("size") => size::run(&rest)?,
        Some("bench") => bench::run(&rest)?,
        Some("screenshots") => screenshots::run(&rest)?,
        Some("setup") => setup::run(&rest)?,
        Some("help" | "--help" | "-h") | None => println!("{COMMANDS}"),
        Some(other) => {
            anyhow::bail!("there is no command `{other}`. The commands are:\n{COMMANDS}")
        }
    }
    Ok(ExitCode::SUCCESS)
}
