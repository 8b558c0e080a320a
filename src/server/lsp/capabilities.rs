//! What the editor can do, and what the server offers it.

use std::path::PathBuf;

use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability,
    DidChangeWatchedFilesRegistrationOptions, ExecuteCommandOptions, FileSystemWatcher,
    GlobPattern, HoverProviderCapability, InitializeParams, MarkupKind, OneOf,
    PositionEncodingKind, Registration, RegistrationParams, SaveOptions, ServerCapabilities,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::uri;
use crate::text::ColumnUnit;

/// The command that shows another place of a finding; its argument is a `Location`.
pub(super) const SHOW: &str = "factlint.show";

/// Files whose changes on disk change what is found.
const WATCHED: [&str; 4] = [
    "**/*.{md,markdown,mdown,mdx,qmd,rmd,Rmd,bib,rq,ttl}",
    "**/*.csl.{json,yaml}",
    "**/references.{json,yaml}",
    "**/{factlint,.factlint,factlint-decisions,factlint-baseline}.{toml,json}",
];

/// What the editor can do.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a capability of its own in the protocol"
)]
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub(super) unit: ColumnUnit,
    pub(super) has_markdown: bool,
    pub(super) has_related_information: bool,
    pub(super) has_document_changes: bool,
    pub(super) has_show_document: bool,
    pub(super) watches: bool,
}

impl Client {
    pub(super) fn of(capabilities: &ClientCapabilities) -> Self {
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let encodings = capabilities
            .general
            .as_ref()
            .and_then(|general| general.position_encodings.as_deref())
            .unwrap_or_default();
        Self {
            unit: if encodings.contains(&PositionEncodingKind::UTF8) {
                ColumnUnit::Utf8
            } else {
                ColumnUnit::Utf16
            },
            has_markdown: document
                .and_then(|document| document.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            has_related_information: document
                .and_then(|document| document.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or_default(),
            has_document_changes: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)
                .unwrap_or_default(),
            has_show_document: capabilities
                .window
                .as_ref()
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|show| show.support),
            watches: workspace
                .and_then(|workspace| {
                    let watched = workspace.did_change_watched_files.as_ref()?;
                    watched.dynamic_registration
                })
                .unwrap_or_default(),
        }
    }
}

/// The folders that are open in the editor.
#[expect(deprecated, reason = "older editors send one root instead of folders")]
pub(super) fn folders(parameters: &InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = &parameters.workspace_folders {
        let uris = folders.iter().map(|folder| folder.uri.as_str());
        return uris.filter_map(uri::path).collect();
    }
    let root = parameters.root_uri.as_ref();
    root.and_then(|root| uri::path(root.as_str()))
        .or_else(|| parameters.root_path.as_ref().map(PathBuf::from))
        .into_iter()
        .collect()
}

/// What the server offers.
pub(super) fn offered(client: &Client) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match client.unit {
            ColumnUnit::Utf8 => PositionEncodingKind::UTF8,
            ColumnUnit::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(
                    SaveOptions::default(),
                )),
                ..TextDocumentSyncOptions::default()
            },
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        execute_command_provider: client.has_show_document.then(|| ExecuteCommandOptions {
            commands: vec![SHOW.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

/// Asks the editor to tell of files that change on disk.
pub(super) fn watched_files() -> RegistrationParams {
    let watcher = |glob: &str| FileSystemWatcher {
        glob_pattern: GlobPattern::String(glob.to_owned()),
        kind: None,
    };
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: WATCHED.into_iter().map(watcher).collect(),
    };
    RegistrationParams {
        registrations: vec![Registration {
            id: "files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        }],
    }
}
