//! How the numbers of a reference list stand to the marks of the text.

use super::iri::Kind;
use super::source::Source;
use super::vocab;
use super::writer::DocumentWriter;

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let Some(order) = source.corpus.list_orders.get(source.index) else {
        return;
    };
    let node = writer.iri.clone();
    if let Some(shift) = order.shift {
        let by = format!("{:+}", shift.by);
        writer.writer.text(&node, vocab::SHIFTED_BY, &by);
        writer
            .writer
            .integer(&node, vocab::SHIFTED_MARKS, shift.marks);
        writer
            .writer
            .integer(&node, vocab::COMPARED_MARKS, shift.compared);
    }
    if let Some(end) = order.end {
        writer
            .writer
            .integer(&node, vocab::MARKS_BEYOND_LIST, end.marks);
        let last = end.last.to_string();
        writer.writer.text(&node, vocab::LAST_NUMBER, &last);
    }
    for (entry, before) in &order.gaps {
        let entry = writer.node(Kind::Reference, *entry);
        let before = before.to_string();
        writer.writer.text(&entry, vocab::NUMBER_BEFORE, &before);
    }
}
