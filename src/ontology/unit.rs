//! Units: `ontology/lexicon/units.tsv`.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::lexicon_table;

/// What a unit measures. Values are comparable only inside one dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dimension {
    /// Shares, in percent.
    Proportion,
    /// Differences of shares, in percentage points.
    PercentagePoint,
    /// Lengths of time, in days.
    Time,
    /// Lengths, in metres.
    Length,
    /// Masses, in grams.
    Mass,
    /// Volumes, in litres.
    Volume,
    /// Temperatures, each scale by itself.
    Temperature,
    /// Amounts of data, in bytes.
    Data,
    /// Money; each currency is compared with itself only.
    Money,
    /// Numbers of things.
    Count,
    /// Multiples: fold, times.
    Multiple,
    /// Anything else: compared only where the UCUM codes are equal.
    Other,
}

/// One unit with the forms it is printed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDefinition {
    /// UCUM code.
    pub ucum: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// Factor to the canonical unit of the dimension.
    pub factor: Decimal,
    /// Printed forms, case as in the file.
    pub forms: Vec<&'static str>,
}

/// All known units. Columns of the file: UCUM code, dimension, factor, printed forms separated by `|`.
pub fn units() -> &'static [UnitDefinition] {
    static UNITS: LazyLock<Vec<UnitDefinition>> = LazyLock::new(|| {
        lexicon_table("units")
            .filter_map(|row| match row.as_slice() {
                [ucum, dimension, factor, forms] => Some(UnitDefinition {
                    ucum,
                    dimension: Dimension::from_name(dimension),
                    factor: factor.parse().ok()?,
                    forms: forms.split('|').map(str::trim).collect(),
                }),
                _ => None,
            })
            .collect()
    });
    &UNITS
}

impl Dimension {
    fn from_name(name: &str) -> Self {
        match name {
            "proportion" => Self::Proportion,
            "percentage-point" => Self::PercentagePoint,
            "time" => Self::Time,
            "length" => Self::Length,
            "mass" => Self::Mass,
            "volume" => Self::Volume,
            "temperature" => Self::Temperature,
            "data" => Self::Data,
            "money" => Self::Money,
            "count" => Self::Count,
            "multiple" => Self::Multiple,
            _ => Self::Other,
        }
    }
}
