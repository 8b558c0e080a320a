//! How the time of a whole check grows with hostile and huge texts: each kind of text at a quarter of a size and at the size.
//!
//! `cargo bench --bench growth` takes one megabyte of each; `cargo bench --bench growth -- 5 marks "table rows"` five of
//! those named. A stage is linear where the last column is about 4. Timing decides no test: what comes near
//! [`SUSPICIOUS`] or is slower than [`SLOW`] is only pointed at.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "a benchmark stops where a stage fails, and prints figures"
)]

#[path = "generate/hostile.rs"]
mod hostile;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use factlint::check::{Options, check};
use factlint::rule::RuleSet;
use factlint::text::SourceText;
use hostile::{Case, cases};

/// Growth from a quarter to the whole that no linear stage should show.
const SUSPICIOUS: f64 = 6.5;
/// Time for a megabyte that is too long whatever the growth.
const SLOW: Duration = Duration::from_secs(4);

fn main() {
    let arguments: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let megabytes = arguments
        .iter()
        .find_map(|argument| argument.parse::<usize>().ok());
    let bytes = megabytes.unwrap_or(1) * 1_000_000;
    let named: Vec<&String> = arguments
        .iter()
        .filter(|argument| argument.parse::<usize>().is_err())
        .collect();
    let rules = RuleSet::embedded();
    let warm = SourceText::new("a.md", "The rate was 30% [1].");
    black_box(time(&rules, vec![warm]));
    println!("case,quarter ms,whole ms,growth,slowest stage,");
    for case in cases() {
        if named.is_empty() || named.iter().any(|name| *name == case.name) {
            row(&rules, &case, bytes);
        }
    }
}

fn row(rules: &RuleSet, case: &Case, bytes: usize) {
    let (quarter, _) = time(rules, case.sources(bytes / 4));
    let (whole, slowest) = time(rules, case.sources(bytes));
    let growth = whole.as_secs_f64() / quarter.as_secs_f64().max(0.001);
    let megabytes = u32::try_from(bytes / 1_000_000).unwrap().max(1);
    let remark = if whole > SLOW * megabytes {
        "too slow"
    } else if growth > SUSPICIOUS && whole > Duration::from_millis(200) {
        "not linear?"
    } else {
        ""
    };
    println!(
        "{},{:.0},{:.0},{growth:.1},{slowest},{remark}",
        case.name,
        quarter.as_secs_f64() * 1000.0,
        whole.as_secs_f64() * 1000.0
    );
}

/// Time of a check, and the stage or rule that took the longest.
fn time(rules: &RuleSet, sources: Vec<SourceText>) -> (Duration, String) {
    let before = Instant::now();
    let outcome = check(sources, &Options::new(rules));
    let all = before.elapsed();
    for problem in &outcome.problems {
        println!("problem: {problem}");
    }
    let slowest = outcome.timings.into_iter().max_by_key(|(_, time)| *time);
    (all, slowest.map_or(String::new(), |(name, _)| name))
}
