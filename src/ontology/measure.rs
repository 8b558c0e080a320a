//! Measures of the packs: SKOS concepts under `ontology/packs/*.ttl`.

use std::sync::LazyLock;

use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use rust_decimal::Decimal;

use super::{own::own, turtle_files};

/// A measure: what can be measured, under which names, in which unit and range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// IRI of the concept.
    pub iri: String,
    /// Pack it comes from: `clinical`, `business`, `benchmark`, `generic`.
    pub pack: String,
    /// Preferred label: "Objective response rate".
    pub label: String,
    /// All labels, the preferred one first, as written in the pack.
    pub labels: Vec<String>,
    /// What sort of number it is.
    pub kind: Kind,
    /// UCUM code of the unit in which values are compared.
    pub unit: String,
    /// Lowest possible value in that unit.
    pub minimum: Option<Decimal>,
    /// Highest possible value in that unit.
    pub maximum: Option<Decimal>,
}

/// What sort of number a measure is (`fl:kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A share of a whole, in percent.
    Proportion,
    /// A length of time.
    Duration,
    /// A number of things.
    Count,
    /// One quantity over another.
    Ratio,
    /// A quantity with a unit.
    Amount,
    /// A quantity per time.
    Rate,
    /// Between 0 and 1.
    Probability,
    /// A score on a scale.
    Score,
    /// An interval of uncertainty; its numbers are not values.
    Interval,
    /// A calendar year or date.
    Date,
    /// Anything else.
    Other,
}

/// All measures of the embedded packs, sorted by IRI. Parsed once.
pub fn measures() -> &'static [Measure] {
    static MEASURES: LazyLock<Vec<Measure>> = LazyLock::new(read_packs);
    &MEASURES
}

fn read_packs() -> Vec<Measure> {
    let mut measures: Vec<Measure> = turtle_files()
        .iter()
        .filter_map(|(path, quads)| Some((path.strip_prefix("packs/")?, quads)))
        .flat_map(|(pack, quads)| read_pack(pack, quads))
        .collect();
    measures.sort_by(|a, b| a.iri.cmp(&b.iri));
    for (name, terms) in &own().terms {
        add_terms(&mut measures, name, terms);
    }
    measures
}

/// Gives a measure further labels. One that another measure has is taken from it: the house knows what it means.
fn add_terms(measures: &mut [Measure], name: &str, terms: &[String]) {
    let Some(at) = measures.iter().position(|measure| measure.is_called(name)) else {
        return;
    };
    for (index, measure) in measures.iter_mut().enumerate() {
        if index == at {
            measure.labels.extend(terms.iter().cloned());
        } else {
            measure
                .labels
                .retain(|label| *label == measure.label || !terms.contains(label));
        }
    }
}

impl Measure {
    /// Whether a label of it is this, case aside.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.labels.iter().any(|label| label.to_lowercase() == name)
    }
}

/// Reads one pack.
fn read_pack(pack: &str, quads: &[Quad]) -> Vec<Measure> {
    let mut concepts: std::collections::BTreeMap<String, Measure> =
        std::collections::BTreeMap::new();
    for quad in quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            continue;
        };
        let iri = subject.as_str();
        let measure = concepts.entry(iri.to_owned()).or_insert_with(|| Measure {
            iri: iri.to_owned(),
            pack: pack.to_owned(),
            label: String::new(),
            labels: Vec::new(),
            kind: Kind::Other,
            unit: String::new(),
            minimum: None,
            maximum: None,
        });
        let Term::Literal(literal) = &quad.object else {
            continue;
        };
        let value = literal.value();
        let local = quad
            .predicate
            .as_str()
            .rsplit(['#', '/'])
            .next()
            .unwrap_or_default();
        match local {
            "prefLabel" => {
                value.clone_into(&mut measure.label);
                measure.labels.insert(0, value.to_owned());
            }
            "altLabel" => measure.labels.push(value.to_owned()),
            "kind" => measure.kind = Kind::from_name(value),
            "canonicalUnit" => value.clone_into(&mut measure.unit),
            "minValue" => measure.minimum = value.parse().ok(),
            "maxValue" => measure.maximum = value.parse().ok(),
            _ => {}
        }
    }
    concepts
        .into_values()
        .filter(|measure| !measure.label.is_empty() && !measure.unit.is_empty())
        .collect()
}

impl Kind {
    fn from_name(name: &str) -> Self {
        match name {
            "proportion" => Self::Proportion,
            "duration" => Self::Duration,
            "count" => Self::Count,
            "ratio" => Self::Ratio,
            "amount" => Self::Amount,
            "rate" => Self::Rate,
            "probability" => Self::Probability,
            "score" => Self::Score,
            "interval" => Self::Interval,
            "date" => Self::Date,
            _ => Self::Other,
        }
    }
}

/// A measure kept as its place in [`measures`], for use with serde. Only a run with the same measures may read it; a place that
/// no measure has is an error.
pub mod by_place {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::{Measure, measures};

    /// Writes the place.
    ///
    /// # Errors
    /// Where the measure is none of the table, and those of the serializer.
    pub fn serialize<S: Serializer>(
        measure: &&'static Measure,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let place = measures().iter().position(|one| one == *measure);
        let unknown = || serde::ser::Error::custom("a measure of no pack");
        place.ok_or_else(unknown)?.serialize(serializer)
    }

    /// Reads the place.
    ///
    /// # Errors
    /// Where there is no such place, and those of the deserializer.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static Measure, D::Error> {
        let place = usize::deserialize(deserializer)?;
        let unknown = || D::Error::custom("no measure is there");
        measures().get(place).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_added_to_a_pack_by_data_alone() {
        let pack = r#"
            @prefix fl: <https://w3id.org/factlint/ns#> .
            @prefix m: <https://w3id.org/factlint/pack/bakery#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            m:hydration a skos:Concept ; skos:prefLabel "Hydration"@en ; skos:altLabel "dough hydration"@en ;
              fl:kind "proportion" ; fl:canonicalUnit "%" ; fl:better "none" ; fl:minValue 0.0 ; fl:maxValue 150.0 .
            m:note a skos:Concept ; skos:prefLabel "Without a unit it is no measure"@en ."#;
        let parser = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle);
        let quads: Vec<Quad> = parser.for_slice(pack).map(Result::unwrap).collect();
        let found = read_pack("bakery", &quads);
        let [hydration] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(hydration.labels, ["Hydration", "dough hydration"]);
        assert_eq!(
            (hydration.kind, hydration.unit.as_str()),
            (Kind::Proportion, "%")
        );
        assert_eq!(hydration.maximum, Some(Decimal::new(1500, 1)));
    }

    #[test]
    fn a_house_term_means_one_measure() {
        let mut known = measures().to_vec();
        add_terms(&mut known, "objective response RATE", &["TTR".to_owned()]);
        let called: Vec<&str> = known
            .iter()
            .filter(|measure| measure.is_called("TTR"))
            .map(|measure| measure.label.as_str())
            .collect();
        assert_eq!(called, ["Objective response rate"]);
    }

    #[test]
    fn every_pack_file_is_read_and_every_measure_has_labels_and_a_unit() {
        for pack in ["benchmark", "business", "clinical", "generic"] {
            assert!(
                measures().iter().any(|measure| measure.pack == pack),
                "{pack}"
            );
        }
        for measure in measures() {
            assert!(
                !measure.labels.is_empty() && !measure.unit.is_empty(),
                "{}",
                measure.iri
            );
            assert_ne!(measure.kind, Kind::Other, "{}", measure.iri);
        }
    }

    #[test]
    fn the_clinical_pack_knows_its_measures() {
        let orr = measures()
            .iter()
            .find(|measure| measure.iri.ends_with("clinical#orr"))
            .unwrap();
        assert_eq!(
            (orr.label.as_str(), orr.kind, orr.unit.as_str()),
            ("Objective response rate", Kind::Proportion, "%")
        );
        assert!(orr.labels.iter().any(|label| label == "ORR"));
    }
}
