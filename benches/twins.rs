//! How many restated figures would be found: natural twins, without a label made by hand.
//!
//! In unchanged documents a value that stands in exactly two sentences is likely one figure told twice. One of the two is changed
//! (two digits swapped, or one replaced) and the folder is read again: is that pair found? The pairs are found again
//! after the change, else the old equal value would help.
//!
//! `cargo bench --bench twins -- FOLDER ...` prints found and all for each folder, at the rule's two thresholds. Each file
//! is read by itself unless `--together` is given; `--tables` takes values that stand in one sentence and one cell; `--misses` prints both sentences of every twin that is not warned of.
//! Nothing is asserted, and nothing is timed.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::disallowed_macros,
    reason = "a benchmark reads the folders it is given and prints figures"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use factlint::corpus::{Corpus, extract, relate};
use factlint::quantity::Role;
use factlint::text::SourceText;
use rust_decimal::Decimal;

/// Weights from which the rule warns and accuses.
const THRESHOLDS: [i64; 2] = [6, 8];

fn main() {
    let folders: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let together = env::args().any(|argument| argument == "--together");
    if folders.is_empty() {
        println!("name folders of Markdown: cargo bench --bench twins -- FOLDER ...");
    }
    for folder in folders {
        let files = read(Path::new(&folder));
        let runs: Vec<Vec<(String, String)>> = if together {
            vec![files]
        } else {
            files.into_iter().map(|file| vec![file]).collect()
        };
        let mut total = [0_usize; 3];
        for run in &runs {
            for (sum, count) in total.iter_mut().zip(recall(run)) {
                *sum += count;
            }
        }
        let [all, warned, accused] = total;
        println!("{folder}: {all} twins, {warned} found by warning, {accused} by error");
    }
}

fn read(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "md")
            && let Ok(text) = fs::read_to_string(&path)
        {
            files.push((path.to_string_lossy().into_owned(), text));
        }
    }
    files.sort();
    files
}

fn corpus(files: &[(String, String)]) -> Corpus {
    let sources = files
        .iter()
        .map(|(path, text)| SourceText::new(path.as_str(), text.as_str()));
    relate(sources.map(extract).collect())
}

/// A value at one place: document, figure, start and text of the number in its file.
type Place = (usize, usize, usize, String);

/// How many twins there are, and how many are found at each threshold.
fn recall(files: &[(String, String)]) -> [usize; 3] {
    let mut counts = [0; 3];
    for (turn, [one, other]) in twins(&corpus(files)).into_iter().enumerate() {
        let (document, _, start, text) = &other;
        let Some(slip) = slip(text, turn) else {
            continue;
        };
        let mut changed = files.to_vec();
        if let Some((_, content)) = changed.get_mut(*document) {
            content.replace_range(*start..*start + text.len(), &slip);
        }
        let corpus = corpus(&changed);
        let pair = corpus.restatements.iter().find(|found| {
            let places = [found.one, found.other];
            places.contains(&(one.0, one.1)) && places.contains(&(other.0, other.1))
        });
        let weight = pair.map_or(Decimal::ZERO, |pair| pair.weight);
        if weight < Decimal::from(THRESHOLDS[0])
            && env::args().any(|argument| argument == "--misses")
        {
            println!("{weight} | {slip} for {text}");
            for place in [&one, &other] {
                println!("    {}", sentence(&corpus, place).unwrap_or_default());
            }
        }
        let found = THRESHOLDS.map(|least| usize::from(weight >= Decimal::from(least)));
        for (sum, count) in counts.iter_mut().zip([1, found[0], found[1]]) {
            *sum += count;
        }
    }
    counts
}

/// The sentence around a place, with its path.
fn sentence(corpus: &Corpus, place: &Place) -> Option<String> {
    let extraction = corpus.extractions.get(place.0)?;
    let span = extraction.statements.figures.get(place.1)?.span;
    let mut sentences = extraction.statements.sentences.iter();
    let around = sentences
        .find(|sentence| sentence.span.start <= span.start && span.end <= sentence.span.end);
    let source = &extraction.document.source;
    let text = source.slice(around.map_or(span, |sentence| sentence.span));
    Some(format!("{}: {text}", source.path()))
}

/// Values of three digits and more, in exactly two sentences of prose, or in one and a cell.
fn twins(corpus: &Corpus) -> Vec<[Place; 2]> {
    let mut places: BTreeMap<(String, Decimal), Vec<Place>> = BTreeMap::new();
    let mut cells: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (document, extraction) in corpus.extractions.iter().enumerate() {
        for (index, figure) in extraction.statements.figures.iter().enumerate() {
            let Some(quantity) = figure.quantity.as_ref() else {
                continue;
            };
            let (Some(value), Role::Value) = (quantity.value, quantity.role) else {
                continue;
            };
            let is_cell = figure.place.cell.is_some();
            if is_cell && !tables() {
                continue;
            }
            let source = extraction.document.source.slice(figure.span);
            let begin = source.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            let rest = source.get(begin..).unwrap_or_default();
            let length = rest
                .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
                .unwrap_or(rest.len());
            let number = rest.get(..length).unwrap_or_default();
            let digits = number.chars().filter(char::is_ascii_digit).count();
            if digits < 3 || quantity.denominator.is_some() {
                continue;
            }
            let unit = quantity.unit.as_ref().map(|unit| unit.ucum.to_string());
            let unit = unit.filter(|_| !tables()).unwrap_or_default();
            cells.extend(is_cell.then_some((document, index)));
            places.entry((unit, value.normalize())).or_default().push((
                document,
                index,
                figure.span.start + begin,
                number.to_owned(),
            ));
        }
    }
    places
        .into_values()
        .filter_map(|places| <[Place; 2]>::try_from(places).ok())
        .filter(|places| {
            let in_cells = places
                .iter()
                .filter(|place| cells.contains(&(place.0, place.1)));
            in_cells.count() == usize::from(tables())
        })
        .collect()
}

/// Whether values of one sentence and one cell are asked for.
fn tables() -> bool {
    env::args().any(|argument| argument == "--tables")
}

/// The number with two neighbouring digits swapped or, every other time or where that changes nothing, one replaced.
fn slip(number: &str, turn: usize) -> Option<String> {
    let digits: Vec<char> = number.chars().collect();
    let swap = digits.windows(2).rposition(
        |pair| matches!(pair, [a, b] if a != b && a.is_ascii_digit() && b.is_ascii_digit()),
    );
    let mut slipped = digits;
    if let Some(at) = swap.filter(|_| turn.is_multiple_of(2)) {
        slipped.swap(at, at + 1);
    } else {
        let last = slipped.iter_mut().rev().find(|c| c.is_ascii_digit())?;
        let digit = last.to_digit(10)?;
        *last = char::from_digit((digit + 4) % 10, 10)?;
    }
    (!slipped.starts_with(&['0'])).then(|| slipped.into_iter().collect())
}
