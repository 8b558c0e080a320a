//! Years out of printed dates, and how much of a list of authors is kept.

/// Most authors that are kept. Collaborations of thousands exist, and only the first are ever cited.
pub(super) const MOST_AUTHORS: usize = 100;

/// A year in which a work can have come out.
pub(super) fn year(number: u64) -> Option<u16> {
    u16::try_from(number)
        .ok()
        .filter(|year| (1400..=2200).contains(year))
}

/// The first run of four digits that is a year: of `October 1, 1988`, of `2010 Feb 6;375(9713):445`.
pub(super) fn year_in(printed: &str) -> Option<u64> {
    printed
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok())
        .find(|number| (1400..=2200).contains(number))
}
