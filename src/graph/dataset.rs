//! Quads in memory, each term kept once and known by its number.
//!
//! Why it exists: a run writes its graph once, reads it with some fifty queries and throws it away. A store that can be changed
//! while it is read took a fifth more memory and twice the time, for what nobody asks of it. This is
//! a dictionary of terms and, for each place of a quad, the quads that have a term there. It leaves out SPARQL evaluation
//! ([`crate::rule`]).

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term, TermRef};
use rust_decimal::Decimal;

/// The number of a term in its dictionary.
pub(crate) type TermId = u32;

/// Subject, predicate, object, graph.
pub(crate) type Quad = [TermId; 4];

/// A quad with some of its terms given.
pub(crate) type Pattern = [Option<TermId>; 4];

/// Terms by number and numbers by term.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    terms: Vec<Term>,
    ids: HashTable<TermId>,
    hasher: DefaultHashBuilder,
}

impl Dictionary {
    /// The number of a term, a new one where it has none.
    pub(crate) fn intern(&mut self, term: TermRef<'_>) -> TermId {
        self.find(term)
            .unwrap_or_else(|| self.push(term.into_owned()))
    }

    /// As [`Dictionary::intern`], of a term that nobody else needs.
    pub(crate) fn intern_owned(&mut self, term: Term) -> TermId {
        self.find(term.as_ref()).unwrap_or_else(|| self.push(term))
    }

    /// The number of a term that has one.
    pub(crate) fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        let is_same = |id: &TermId| self.term(*id).is_some_and(|known| known.as_ref() == term);
        self.ids.find(self.hasher.hash_one(term), is_same).copied()
    }

    pub(crate) fn term(&self, id: TermId) -> Option<&Term> {
        at(&self.terms, id)
    }

    /// Number of terms, which is the number of the next one. Memory ends long before the numbers do.
    pub(crate) fn len(&self) -> TermId {
        TermId::try_from(self.terms.len()).unwrap_or(TermId::MAX)
    }

    fn push(&mut self, term: Term) -> TermId {
        let id = self.len();
        let hash = self.hasher.hash_one(term.as_ref());
        self.terms.push(term);
        let (terms, hasher) = (&self.terms, &self.hasher);
        self.ids.insert_unique(hash, id, |id| {
            at(terms, *id).map_or(0, |term| hasher.hash_one(term.as_ref()))
        });
        id
    }
}

/// A number in its canonical form (XML Schema 1.1, part 2, appendix E), as numbers are written here: `1.50` is `1.5`. Any other
/// term as it is.
pub(crate) fn canonical(term: Term) -> Term {
    let Term::Literal(literal) = &term else {
        return term;
    };
    let datatype = literal.datatype();
    let value = if datatype == xsd::DECIMAL {
        let value = Decimal::from_str_exact(literal.value()).ok();
        value.map(|value| value.normalize().to_string())
    } else if datatype == xsd::INTEGER {
        literal
            .value()
            .parse()
            .ok()
            .map(|value: i64| value.to_string())
    } else {
        None
    };
    let own = |value| Literal::new_typed_literal(value, datatype);
    value.map_or_else(|| term.clone(), |value| own(value).into())
}

fn at<T>(all: &[T], id: u32) -> Option<&T> {
    all.get(usize::try_from(id).ok()?)
}

/// Quads that are being written.
#[derive(Debug, Default)]
pub(super) struct Builder {
    dictionary: Dictionary,
    quads: Vec<Quad>,
}

impl Builder {
    pub(super) fn intern(&mut self, term: TermRef<'_>) -> TermId {
        self.dictionary.intern(term)
    }

    pub(super) fn insert(&mut self, quad: Quad) {
        self.quads.push(quad);
    }

    /// Adds what was written elsewhere, as if it had been written here.
    pub(super) fn append(&mut self, part: Self) {
        let terms = part.dictionary.terms.into_iter();
        let ids: Vec<TermId> = terms
            .map(|term| self.dictionary.intern_owned(term))
            .collect();
        let own = |id: TermId| at(&ids, id).copied().unwrap_or(id);
        self.quads
            .extend(part.quads.into_iter().map(|quad| quad.map(own)));
    }

    /// The finished dataset. Of equal quads the first one stays.
    pub(super) fn finish(self) -> Dataset {
        let Self { dictionary, quads } = self;
        let quads = distinct(quads);
        Dataset {
            postings: std::array::from_fn(|place| Postings::of(&quads, place, dictionary.len())),
            dictionary,
            quads,
        }
    }
}

fn distinct(quads: Vec<Quad>) -> Vec<Quad> {
    let hasher = DefaultHashBuilder::default();
    let mut seen: HashTable<Quad> = HashTable::with_capacity(quads.len());
    let mut is_new = |quad: &Quad| {
        let entry = seen.entry(
            hasher.hash_one(quad),
            |known| known == quad,
            |known| hasher.hash_one(known),
        );
        let is_new = matches!(entry, hashbrown::hash_table::Entry::Vacant(_));
        entry.or_insert(*quad);
        is_new
    };
    quads.into_iter().filter(|quad| is_new(quad)).collect()
}

/// Quads that can be looked up by each of their terms.
#[derive(Debug, Default)]
pub(crate) struct Dataset {
    dictionary: Dictionary,
    quads: Vec<Quad>,
    /// One for each place of a quad.
    postings: [Postings; 4],
}

impl Dataset {
    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// All quads, in the order in which they were written.
    pub(crate) fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// The quads of a pattern, the one written last first.
    pub(crate) fn matching(&self, pattern: Pattern) -> Matching<'_> {
        let postings = self.postings.iter().zip(pattern);
        let shortest = postings
            .filter_map(|(postings, term)| Some(postings.of_term(term?)))
            .min_by_key(|list| list.len());
        Matching {
            quads: &self.quads,
            rest: shortest.map_or(Rest::All(&self.quads), Rest::Listed),
            pattern,
        }
    }

    /// Whether some quad has a term in a place: 0 is the subject, 1 the predicate, 2 the object, 3 the graph.
    pub(crate) fn has(&self, place: usize, term: TermId) -> bool {
        let postings = self.postings.get(place);
        postings.is_some_and(|postings| !postings.of_term(term).is_empty())
    }
}

/// For each term, the quads that have it in one place: indices of quads, in order.
#[derive(Debug, Default)]
struct Postings {
    /// Where the list of each term begins in `quads`, and where the last one ends.
    starts: Vec<u32>,
    quads: Vec<u32>,
}

impl Postings {
    /// A counting sort: linear in quads and terms.
    fn of(quads: &[Quad], place: usize, terms: TermId) -> Self {
        let index = |id: u32| usize::try_from(id).unwrap_or(usize::MAX);
        let term = |quad: &Quad| quad.get(place).map_or(usize::MAX, |id| index(*id));
        let mut starts = vec![0; index(terms) + 1];
        for quad in quads {
            if let Some(count) = starts.get_mut(term(quad) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut starts {
            sum += *count;
            *count = sum;
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; quads.len()];
        for (quad, at) in quads.iter().zip(0_u32..) {
            if let Some(next) = next.get_mut(term(quad))
                && let Some(slot) = sorted.get_mut(index(*next))
            {
                *slot = at;
                *next += 1;
            }
        }
        Self {
            starts,
            quads: sorted,
        }
    }

    fn of_term(&self, term: TermId) -> &[u32] {
        let bounds = at(&self.starts, term).zip(at(&self.starts, term.saturating_add(1)));
        let bounds = bounds.and_then(|(start, end)| {
            Some((usize::try_from(*start).ok()?, usize::try_from(*end).ok()?))
        });
        bounds
            .and_then(|(start, end)| self.quads.get(start..end))
            .unwrap_or_default()
    }
}

/// The quads of a pattern.
pub(crate) struct Matching<'d> {
    quads: &'d [Quad],
    rest: Rest<'d>,
    pattern: Pattern,
}

/// Quads that are still to be looked at, from behind.
enum Rest<'d> {
    All(&'d [Quad]),
    Listed(&'d [u32]),
}

impl Iterator for Matching<'_> {
    type Item = Quad;

    fn next(&mut self) -> Option<Quad> {
        loop {
            let quad = match &mut self.rest {
                Rest::All(quads) => {
                    let (last, before) = quads.split_last()?;
                    *quads = before;
                    last
                }
                Rest::Listed(indices) => {
                    let (last, before) = indices.split_last()?;
                    *indices = before;
                    at(self.quads, *last)?
                }
            };
            let mut terms = self.pattern.iter().zip(quad);
            if terms.all(|(wanted, term)| wanted.is_none_or(|wanted| wanted == *term)) {
                return Some(*quad);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::NamedNodeRef;

    use super::*;

    /// Quads of terms named by a letter each, such as `sp1g`.
    fn build(quads: &[&str]) -> Builder {
        let mut builder = Builder::default();
        for quad in quads {
            let names: Vec<String> = quad.chars().map(|c| format!("urn:{c}")).collect();
            let ids: Vec<TermId> = names
                .iter()
                .map(|name| builder.intern(NamedNodeRef::new_unchecked(name).into()))
                .collect();
            builder.insert(ids.try_into().unwrap());
        }
        builder
    }

    /// What a pattern such as `s__g` finds.
    fn check(dataset: &Dataset, pattern: &str, expected: &[&str]) {
        let term = |c: char| {
            let name = format!("urn:{c}");
            let term = NamedNodeRef::new_unchecked(&name).into();
            (c != '_').then(|| dataset.dictionary.find(term).unwrap())
        };
        let pattern: Vec<Option<TermId>> = pattern.chars().map(term).collect();
        let shown = |quad: Quad| {
            let terms = quad.map(|id| dataset.dictionary.term(id).unwrap().to_string());
            terms.map(|name| {
                name.trim_start_matches("<urn:")
                    .trim_end_matches('>')
                    .to_owned()
            })
        };
        let found = dataset.matching(pattern.try_into().unwrap());
        let found: Vec<String> = found.map(|quad| shown(quad).concat()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn quads_are_found_by_every_place_the_last_one_first() {
        let dataset = build(&["apxg", "apyg", "bqxh", "apxh"]).finish();
        check(&dataset, "____", &["apxh", "bqxh", "apyg", "apxg"]);
        check(&dataset, "a___", &["apxh", "apyg", "apxg"]);
        check(&dataset, "_q__", &["bqxh"]);
        check(&dataset, "__x_", &["apxh", "bqxh", "apxg"]);
        check(&dataset, "___g", &["apyg", "apxg"]);
        check(&dataset, "ap_h", &["apxh"]);
        check(&dataset, "x___", &[]);
        assert!(dataset.has(0, 0) && !dataset.has(1, 0));
    }

    #[test]
    fn numbers_are_canonical() {
        for (printed, datatype, expected) in [
            ("1.50", xsd::DECIMAL, "1.5"),
            ("+100.0", xsd::DECIMAL, "100"),
            ("007", xsd::INTEGER, "7"),
            ("many", xsd::INTEGER, "many"),
            ("1.50", xsd::STRING, "1.50"),
        ] {
            let term = canonical(Literal::new_typed_literal(printed, datatype).into());
            assert_eq!(term, Literal::new_typed_literal(expected, datatype).into());
        }
    }

    #[test]
    fn of_equal_quads_the_first_one_stays() {
        let dataset = build(&["apxg", "apyg", "apxg"]).finish();
        check(&dataset, "____", &["apyg", "apxg"]);
    }

    #[test]
    fn parts_are_as_good_as_one() {
        let mut whole = build(&["apxg", "bqxh"]);
        whole.append(build(&["bpxh", "apxg"]));
        check(&whole.finish(), "____", &["bpxh", "bqxh", "apxg"]);
    }
}
