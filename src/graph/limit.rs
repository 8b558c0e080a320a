//! What a figure can be at most and at least, beside the bounds it is printed with.

use oxigraph::model::NamedNode;

use super::vocab;
use super::writer::DocumentWriter;
use crate::claim::Limit;
use crate::quantity::Quantity;

pub(super) fn write(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    quantity: &Quantity,
    limit: &Limit,
) {
    let quads = &mut writer.writer;
    quads.text(node, vocab::LIMIT_OF, &limit.of);
    quads.decimal_if(node, vocab::POSSIBLE_LOW, limit.low);
    quads.decimal_if(node, vocab::POSSIBLE_HIGH, limit.high);
    quads.decimal(node, vocab::PRINTED_LOW, quantity.low);
    quads.decimal(node, vocab::PRINTED_HIGH, quantity.high);
}
