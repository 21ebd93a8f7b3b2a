//! `cargo xtask test`: the rings of tests, cheapest first, with their times and one count at the end.

mod count;
mod ring;

use anyhow::{Context, Result};
use count::Count;
use ring::Ring;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Runs the rings that were asked for, or all but `slow`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let (rings, flags) = parse(args)?;
    let mut done = Vec::new();
    for ring in rings {
        println!("test: {}: {}", ring.name(), ring.what());
        let start = Instant::now();
        let count = ring.run(&flags).unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Count::broken()
        });
        println!(
            "test: {}: {count} in {}",
            ring.name(),
            shown(start.elapsed())
        );
        done.push((ring, count, start.elapsed()));
    }
    Ok(summary(&done))
}

fn parse(args: &[String]) -> Result<(Vec<Ring>, Vec<String>)> {
    let mut words = args.iter();
    let names: Vec<&String> = words.by_ref().take_while(|word| *word != "--").collect();
    let flags = words.cloned().collect();
    let mut rings = Vec::new();
    for name in names {
        let ring = Ring::ALL.into_iter().find(|ring| ring.name() == name);
        rings.push(ring.with_context(|| {
            let known: Vec<_> = Ring::ALL.iter().map(|ring| ring.name()).collect();
            format!(
                "there is no ring of tests `{name}`. The rings are {}",
                known.join(", ")
            )
        })?);
    }
    if rings.is_empty() {
        rings = Ring::ALL
            .into_iter()
            .filter(|ring| *ring != Ring::Slow)
            .collect();
    }
    Ok((rings, flags))
}

fn summary(done: &[(Ring, Count, Duration)]) -> ExitCode {
    println!();
    for (ring, count, time) in done {
        println!("{:8} {:>8}   {count}", ring.name(), shown(*time));
    }
    let total = done
        .iter()
        .fold(Count::default(), |sum, (_, count, _)| sum + *count);
    println!("{total}");
    if total.failed > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn shown(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f32())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<(Vec<Ring>, Vec<String>)> {
        parse(
            &words
                .iter()
                .map(|&word| word.to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn without_a_name_every_ring_but_the_slow_one_runs_cheapest_first() {
        let (rings, flags) = parsed(&[]).unwrap();
        let all = [
            Ring::Core,
            Ring::Relay,
            Ring::Browser,
            Ring::Tabs,
            Ring::Pages,
            Ring::Interop,
        ];
        assert_eq!(rings, all);
        assert!(flags.is_empty());
    }

    #[test]
    fn what_follows_two_dashes_goes_to_the_test_runner() {
        let (rings, flags) = parsed(&["core", "--", "offer", "--nocapture"]).unwrap();
        assert_eq!(rings, [Ring::Core]);
        assert_eq!(flags, ["offer", "--nocapture"]);
    }

    #[test]
    fn an_unknown_ring_is_named_with_the_known_ones() {
        let error = parsed(&["e2e"]).unwrap_err().to_string();
        assert!(
            error.contains("e2e") && error.contains("browser"),
            "{error}"
        );
    }
}
