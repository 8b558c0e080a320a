//! A share with the whole that it misses, and what is said of it.

use rust_decimal::Decimal;

use super::super::number::{Line, Number};
use super::super::printed::as_printed;
use super::stated::Stated;
use super::whole::Whole;
use super::{Share, ShareEvidence};
use crate::markdown::{Document, Place};

/// Where a share, its sentence and the whole of a finding stand.
pub(super) struct Missed<'s, 'a> {
    pub(super) share: &'s Stated<'a>,
    pub(super) whole: Whole,
    pub(super) evidence: ShareEvidence,
}

impl<'s, 'a> Missed<'s, 'a> {
    pub(super) fn of_list(share: &'s Stated<'a>, whole: Whole) -> Self {
        Self {
            share,
            whole,
            evidence: ShareEvidence::List,
        }
    }
}

impl Missed<'_, '_> {
    pub(super) fn built(&self, line: &Line<'_>, document: &Document) -> Option<Share> {
        let Self {
            share,
            whole,
            evidence,
        } = self;
        let percent = share.proportion.percent_of(whole.size, 1)?;
        let source = document.source.text();
        let calculation = format!(
            "{} of {} is {}%",
            as_printed(share.proportion.count, source),
            as_printed(whole.size, source),
            percent
        );
        Some(whole.missed_by(share.number, (*evidence, calculation), line, document))
    }
}

impl Whole {
    /// No number at all.
    pub(super) const NONE: Self = Self {
        size: Decimal::ZERO,
        figure: 0,
    };

    /// A share that misses this whole, with why it was taken and the calculation.
    pub(super) fn missed_by(
        self,
        number: &Number,
        (evidence, calculation): (ShareEvidence, String),
        line: &Line<'_>,
        document: &Document,
    ) -> Share {
        let place = Place {
            range: number.range.clone(),
            ..line.place.clone()
        };
        Share {
            span: document.span(&place),
            place,
            figure: number.figure,
            whole: Some(self.figure),
            whole_at: None,
            evidence,
            calculation,
            printed: format!("{}%", number.value),
        }
    }
}
