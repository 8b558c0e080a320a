//! The day of a run, for decisions that hold up to one and for entries of the cache. The only look at the clock; no report
//! shows it.

use std::time::{SystemTime, UNIX_EPOCH};

use super::arguments::ReadingArguments;

const SECONDS_A_DAY: u64 = 86_400;

/// Today in UTC as `2027-06-30`, or the day that was given.
pub(super) fn today(reading: &ReadingArguments) -> String {
    reading.today.clone().unwrap_or_else(|| day(days()))
}

fn days() -> u64 {
    let since = now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() / SECONDS_A_DAY)
}

/// Now, for what no report shows.
#[expect(
    clippy::disallowed_methods,
    reason = "whether a decision still holds and a cache entry is old depends on the day"
)]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

/// The day so many days after 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
fn day(days: u64) -> String {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_through_leap_years() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(21_000), "2027-07-01");
    }
}
