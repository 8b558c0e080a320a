//! The client against hosts on loopback that answer as hosts do, and as they should not. Here is what makes such hosts.

mod addresses;
mod answers;
mod failures;
mod pages;

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use super::names::Found;
use super::*;

/// A request as a host saw it.
#[derive(Clone)]
struct Asked {
    line: String,
    headers: HeaderMap,
    at: Instant,
}

/// A host on loopback and what it was asked.
struct Host {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Host {
    /// Answers by the line `GET /path?query` and the number of requests before.
    async fn new<A: IntoResponse>(
        answer: impl Fn(&str, usize) -> A + Clone + Send + Sync + 'static,
    ) -> Self {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let log = Arc::clone(&asked);
        let router = Router::new().fallback(async move |request: axum::extract::Request| {
            let line = format!("{} {}", request.method(), request.uri());
            let mut log = log.lock().unwrap();
            log.push(Asked {
                line: line.clone(),
                headers: request.headers().clone(),
                at: Instant::now(),
            });
            answer(&line, log.len() - 1).into_response()
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn lines(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|asked| asked.line.clone()).collect()
    }
}

/// A host that does to each connection, once the request came, what no server should.
async fn broken<F: Future<Output = ()> + Send>(
    answer: impl Fn(TcpStream, String) -> F + Clone + Send + Sync + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                let mut buffer = [0; 1024];
                while !request.ends_with(b"\r\n\r\n") {
                    match stream.read(&mut buffer).await {
                        Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
                        _ => return,
                    }
                }
                answer(stream, String::from_utf8_lossy(&request).into_owned()).await;
            });
        }
    });
    address
}

/// Answers the same bytes to every connection and closes it.
async fn saying(bytes: &'static [u8]) -> (SocketAddr, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let address = broken(move |mut stream, _| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            stream.write_all(bytes).await.ok();
        }
    })
    .await;
    (address, count)
}

/// No waiting but what a host asks for.
fn hasty() -> Settings {
    Settings {
        manners: Manners {
            at_once: 2,
            interval: Duration::ZERO,
        },
        backoff: Duration::from_millis(1),
        limits: Limits {
            body: 1 << 20,
            ..Limits::default()
        },
        allow_private: true,
        ..Settings::default()
    }
}

/// Does not allow private addresses but that of one host, for services.
fn guarded(trusted: SocketAddr) -> Settings {
    Settings {
        allow_private: false,
        trusted: BTreeSet::from([format!("http://{trusted}")]),
        ..hasty()
    }
}

fn hasty_client() -> Client {
    Client::new(hasty()).unwrap()
}

fn service(url: &str) -> Request {
    Request {
        url: url.into(),
        accept: "application/json",
        ..Request::default()
    }
}

fn page(url: &str) -> Request {
    Request {
        url: url.into(),
        is_page: true,
        ..Request::default()
    }
}

fn why(answer: Result<Response, Refusal>) -> Why {
    answer.expect_err("nothing that can be read").why
}

/// A resolver that knows a few names.
struct Known(BTreeMap<&'static str, &'static str>);

impl Names for Known {
    fn look_up<'a>(&'a self, host: &'a str) -> Found<'a> {
        let found = self
            .0
            .get(host)
            .map(|address| vec![address.parse::<IpAddr>().unwrap()])
            .ok_or_else(|| io::Error::other("Name or service not known"));
        Box::pin(std::future::ready(found))
    }
}

fn client_that_knows<const N: usize>(
    settings: Settings,
    names: [(&'static str, &'static str); N],
) -> Client {
    let names: Arc<dyn Names> = Arc::new(Known(names.into()));
    Client::with_names(settings, &names).unwrap()
}
