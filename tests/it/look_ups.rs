//! The whole way of a look-up: documents, the built program, services on loopback that speak as the real ones do, the lock
//! file, and what a check finds by it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::program;

const DOCUMENT: &str = "# Barley\n\n\
    Barley yields rose by 12% under cover crops [1]. Rust fungi spread faster in wet years [2]. Malting quality fell [3]. Straw \
    was not weighed [4]. The registry has more [5].\n\n\
    ## References\n\n\
    1. Aldous P. Cover crops and the yield of spring barley. Journal of Field Trials. 2019. doi:10.5555/right\n\
    2. Brandt K. Rust fungi in wet years on the northern plains. Journal of Field Trials. 2018. doi:10.5555/rust\n\
    3. Castellan R. Malting quality after drought in two seasons. Journal of Field Trials. 2020. doi:10.5555/elsewhere\n\
    4. Dorn T. Straw weight and lodging of tall varieties. Journal of Field Trials. 2017. doi:10.5555/nowhere\n\
    5. Eklund S. A register of barley trials in the north. Journal of Field Trials. 2016. doi:10.5555/refused\n";

fn crossref_work(doi: &str, (title, family, year): (&str, &str, u16), updates: &Value) -> Response {
    let work = json!({
        "DOI": doi,
        "title": [title],
        "author": [{"family": family, "given": "A", "sequence": "first"}],
        "container-title": ["Journal of Field Trials"],
        "issued": {"date-parts": [[year]]},
        "updated-by": updates,
    });
    Json(json!({"status": "ok", "message-type": "work", "message": work})).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, Json(json!({"status": "error"}))).into_response()
}

async fn crossref(State(asked): State<Arc<AtomicUsize>>, Path(doi): Path<String>) -> Response {
    asked.fetch_add(1, Ordering::Relaxed);
    match doi.as_str() {
        "10.5555/right" => crossref_work(
            &doi,
            ("Cover crops and the yield of spring barley", "Aldous", 2019),
            &json!([]),
        ),
        "10.5555/rust" => crossref_work(
            &doi,
            (
                "Rust fungi in wet years on the northern plains",
                "Brandt",
                2018,
            ),
            &json!([{"DOI": "10.5555/notice", "type": "retraction", "label": "Retraction", "source": "publisher",
                "updated": {"date-parts": [[2021, 3, 4]]}}]),
        ),
        "10.5555/elsewhere" => crossref_work(
            &doi,
            ("Wing patterns of alpine butterflies", "Quist", 1998),
            &json!([]),
        ),
        "10.5555/refused" => StatusCode::FORBIDDEN.into_response(),
        _ => missing(),
    }
}

/// Crossref, DataCite and the handle system at one address; OpenAlex is down.
fn services(asked: Arc<AtomicUsize>) -> SocketAddr {
    let nothing = json!({"status": "ok", "message-type": "work-list", "message": {"total-results": 0, "items": []}});
    let unregistered = json!({"responseCode": 100, "handle": "10.5555/nowhere"});
    let router = Router::new()
        .route("/crossref/works/{doi}", get(crossref))
        .route("/crossref/works", get(async move || Json(nothing)))
        .route("/datacite/dois/{doi}", get(async || missing()))
        .route(
            "/doi/api/handles/{doi}",
            get(async move || (StatusCode::NOT_FOUND, Json(unregistered))),
        )
        .fallback(async |_: Uri| StatusCode::SERVICE_UNAVAILABLE)
        .with_state(asked);
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread();
        { runtime }.enable_all().build().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    address
}

#[test]
fn what_services_say_is_kept_and_a_check_judges_by_it() {
    let asked = Arc::new(AtomicUsize::new(0));
    let at = services(Arc::clone(&asked));
    let settings = format!(
        "[look-ups]\ninterval = \"1ms\"\n[look-ups.services]\ncrossref = \"http://{at}/crossref\"\ndatacite = \
         \"http://{at}/datacite\"\ndoi = \"http://{at}/doi\"\nopenalex = \"http://{at}/openalex\"\npubmed = \
         \"http://{at}/pubmed\"\n"
    );
    let folder = program::folder(&[
        ("barley.md", DOCUMENT.as_bytes()),
        ("factlint.toml", settings.as_bytes()),
    ]);
    let update = program::factlint(folder.path(), &["sources", "update"]);
    let said = String::from_utf8_lossy(&update.stdout).into_owned();
    assert_eq!(update.status.code(), Some(1), "{update:?}");
    assert!(
        said.contains("5 sources asked about: 3 verified, 1 wrong, 1 not verified"),
        "{said}"
    );
    assert!(said.contains("barley.md:10: doi:10.5555/nowhere"), "{said}");

    let found = program::printed(folder.path(), &["--format", "concise", "--quiet"]);
    let rules: Vec<(&str, &str)> = found
        .lines()
        .filter_map(|line| {
            let (place, rest) = line.split_once(": ")?;
            let (_, rest) = rest.split_once('[')?;
            Some((place.split(':').nth(1)?, rest.split_once(']')?.0))
        })
        .collect();
    for expected in [
        ("8", "retracted-source"),
        ("9", "reference-metadata-mismatch"),
        ("10", "unknown-doi"),
    ] {
        assert!(rules.contains(&expected), "{expected:?} in {found}");
    }
    assert!(rules.iter().all(|(line, _)| *line != "7"), "{found}");

    let before = asked.load(Ordering::Relaxed);
    let again = program::printed(folder.path(), &["sources", "update", "--only", "new"]);
    assert!(again.contains("0 sources asked about"), "{again}");
    assert_eq!(asked.load(Ordering::Relaxed), before);
}
