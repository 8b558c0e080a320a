//! The p-value of a statistic, between the rounding bounds of the statistic.
//!
//! Distributions need floats; what they give is rounded to 12 decimals at once, and only decimals are compared.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};
use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::checked_gamma_ur;

use super::Test;
use crate::quantity::UNBOUNDED;

/// Decimals that are kept of a p-value.
const DECIMALS: u32 = 12;
/// Beyond these the series of the distributions take long or are not exact.
const MOST_DF: f64 = 1e6;
const MOST_VALUE: f64 = 1e9;

/// Lowest and highest p-value for a magnitude of the statistic between `low` and `high`.
pub(super) fn bounds(
    test: Test,
    df1: Option<Decimal>,
    df2: Option<Decimal>,
    (low, high): (Decimal, Decimal),
) -> Option<(Decimal, Decimal)> {
    if test == Test::R && low >= Decimal::ONE {
        return None;
    }
    let least = if high >= UNBOUNDED {
        Decimal::ZERO
    } else {
        tail(test, df1, df2, high)?
    };
    let most = tail(test, df1, df2, low)?;
    Some((least, most))
}

/// The chance of a statistic at least so far out.
pub(super) fn tail(
    test: Test,
    df1: Option<Decimal>,
    df2: Option<Decimal>,
    value: Decimal,
) -> Option<Decimal> {
    let df1 = degrees(df1);
    let df2 = degrees(df2);
    let x = value.to_f64().filter(|x| *x <= MOST_VALUE)?;
    let p = match test {
        Test::Z => erfc(x / std::f64::consts::SQRT_2),
        Test::T => student(x * x, df2?)?,
        Test::R if x >= 1.0 => 0.0,
        Test::R => student(x * x * df2? / (1.0 - x * x), df2?)?,
        Test::F => fisher(x, df1?, df2?)?,
        Test::ChiSquare | Test::Q if x <= 0.0 => 1.0,
        Test::ChiSquare | Test::Q => checked_gamma_ur(df2? / 2.0, x / 2.0).ok()?,
    };
    let p = Decimal::from_f64(p)?.round_dp(DECIMALS);
    Some(p.clamp(Decimal::ZERO, Decimal::ONE))
}

fn degrees(df: Option<Decimal>) -> Option<f64> {
    df?.to_f64().filter(|df| *df > 0.0 && *df <= MOST_DF)
}

/// Both tails of Student's t, by the square of t.
fn student(square: f64, df: f64) -> Option<f64> {
    checked_beta_reg(df / 2.0, 0.5, df / (df + square)).ok()
}

fn fisher(value: f64, between: f64, within: f64) -> Option<f64> {
    let share = within / (within + between * value);
    checked_beta_reg(within / 2.0, between / 2.0, share).ok()
}
