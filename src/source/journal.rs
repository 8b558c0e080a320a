//! Answers as they come, one JSON object a line, so that a run that was cut off has lost none of them.

use super::lock::Block;
use super::{Answer, Lock, SourceId};

/// The line of an answer, with its end.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn journal_line(id: &SourceId, answer: &Answer) -> Result<String, serde_json::Error> {
    let block = Block {
        id: id.clone(),
        answer: answer.clone(),
    };
    Ok(serde_json::to_string(&block)? + "\n")
}

/// Takes the answers of a journal into a lock, and gives their number. A line that was cut off is left out.
pub fn replay(journal: &str, lock: &mut Lock) -> usize {
    let mut count = 0;
    for block in journal
        .lines()
        .filter_map(|line| serde_json::from_str::<Block>(line).ok())
    {
        lock.add(block.id, block.answer);
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{State, Work};

    #[test]
    fn a_journal_cut_off_anywhere_keeps_its_whole_lines() {
        let answer = Answer {
            state: State::Verified,
            asked: "2026-11-21T10:00:00Z".to_owned(),
            work: Some(Work {
                title: "Two\nlines, “quoted”".to_owned(),
                years: [2020].into(),
                ..Work::default()
            }),
            ..Answer::default()
        };
        let ids: Vec<SourceId> = ["doi:10.1000/a", "doi:10.1000/b"]
            .map(|id| id.parse().unwrap())
            .into();
        let lines: Vec<String> = ids
            .iter()
            .map(|id| journal_line(id, &answer).unwrap())
            .collect();
        let whole = lines.concat();
        for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let mut lock = Lock::default();
            let count = replay(whole.get(..end).unwrap(), &mut lock);
            let least = usize::from(end >= lines[0].len()) + usize::from(end == whole.len());
            assert!(count >= least && lock.answers.len() == count, "{end}");
            assert!(lock.answers.values().all(|kept| *kept == answer));
        }
    }
}
