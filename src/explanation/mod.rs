//! Why a finding exists: what each of its figures was taken to be about and by which words, why they can be compared, and the
//! calculation behind the verdict.
//!
//! Why it exists: a person who doubts a finding must be able to check it step by step. Everything here was known to the
//! stages before the rules; this module gathers it for one finding and puts it into words. The rules stay the only judges: nothing
//! here decides whether something is wrong.
//! It leaves out how an explanation is laid out ([`crate::report`]).

mod arithmetic;
mod calculation;
mod comparison;
mod figure;
mod reading;
mod wording;

use crate::claim::{Figure, Origin};
use crate::corpus::{Comparison, Corpus, Extraction};
use crate::finding::{Finding, Location};
use crate::text::Span;

pub use comparison::Group;
pub use reading::readings;
pub use wording::{frame_name, frame_phrase};

/// Everything that speaks for one finding.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The finding.
    pub finding: Finding,
    /// One line on the rule, without a full stop; empty where the rule is not known.
    pub summary: String,
    /// Its places, each with the figure that stands there.
    pub places: Vec<ExplainedPlace>,
    /// Why figures of it were compared: one group for all that are taken to be one.
    pub groups: Vec<Group>,
    /// The calculation, a step a line, without full stops.
    pub calculation: Vec<String>,
}

/// One place of a finding.
#[derive(Clone, Debug)]
pub struct ExplainedPlace {
    /// The place.
    pub location: Location,
    /// The figures there: none, one, or the two of a stated change.
    pub figures: Vec<ExplainedFigure>,
}

/// One figure with everything it was taken to be about.
#[derive(Clone, Debug)]
pub struct ExplainedFigure {
    /// As a reader sees it.
    pub quote: String,
    /// Where it stands.
    pub span: Span,
    /// The true values that would be printed so, in words: "30.5% to 31.5%"; `None` where nothing is reported.
    pub bounds: Option<String>,
    /// "34 of 170", where it is printed as a share of a whole.
    pub share: Option<String>,
    /// Its unit as printed with its UCUM code.
    pub unit: Option<(String, String)>,
    /// Its dimensions, each with its origin.
    pub dimensions: Vec<ExplainedDimension>,
}

/// One dimension with its origin and the line of it.
#[derive(Clone, Debug)]
pub struct ExplainedDimension {
    /// What it is called: "measure"; the arm of a figure outside trials is its "subject".
    pub name: &'static str,
    /// What was found, where, and by which route.
    pub origin: Origin,
    /// Line of the words, from 1, where they are known.
    pub line: Option<usize>,
}

/// One figure of the corpus with what is known of it.
#[derive(Clone, Copy)]
struct Known<'a> {
    /// As [`Corpus::reading`] counts.
    document: usize,
    /// Index in [`Statements::figures`](crate::claim::Statements::figures).
    index: usize,
    extraction: &'a Extraction,
    figure: &'a Figure,
    comparison: Option<&'a Comparison>,
}

impl Known<'_> {
    fn is_general(&self) -> bool {
        figure::is_general(self.figure)
    }
}

/// Explains a finding of a run over `corpus`. `summary` is the rule's.
pub fn explain(finding: &Finding, summary: &str, corpus: &Corpus) -> Explanation {
    let locations = std::iter::once(&finding.location).chain(&finding.related);
    let mut involved = Vec::new();
    let mut places = Vec::new();
    for location in locations {
        let known = figures_at(location, corpus);
        places.push(ExplainedPlace {
            location: location.clone(),
            figures: known
                .iter()
                .map(|known| explain_figure(known.extraction, known.figure))
                .collect(),
        });
        involved.extend(known);
    }
    Explanation {
        finding: finding.clone(),
        summary: summary.to_owned(),
        places,
        groups: comparison::groups(&involved, corpus),
        calculation: calculation::steps(finding, &involved, corpus),
    }
}

/// What a figure of a document was taken to be about, each dimension with its origin.
pub fn explain_figure(extraction: &Extraction, figure: &Figure) -> ExplainedFigure {
    figure::explained(extraction, figure)
}

/// The document or text of a source of a path.
fn extraction<'a>(path: &str, corpus: &'a Corpus) -> Option<(usize, &'a Extraction)> {
    corpus.reading_of(path)
}

/// The figure that stands at a place, or the two of a change that is stated there.
fn figures_at<'a>(location: &Location, corpus: &'a Corpus) -> Vec<Known<'a>> {
    let Some((document, extraction)) = extraction(&location.path, corpus) else {
        return Vec::new();
    };
    let statements = &extraction.statements;
    let own = statements
        .figures
        .iter()
        .position(|figure| figure.span == location.span);
    let indices = match own {
        Some(index) => vec![index],
        None => statements
            .changes
            .iter()
            .find(|change| change.span == location.span)
            .map(|change| vec![change.from, change.to])
            .unwrap_or_default(),
    };
    let mut found: Vec<Known<'_>> = indices
        .into_iter()
        .filter_map(|index| known(corpus, (document, index)))
        .collect();
    found.dedup_by_key(|known| known.index);
    found
}

/// A figure by document and index.
fn known(corpus: &Corpus, (document, index): (usize, usize)) -> Option<Known<'_>> {
    let extraction = corpus.reading(document)?;
    Some(Known {
        document,
        index,
        extraction,
        figure: extraction.statements.figures.get(index)?,
        comparison: corpus
            .comparisons
            .get(document)
            .and_then(|all| all.get(index)),
    })
}
