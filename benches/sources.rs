//! What a run of look-ups over many references takes, and whether it stays polite and small: time, requests, the most at once
//! at one host, and the most memory.
//!
//! `cargo bench --bench sources` has the built program ask a server on loopback about 1,000 and about 10,000 references;
//! `cargo bench --bench sources -- 500` about as many as named. Nine of ten are works of Crossref, one of ten is a page, on
//! twenty hosts. Of a hundred answers one is a body of a gigabyte, one breaks off, one is 429 and one 503. Nothing but
//! loopback is asked.
//! It leaves out what single answers do: those are tests (`src/source/http/tests`).
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark stops where a stage fails, and prints figures"
)]

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, HOST, RETRY_AFTER};
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;

/// What each host is to have at once; `per-host` of the settings.
const PER_HOST: usize = 3;
/// Hosts that pages stand on.
const PAGE_HOSTS: usize = 20;
/// Time that the server takes to answer, as a near service would.
const LATENCY: Duration = Duration::from_millis(4);
/// Bytes of the long answers.
const GIGABYTE: usize = 1 << 30;
/// Bytes that the server writes at once.
const PIECE: usize = 1 << 16;

fn main() {
    let asked: Vec<usize> = env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let sizes = if asked.is_empty() {
        vec![1_000, 10_000]
    } else {
        asked
    };
    println!(
        "references,seconds,requests,most at once at a host,allowed,most memory in MB,last line"
    );
    for references in sizes {
        row(references);
    }
}

fn row(references: usize) {
    let seen = Arc::new(Mutex::new(Seen::default()));
    let at = serve(Arc::clone(&seen));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("works.md"), document(references, at)).unwrap();
    fs::write(folder.path().join("factlint.toml"), settings(at)).unwrap();
    let printed = folder.path().join("printed.txt");
    let before = Instant::now();
    let run = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["sources", "update"])
        .current_dir(folder.path())
        .stdout(fs::File::create(&printed).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let memory = most_memory(run);
    let seconds = before.elapsed().as_secs_f64();
    let said = fs::read_to_string(&printed).unwrap();
    let seen = seen.lock().unwrap();
    println!(
        "{references},{seconds:.1},{},{},{PER_HOST},{memory},\"{}\"",
        seen.requests,
        seen.most_at_once,
        said.lines()
            .find(|line| line.contains("asked about"))
            .unwrap_or(&said)
    );
}

/// What came to the server.
#[derive(Default)]
struct Seen {
    requests: usize,
    at_once: BTreeMap<String, usize>,
    most_at_once: usize,
}

/// One request that is being answered, until it is dropped.
struct Answering {
    seen: Arc<Mutex<Seen>>,
    host: String,
}

impl Answering {
    fn begin(seen: &Arc<Mutex<Seen>>, host: &str) -> Self {
        let mut now = seen.lock().unwrap();
        now.requests += 1;
        let here = now.at_once.entry(host.to_owned()).or_default();
        *here += 1;
        let here = *here;
        now.most_at_once = now.most_at_once.max(here);
        Self {
            seen: Arc::clone(seen),
            host: host.to_owned(),
        }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        if let Some(here) = self.seen.lock().unwrap().at_once.get_mut(&self.host) {
            *here -= 1;
        }
    }
}

/// Every address of 127.0.0.0/8 is a host of its own: 127.0.0.1 are the services, 127.0.1.N the pages.
fn serve(seen: Arc<Mutex<Seen>>) -> SocketAddr {
    let listener = std::net::TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let router = Router::new().fallback(answer).with_state(seen);
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    (Ipv4Addr::LOCALHOST, port).into()
}

async fn answer(State(seen): State<Arc<Mutex<Seen>>>, request: Request) -> Response {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let answering = Answering::begin(&seen, host.unwrap_or_default());
    tokio::time::sleep(LATENCY).await;
    let path = request.uri().path();
    if path == "/robots.txt" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let number = path
        .rsplit(['.', '/'])
        .next()
        .and_then(|number| number.parse::<usize>().ok());
    let number = number.unwrap_or_default();
    match number % 100 {
        11 => body(GIGABYTE, GIGABYTE, answering),
        37 => body(GIGABYTE, 3 * PIECE, answering),
        59 => (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "0")]).into_response(),
        83 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ if path.starts_with("/crossref/works/") => work(number),
        _ if path.starts_with("/page/") => "<title>Oats</title>".into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A body that promises some bytes and breaks off after those it has.
fn body(promised: usize, written: usize, answering: Answering) -> Response {
    let piece = Bytes::from(vec![b' '; PIECE]);
    let pieces = stream::unfold((0, answering), move |(sent, answering)| {
        let piece = piece.clone();
        async move {
            (sent < written).then(|| (Ok::<_, std::io::Error>(piece), (sent + PIECE, answering)))
        }
    });
    let head = [
        (CONTENT_LENGTH, promised.to_string()),
        (CONTENT_TYPE, "application/json".to_owned()),
    ];
    (head, Body::from_stream(pieces)).into_response()
}

fn work(number: usize) -> Response {
    let message = json!({
        "DOI": format!("10.5555/oats.{number}"),
        "title": [title(number)],
        "author": [{"family": "Aldous", "given": "P", "sequence": "first"}],
        "issued": {"date-parts": [[2019]]},
    });
    axum::Json(json!({"status": "ok", "message-type": "work", "message": message})).into_response()
}

fn title(number: usize) -> String {
    format!("Yield of oats on field {number} of the northern plain")
}

fn document(references: usize, at: SocketAddr) -> String {
    let mut text = String::from("# Oats\n\n## References\n\n");
    for number in 1..=references {
        let title = title(number);
        if number.is_multiple_of(10) {
            let host = number / 10 % PAGE_HOSTS + 1;
            let page = format!("http://127.0.1.{host}:{}/page/{}", at.port(), number + 1);
            writeln!(text, "{number}. Aldous P. {title}. 2019. {page}")
        } else {
            writeln!(
                text,
                "{number}. Aldous P. {title}. 2019. doi:10.5555/oats.{number}"
            )
        }
        .expect("text takes every line");
    }
    text
}

fn settings(at: SocketAddr) -> String {
    let services = ["crossref", "datacite", "doi", "openalex", "pubmed"];
    let services = services.map(|name| format!("{name} = \"http://{at}/{name}\""));
    format!(
        "[look-ups]\nallow-private = true\ninterval = \"0ms\"\nper-host = {PER_HOST}\n[look-ups.services]\n{}\n",
        services.join("\n")
    )
}

/// Waits for the program's end; the most memory it had, in megabytes, as Linux counts it.
fn most_memory(mut run: Child) -> u64 {
    let status = format!("/proc/{}/status", run.id());
    let mut most = 0;
    while run.try_wait().unwrap().is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        most = most.max(kilobytes.unwrap_or_default() / 1024);
        std::thread::sleep(Duration::from_millis(20));
    }
    most
}
