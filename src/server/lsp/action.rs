//! What can be done about a finding from within the editor, and where its other places are.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, Command, Diagnostic, DocumentChanges,
    Location as Place, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    Uri, WorkspaceEdit,
};

use super::capabilities::{Client, SHOW};
use super::checked::{Checked, Document, Places, all_places, range};
use super::diagnostic::{named, shown_at};
use super::hover::{entries, pointers};
use super::uri;
use crate::corpus::Extraction;
use crate::decision::{COMMENT_RULES, Insertion, file_ignoring_comment, ignoring_comment};
use crate::finding::Finding;
use crate::text::{EditorLines, Span};

/// The actions for the findings that are shown in a span of a document. `shown` are the diagnostics the editor has there.
pub(super) fn actions(
    checked: &Checked,
    (name, span): (&str, Span),
    shown: &[Diagnostic],
    client: &Client,
) -> Vec<CodeActionOrCommand> {
    let touches = |finding: &&Finding| {
        shown_at(finding).any(|place| {
            place.path == name && place.span.start <= span.end && span.start <= place.span.end
        })
    };
    let mut actions = Vec::new();
    for finding in checked.findings.iter().filter(touches) {
        let id = serde_json::Value::from(finding.fingerprint.clone());
        let own: Vec<Diagnostic> = shown
            .iter()
            .filter(|diagnostic| diagnostic.data.as_ref() == Some(&id))
            .cloned()
            .collect();
        let mut push = |action: Option<CodeAction>| {
            actions.extend(action.map(|action| {
                CodeActionOrCommand::CodeAction(CodeAction {
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: Some(own.clone()).filter(|own| !own.is_empty()),
                    ..action
                })
            }));
        };
        push(ignore(finding, name, checked, client));
        push(file_ignore(finding, checked, client));
        if client.has_show_document {
            for action in shows(finding, (name, span), checked, client) {
                push(Some(action));
            }
        }
    }
    actions
}

fn ignore(finding: &Finding, name: &str, checked: &Checked, client: &Client) -> Option<CodeAction> {
    let place = if finding.location.path == name {
        "here".to_owned()
    } else {
        format!("at {}", named(&finding.location, checked))
    };
    let title = format!("Ignore {} {place}, with a reason", finding.rule);
    comment(finding, title, ignoring_comment, (checked, client))
}

fn file_ignore(finding: &Finding, checked: &Checked, client: &Client) -> Option<CodeAction> {
    let path = &finding.location.path;
    let title = format!("Ignore {} in all of {path}, with a reason", finding.rule);
    comment(finding, title, file_ignoring_comment, (checked, client))
}

/// Where a comment about a finding goes in its document.
type Placing = fn(&Finding, &Extraction) -> Option<Insertion>;

fn comment(
    finding: &Finding,
    title: String,
    place: Placing,
    (checked, client): (&Checked, &Client),
) -> Option<CodeAction> {
    if COMMENT_RULES.contains(&finding.rule.as_str()) {
        return None;
    }
    let path = &finding.location.path;
    let extraction = checked.extraction(path)?;
    let insertion = place(finding, extraction)?;
    let lines = EditorLines::new(extraction.document.source.text(), client.unit);
    let edit = TextEdit {
        range: range(&lines, Span::new(insertion.offset, insertion.offset)),
        new_text: insertion.text,
    };
    Some(CodeAction {
        title,
        edit: Some(workspace_edit(checked.documents.get(path)?, edit, client)?),
        ..CodeAction::default()
    })
}

fn workspace_edit(document: &Document, edit: TextEdit, client: &Client) -> Option<WorkspaceEdit> {
    let uri = uri::typed(&document.uri)?;
    if client.has_document_changes {
        let text_document = OptionalVersionedTextDocumentIdentifier {
            uri,
            version: document.version,
        };
        let edits = vec![OneOf::Left(edit)];
        return Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                text_document,
                edits,
            }])),
            ..WorkspaceEdit::default()
        });
    }
    Some(WorkspaceEdit::new(
        [(uri, vec![edit])].into_iter().collect(),
    ))
}

/// Other places of one finding to go to; a table of percentages can have dozens.
const MOST_PLACES: usize = 5;

fn shows(
    finding: &Finding,
    (name, span): (&str, Span),
    checked: &Checked,
    client: &Client,
) -> Vec<CodeAction> {
    let places = Places::of([finding], checked, client.unit);
    all_places(finding)
        .filter(|other| other.path != name || !other.span.overlaps(span))
        .take(MOST_PLACES)
        .filter_map(|other| {
            let title = format!("Go to {}", named(other, checked));
            let place = serde_json::to_value(places.place(other)?).ok()?;
            Some(CodeAction {
                title: title.clone(),
                command: Some(Command::new(title, SHOW.to_owned(), Some(vec![place]))),
                ..CodeAction::default()
            })
        })
        .collect()
}

/// Where a byte of a document leads: from a citation mark to its entries, from a finding to its other places.
pub(super) fn definitions(
    extraction: &Extraction,
    offset: usize,
    (checked, own): (Option<&Checked>, &str),
    client: &Client,
) -> Vec<Place> {
    let name = extraction.document.source.path();
    let uris: BTreeMap<&str, &str> = checked
        .iter()
        .flat_map(|checked| &checked.documents)
        .map(|(name, document)| (name.as_str(), document.uri.as_str()))
        .chain([(name, own)])
        .collect();
    let place = |of: &Extraction, span: Span| {
        let source = &of.document.source;
        let lines = EditorLines::new(source.text(), client.unit);
        let uri = Uri::from_str(uris.get(source.path())?).ok()?;
        Some(Place::new(uri, range(&lines, span)))
    };
    let mut found = Vec::new();
    for pointer in pointers(extraction, offset) {
        for (_, of, reference) in entries(extraction, pointer, checked) {
            found.extend(place(of, reference.span));
        }
    }
    if found.is_empty()
        && let Some(checked) = checked
    {
        let others = super::hover::at(checked, name, offset).flat_map(all_places);
        for other in
            others.filter(|other| other.path != name || !super::hover::holds(other.span, offset))
        {
            if let Some(of) = checked.extraction(&other.path) {
                found.extend(place(of, other.span));
            }
        }
    }
    found
}
