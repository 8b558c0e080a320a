//! What the lock file says of works: an answer is a node of its own, since many places can name one work.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::iri::{Kind, named_iri, node_iri};
use super::vocab;
use super::wanted::Target;
use super::writer::Writer;
use crate::corpus::{Agreement, Corpus, Naming, NoticedEntry, WorkMatch};
use crate::source::{Answer, NoticeKind, SourceId, State, Why};

/// The named graph of answers.
const ANSWERS: &str = "urn:factlint:answers";

/// Writes the answers that some place names, and what they say of entries and links.
pub(super) fn write(target: &mut Target<'_>, corpus: &Corpus, documents: &[String]) {
    let look_ups = &corpus.look_ups;
    let mut writer = Writer::begin(target, ANSWERS);
    let mut named: BTreeSet<&SourceId> = BTreeSet::new();
    for place in &look_ups.answered {
        let Some(document) = documents.get(place.document) else {
            continue;
        };
        let node = match place.naming {
            Naming::Entry(index) => node_iri(document, Kind::Reference, index),
            Naming::Link(index) => node_iri(document, Kind::Link, index),
        };
        writer.term(&node, vocab::LOOKED_UP, answer_iri(&place.id).as_ref());
        named.insert(&place.id);
    }
    named.extend(look_ups.notices.iter().map(|entry| &entry.id));
    for id in named {
        if let Some(answer) = corpus.sources.lock.answers.get(id) {
            let hint = look_ups.hints.get(id).map(String::as_str);
            write_answer(&mut writer, id, answer, hint);
        }
    }
    for (index, compared) in look_ups.matches.iter().enumerate() {
        if let Some(document) = documents.get(compared.document) {
            write_match(&mut writer, index, document, compared);
        }
    }
    for (index, noticed) in look_ups.notices.iter().enumerate() {
        write_notice(&mut writer, index, documents, noticed);
    }
}

fn answer_iri(id: &SourceId) -> NamedNode {
    named_iri("answer", &id.to_string())
}

fn write_answer(writer: &mut Writer<'_>, id: &SourceId, answer: &Answer, hint: Option<&str>) {
    let node = answer_iri(id);
    let state = match answer.state {
        State::Verified => "verified",
        State::Wrong => "wrong",
        State::NotVerified => "not verified",
    };
    writer.term(&node, vocab::TYPE, vocab::ANSWER);
    writer.text(&node, vocab::SOURCE_KIND, id.kind());
    writer.text(&node, vocab::SOURCE_NAME, id.name());
    writer.text(&node, vocab::STATE, state);
    writer.text_if(&node, vocab::WHY, answer.why.map(why));
    writer.text_if(&node, vocab::SERVICE, Some(&answer.service));
    writer.text_if(&node, vocab::ASKED, answer.asked.get(..10));
    writer.text_if(
        &node,
        vocab::FIRST_MISSED,
        answer.missed.first().and_then(|time| time.get(..10)),
    );
    writer.flag(&node, vocab::IS_GONE, answer.is_gone());
    writer.text_if(&node, vocab::HINT, hint);
    if let Some(status) = answer.status {
        writer.integer(&node, vocab::HTTP_STATUS, usize::from(status));
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::NotFound => "not found",
        Why::Gone => "gone",
        Why::NoSuchHost => "no such host",
        Why::Blocked => "blocked",
        Why::RateLimited => "rate limited",
        Why::TimedOut => "timed out",
        Why::Failed => "failed",
        Why::Unreadable => "unreadable",
        Why::Private => "private",
        Why::NoService => "no service",
        Why::Offline => "offline",
        Why::NotAsked => "not asked",
    }
}

fn write_match(writer: &mut Writer<'_>, index: usize, document: &str, compared: &WorkMatch) {
    let node = named_iri("work-match", &(index + 1).to_string());
    let entry = node_iri(document, Kind::Reference, compared.reference);
    writer.term(&node, vocab::TYPE, vocab::WORK_MATCH);
    writer.term(&node, vocab::MATCHED_ENTRY, entry.as_ref());
    writer.term(
        &node,
        vocab::MATCHED_ANSWER,
        answer_iri(&compared.id).as_ref(),
    );
    let parts: [(_, Agreement); 3] = [
        (vocab::TITLE_AGREES, compared.title),
        (vocab::AUTHOR_AGREES, compared.author),
        (vocab::YEAR_AGREES, compared.year),
    ];
    for (predicate, agreement) in parts {
        writer.text(&node, predicate, agreement.name());
    }
    writer.flag(&node, vocab::ARE_ENGLISH, compared.are_english);
    writer.text(&node, vocab::WORK_LABEL, &compared.work);
    writer.text_if(&node, vocab::WORK_YEARS, Some(&compared.years));
    writer.text_if(
        &node,
        vocab::PRINTED_AUTHOR,
        compared.printed_author.as_deref(),
    );
    let better = compared.better.as_ref().map(SourceId::to_string);
    writer.text_if(&node, vocab::HINT, better.as_deref());
}

fn write_notice(
    writer: &mut Writer<'_>,
    index: usize,
    documents: &[String],
    noticed: &NoticedEntry,
) {
    let Some(document) = documents.get(noticed.document) else {
        return;
    };
    let node = named_iri("notice", &(index + 1).to_string());
    let entry = node_iri(document, Kind::Reference, noticed.reference);
    let kind = match noticed.notice.kind {
        NoticeKind::Retraction => "retraction",
        NoticeKind::Withdrawal => "withdrawal",
        NoticeKind::ExpressionOfConcern => "expression of concern",
        NoticeKind::Correction => "correction",
    };
    writer.term(&node, vocab::TYPE, vocab::NOTICE);
    writer.term(&node, vocab::NOTICE_OF, entry.as_ref());
    writer.text(&node, vocab::NOTICE_KIND, kind);
    writer.text(&node, vocab::NOTICED_WORK, &noticed.id.to_string());
    writer.text_if(&node, vocab::SERVICE, Some(&noticed.notice.service));
    writer.text_if(&node, vocab::NOTICE_NAME, noticed.notice.notice.as_deref());
    writer.text_if(&node, vocab::NOTICE_DATE, noticed.notice.date.as_deref());
    writer.flag(&node, vocab::IS_SAID, noticed.is_said);
    for (document, pointer) in &noticed.relying {
        if let Some(document) = documents.get(*document) {
            let mark = node_iri(document, Kind::Citation, *pointer);
            writer.term(&node, vocab::RELIED_ON_AT, mark.as_ref());
        }
    }
}
