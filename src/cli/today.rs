//! The time of a run, for decisions that end, answers that grow old and entries of the cache. The only look at the clock.

use std::time::SystemTime;

use super::arguments::ReadingArguments;

/// Today in UTC as `2027-06-30`, or the day that was given.
pub(super) fn today(reading: &ReadingArguments) -> String {
    let moment = written(now(reading));
    moment.split('T').next().unwrap_or_default().to_owned()
}

/// Now, or the beginning of the day that was given.
pub(super) fn now(reading: &ReadingArguments) -> SystemTime {
    let given = reading.today.as_ref();
    given
        .and_then(|day| humantime::parse_rfc3339(&format!("{day}T00:00:00Z")).ok())
        .unwrap_or_else(clock)
}

/// A moment in UTC as `2027-06-30T12:00:00Z`.
pub(super) fn written(moment: SystemTime) -> String {
    humantime::format_rfc3339_seconds(moment).to_string()
}

/// Now, whatever day was given: for what no report shows.
#[expect(
    clippy::disallowed_methods,
    reason = "whether a decision holds, and how old an answer or an entry of the cache is, depends on the time"
)]
pub(super) fn clock() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_was_given_is_the_day_it_is() {
        let reading = |day: &str| ReadingArguments {
            decimal_comma: false,
            config: None,
            isolated: false,
            today: Some(day.to_owned()),
        };
        for day in ["1970-01-01", "2000-02-29", "2027-07-01"] {
            assert_eq!(today(&reading(day)), day);
            assert_eq!(written(now(&reading(day))), format!("{day}T00:00:00Z"));
        }
    }
}
