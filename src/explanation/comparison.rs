//! Why some figures are taken to be one: equal keys, or sentences that restate one another; and in which text
//! of a source a figure was looked for.

use super::Known;
use super::wording::list;
use crate::claim::Measured;
use crate::corpus::{Basis, Corpus, Evidence, Restatement, Retelling};

/// Figures that are taken to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The figures as printed, in document order.
    pub quotes: Vec<String>,
    /// What they have in common, and what they do not: a name and what there is to say of it.
    pub reasons: Vec<(String, String)>,
}

/// The groups of figures that share a key, then the pairs that prose restates; those with two members and more.
pub(super) fn groups(known: &[Known<'_>], corpus: &Corpus) -> Vec<Group> {
    let mut keys: Vec<&str> = Vec::new();
    for key in known.iter().filter_map(key) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let by_key = keys.into_iter().filter_map(|wanted| {
        let members: Vec<&Known<'_>> = known
            .iter()
            .filter(|known| key(known) == Some(wanted))
            .collect();
        (members.len() > 1).then(|| Group {
            quotes: quotes(&members),
            reasons: reasons(&members, corpus),
        })
    });
    let restated = corpus
        .restatements
        .iter()
        .filter_map(|pair| restated(pair, known));
    let retold = corpus.retellings.iter().chain(&corpus.cited.differing);
    let retold = retold.filter_map(|pair| retold_of(pair, known, corpus));
    let missing = known.iter().filter_map(|known| looked_for(known, corpus));
    by_key
        .chain(restated)
        .chain(retold)
        .chain(missing)
        .collect()
}

fn key<'a>(known: &Known<'a>) -> Option<&'a str> {
    known.comparison?.key.as_deref()
}

fn quotes(members: &[&Known<'_>]) -> Vec<String> {
    members
        .iter()
        .map(|known| {
            known
                .extraction
                .document
                .plain(&known.figure.place)
                .to_owned()
        })
        .collect()
}

fn reasons(members: &[&Known<'_>], corpus: &Corpus) -> Vec<(String, String)> {
    let Some(first) = members.first() else {
        return Vec::new();
    };
    let mut reasons = Vec::new();
    if let Some(Measured::Concept(measure)) =
        first.figure.measure.as_ref().map(|bound| &bound.value)
    {
        reasons.push(("same measure".to_owned(), measure.label.clone()));
    }
    if let Some(said) = study(members, corpus) {
        reasons.push(("same study".to_owned(), said));
    }
    let arms = distinct(
        members
            .iter()
            .filter_map(|known| known.figure.arm.as_ref().map(|arm| arm.value.clone())),
    );
    if !arms.is_empty() {
        let name = if first.is_general() {
            "same subject"
        } else {
            "same arm"
        };
        reasons.push((name.to_owned(), list(&arms)));
    }
    let periods = distinct(members.iter().filter_map(|known| {
        let period = known.figure.time_point.as_ref()?;
        (known.comparison?.study.is_none()).then(|| period.value.clone())
    }));
    if !periods.is_empty() {
        reasons.push(("same period".to_owned(), list(&periods)));
    }
    let scopes: Vec<String> = members
        .iter()
        .map(|known| {
            let label = known
                .comparison
                .map(|comparison| comparison.scope_label.as_str());
            label
                .filter(|label| !label.is_empty())
                .unwrap_or("none stated")
                .to_owned()
        })
        .collect();
    let told = distinct(scopes.iter().cloned());
    match told.as_slice() {
        [_] if first.is_general() => {}
        [only] => reasons.push(("same scope".to_owned(), only.clone())),
        _ => {
            let each: Vec<String> = quotes(members)
                .iter()
                .zip(&scopes)
                .map(|(quote, scope)| format!("{scope} for {quote}"))
                .collect();
            reasons.push((
                "scope differs".to_owned(),
                list(&distinct(each.into_iter())),
            ));
        }
    }
    reasons
}

/// `Phase 1 (NCT09918834): "Phase 1 (NCT09918834)" by registry id and "Phase 1b" by phase, drugs and condition`.
fn study(members: &[&Known<'_>], corpus: &Corpus) -> Option<String> {
    let first = members.first()?.comparison?;
    let study = corpus.studies.get(first.study?)?;
    let names = distinct(members.iter().filter_map(|known| {
        let at = known.figure.study.as_ref()?.value;
        let name = known.extraction.statements.studies.get(at)?;
        let basis = basis_name(known.comparison?.basis?);
        Some(format!("\"{}\" by {basis}", name.name))
    }));
    Some(format!("{}: {}", study.label, list(&names)))
}

/// Why a name is taken to mean a study: the labels of `fl:ByRegistryId` and its kin.
fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::Registry => "registry id",
        Basis::Acronym => "acronym",
        Basis::Description => "phase, drugs and condition",
        Basis::PossibleDescription => "phase and what is stated of drugs and condition",
        Basis::Mapping => "the study mapping of the project",
    }
}

/// The evidence of two figures that prose restates, where both are among the known.
fn restated(pair: &Restatement, known: &[Known<'_>]) -> Option<Group> {
    let find = |wanted: (usize, usize)| {
        known
            .iter()
            .find(|known| (known.document, known.index) == wanted)
    };
    let members = [find(pair.one)?, find(pair.other)?];
    let printed = pair.printed.clone().map(Vec::from);
    Some(Group {
        quotes: printed.unwrap_or_else(|| quotes(&members)),
        reasons: evidence(&pair.evidence, pair.weight),
    })
}

/// The evidence that a figure is the one of another text that it is told of, where it is among the known.
fn retold_of(pair: &Retelling, known: &[Known<'_>], corpus: &Corpus) -> Option<Group> {
    let told = known
        .iter()
        .find(|known| (known.document, known.index) == pair.told)?;
    let (reading, index) = pair.source;
    let text = corpus.reading(reading)?;
    let source = &text.statements.figures.get(index)?.place;
    let mut reasons = looked_in(told, corpus);
    reasons.extend(evidence(&pair.evidence, pair.weight));
    let mut quotes = quotes(&[told]);
    quotes.push(text.document.plain(source).to_owned());
    Some(Group { quotes, reasons })
}

/// Where a figure was looked for that the text of its source has in no form.
fn looked_for(known: &Known<'_>, corpus: &Corpus) -> Option<Group> {
    let told = (known.document, known.index);
    let is_missing = corpus
        .cited
        .missing
        .iter()
        .any(|missing| missing.told == told);
    is_missing.then(|| Group {
        quotes: quotes(&[known]),
        reasons: looked_in(known, corpus),
    })
}

/// Which text a figure was held against, and why that is taken to be its source.
fn looked_in(told: &Known<'_>, corpus: &Corpus) -> Vec<(String, String)> {
    let text = corpus.cited.texts.get(&(told.document, told.index));
    let path = |reading| Some(corpus.reading(reading)?.document.source.path().to_owned());
    text.and_then(|text| {
        let said = format!("{}, known by {}", path(text.reading)?, text.because);
        Some(("looked in".to_owned(), said))
    })
    .into_iter()
    .collect()
}

/// Each piece of evidence with its weight, and the sum.
fn evidence(pieces: &[Evidence], weight: rust_decimal::Decimal) -> Vec<(String, String)> {
    let mut reasons: Vec<(String, String)> = pieces
        .iter()
        .map(|evidence| (signed(evidence.weight), evidence.words.clone()))
        .collect();
    reasons.push((signed(weight), "together".to_owned()));
    reasons
}

fn signed(weight: rust_decimal::Decimal) -> String {
    let sign = if weight.is_sign_negative() { "" } else { "+" };
    format!("{sign}{weight:.2}")
}

/// Each once, whatever its case.
fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for word in words {
        if !seen
            .iter()
            .any(|other: &String| other.to_lowercase() == word.to_lowercase())
        {
            seen.push(word);
        }
    }
    seen
}
