//! One line on how the figures of a finding were read, for the report: "study NCT01837095 from the row header".

use std::collections::{BTreeMap, BTreeSet};

use super::wording::{dimension_name, frame_name, list};
use super::{Known, extraction, known};
use crate::claim::{DimensionName, Frame, frames};
use crate::corpus::Corpus;
use crate::finding::{Finding, Location};
use crate::text::Span;

/// Figures of one finding whose reading is told.
const MOST: usize = 8;

/// How the compared figures of each finding were read, in one line, by fingerprint: "study NCT01837095 and arm from the row
/// header". What a reader sees without being told is left out (the figure's own sentence, the header of its column), and so are
/// findings that compare no figures by a key. Linear in the findings and the figures of their documents, but for a logarithm.
pub fn readings<'f>(findings: &'f [Finding], corpus: &'f Corpus) -> BTreeMap<&'f str, String> {
    let comparing = findings
        .iter()
        .filter(|finding| !finding.related.is_empty());
    let standing = standing(comparing.clone(), corpus);
    comparing
        .map(|finding| {
            let known: Vec<Known<'_>> = places(finding)
                .filter_map(|place| standing.get(&(place.path.as_str(), place.span)).copied())
                .collect();
            let reading = shares_key(&known).then(|| reading(&known));
            (finding.fingerprint.as_str(), reading.unwrap_or_default())
        })
        .filter(|(_, reading)| !reading.is_empty())
        .collect()
}

fn places(finding: &Finding) -> impl Iterator<Item = &Location> {
    std::iter::once(&finding.location).chain(&finding.related)
}

/// The figures that stand at the places of some findings, by path and span.
fn standing<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    corpus: &'a Corpus,
) -> BTreeMap<(&'a str, Span), Known<'a>> {
    let wanted: BTreeSet<(&str, Span)> = findings
        .flat_map(places)
        .map(|place| (place.path.as_str(), place.span))
        .collect();
    let paths: BTreeSet<&str> = wanted.iter().map(|(path, _)| *path).collect();
    let mut standing = BTreeMap::new();
    for path in paths {
        let Some((document, extraction)) = extraction(path, corpus) else {
            continue;
        };
        for (index, figure) in extraction.statements.figures.iter().enumerate() {
            let place = (path, figure.span);
            if wanted.contains(&place)
                && let Some(known) = known(corpus, (document, index))
            {
                standing.entry(place).or_insert(known);
            }
        }
    }
    standing
}

/// Whether two of the figures were compared by their dimensions. Those of sentences that restate one another were not.
fn shares_key(known: &[Known<'_>]) -> bool {
    let mut keys = BTreeSet::new();
    known
        .iter()
        .filter_map(|known| known.comparison?.key.as_deref())
        .any(|key| !keys.insert(key))
}

/// By which routes each dimension of some figures was found; dimensions with the same routes are told together.
fn reading(known: &[Known<'_>]) -> String {
    let mut routes: BTreeMap<DimensionName, BTreeSet<Frame>> = BTreeMap::new();
    let mut studies = BTreeSet::new();
    for known in known.iter().take(MOST) {
        studies.insert(study_id(known));
        for (dimension, frame) in frames(known.figure) {
            routes.entry(dimension).or_default().insert(frame);
        }
    }
    for (dimension, frames) in &mut routes {
        frames.retain(|frame| !is_plain(*dimension, *frame));
    }
    routes.retain(|_, frames| !frames.is_empty());
    let study = match studies.first() {
        Some(Some(id)) if studies.len() == 1 => format!("study {id}"),
        _ => "study".to_owned(),
    };
    let called = |dimension: DimensionName| {
        if dimension == DimensionName::Study {
            study.clone()
        } else {
            dimension_name(dimension).to_owned()
        }
    };
    let mut told: Vec<(&BTreeSet<Frame>, Vec<String>)> = Vec::new();
    for (dimension, frames) in &routes {
        match told.iter_mut().find(|(known, _)| *known == frames) {
            Some((_, names)) => names.push(called(*dimension)),
            None => told.push((frames, vec![called(*dimension)])),
        }
    }
    let parts: Vec<String> = told
        .into_iter()
        .map(|(frames, names)| {
            let sources: Vec<String> = frames.iter().copied().map(source).collect();
            format!("{} from {}", list(&names), list(&sources))
        })
        .collect();
    parts.join("; ")
}

/// Whether a route is not told: the figure's own sentence, the measure over its column, and what no words gave.
fn is_plain(dimension: DimensionName, frame: Frame) -> bool {
    let is_own_column = dimension == DimensionName::Measure && frame == Frame::ColumnHeader;
    is_own_column || matches!(frame, Frame::Sentence | Frame::Cell | Frame::Default)
}

fn source(frame: Frame) -> String {
    let article = match frame {
        Frame::Note => "a",
        Frame::PreviousSentence => "an",
        Frame::ColumnHeader
        | Frame::RowHeader
        | Frame::Caption
        | Frame::Sentence
        | Frame::Cell
        | Frame::Heading
        | Frame::Title
        | Frame::Default => "the",
    };
    format!("{article} {}", frame_name(frame))
}

/// The shortest own name of a figure's study: its registry id, else its acronym.
fn study_id<'a>(known: &Known<'a>) -> Option<&'a str> {
    let at = known.figure.study.as_ref()?.value;
    let study = known.extraction.statements.studies.get(at)?;
    study.registry.as_deref().or(study.acronym.as_deref())
}
