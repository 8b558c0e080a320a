//! What hosts answer in good order, and when they are asked again.

use axum::http::StatusCode;
use tokio::task::JoinSet;

use super::*;

#[tokio::test]
async fn what_speaks_of_the_work_is_a_response() {
    for status in [200, 400, 404, 410] {
        let host = Host::new(move |_, _| (StatusCode::from_u16(status).unwrap(), "{}")).await;
        let response = hasty_client()
            .get(service(&host.url("/works/1#part")))
            .await;
        let response = response.unwrap();
        assert_eq!(response.status, status);
        assert_eq!(response.body, b"{}");
        assert_eq!(response.url, host.url("/works/1"));
        assert_eq!(host.lines(), ["GET /works/1"]);
    }
}

#[tokio::test]
async fn what_speaks_of_the_host_is_a_refusal_after_as_many_attempts_as_may_help() {
    for (status, expected, attempts) in [
        (401, Why::Blocked, 1),
        (403, Why::Blocked, 1),
        (408, Why::TimedOut, 3),
        (429, Why::RateLimited, 3),
        (500, Why::Failed, 3),
        (501, Why::Failed, 1),
        (503, Why::Failed, 3),
    ] {
        let host = Host::new(move |_, _| StatusCode::from_u16(status).unwrap()).await;
        let refusal = hasty_client()
            .get(service(&host.url("/")))
            .await
            .unwrap_err();
        assert_eq!((refusal.why, refusal.status), (expected, Some(status)));
        assert_eq!(host.lines().len(), attempts, "{status}");
    }
}

#[tokio::test]
async fn another_attempt_can_succeed() {
    let host = Host::new(|_, before| match before {
        0 => (StatusCode::SERVICE_UNAVAILABLE, "no"),
        _ => (StatusCode::OK, "yes"),
    })
    .await;
    let response = hasty_client().get(service(&host.url("/"))).await.unwrap();
    assert_eq!(response.body, b"yes");
}

#[tokio::test]
async fn a_host_is_left_alone_as_long_as_it_asks_in_either_form() {
    let date = "Sat, 21 Nov 2026 10:00:00 GMT";
    for retry_after in ["1", "Sat, 21 Nov 2026 10:00:01 GMT"] {
        let host = Host::new(move |_, before| {
            let status = if before == 0 { 429 } else { 200 };
            let headers = [("Retry-After", retry_after), ("Date", date)];
            (StatusCode::from_u16(status).unwrap(), headers)
        })
        .await;
        hasty_client().get(service(&host.url("/"))).await.unwrap();
        let asked = host.asked.lock().unwrap().clone();
        assert!(asked[1].at - asked[0].at >= Duration::from_secs(1));
    }
}

#[tokio::test]
async fn a_host_that_wants_rest_for_longer_than_the_run_waits_is_asked_no_more() {
    let host = Host::new(|_, _| (StatusCode::TOO_MANY_REQUESTS, [("Retry-After", "3600")])).await;
    let client = hasty_client();
    for path in ["/a", "/b"] {
        assert_eq!(
            why(client.get(service(&host.url(path))).await),
            Why::RateLimited
        );
    }
    assert_eq!(host.lines(), ["GET /a"]);
}

#[tokio::test]
async fn a_host_that_only_fails_is_given_up() {
    let host = Host::new(|_, _| StatusCode::BAD_GATEWAY).await;
    let client = Client::new(Settings {
        give_up_after: 2,
        ..hasty()
    })
    .unwrap();
    for _ in 0..5 {
        assert_eq!(why(client.get(service(&host.url("/"))).await), Why::Failed);
    }
    assert_eq!(host.lines().len(), 2 * 3);
}

#[tokio::test]
async fn a_tag_that_still_holds_is_answered_without_a_body() {
    let host = Host::new(|_, _| (StatusCode::NOT_MODIFIED, [("ETag", "\"a\"")])).await;
    let request = Request {
        etag: Some("\"a\"".into()),
        ..service(&host.url("/"))
    };
    let client = Client::new(Settings {
        contact: Some("desk@example.org".into()),
        ..hasty()
    });
    let response = client.unwrap().get(request).await.unwrap();
    assert_eq!(
        (response.status, response.etag.as_deref()),
        (304, Some("\"a\""))
    );
    let headers = host.asked.lock().unwrap()[0].headers.clone();
    assert_eq!(headers["if-none-match"], "\"a\"");
    assert_eq!(headers["accept"], "application/json");
    let agent = headers["user-agent"].to_str().unwrap();
    assert!(agent.starts_with("factlint/") && agent.ends_with(" (+mailto:desk@example.org)"));
}

#[tokio::test]
async fn a_body_in_another_charset_is_text_in_utf8() {
    let host = Host::new(|_, _| {
        (
            [("Content-Type", "text/plain; charset=iso-8859-1")],
            &b"caf\xe9"[..],
        )
    })
    .await;
    let response = hasty_client().get(service(&host.url("/"))).await.unwrap();
    assert_eq!(response.body, "café".as_bytes());
}

#[tokio::test]
async fn no_more_requests_are_at_a_host_than_it_is_to_have() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (here, highest) = (Arc::clone(&now), Arc::clone(&most));
    let address = broken(move |mut stream, _| {
        let (here, highest) = (Arc::clone(&here), Arc::clone(&highest));
        async move {
            highest.fetch_max(here.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(5)).await;
            here.fetch_sub(1, Ordering::SeqCst);
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
            stream.write_all(answer.as_bytes()).await.ok();
        }
    })
    .await;
    let settings = Settings {
        hosts: BTreeMap::from([(
            "127.0.0.1".to_owned(),
            Manners {
                at_once: 3,
                interval: Duration::ZERO,
            },
        )]),
        ..hasty()
    };
    let client = Arc::new(Client::new(settings).unwrap());
    let mut all = JoinSet::new();
    for number in 0..200 {
        let client = Arc::clone(&client);
        let request = service(&format!("http://{address}/{number}"));
        all.spawn(async move { client.get(request).await });
    }
    let answers = all.join_all().await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(answers.len(), 200);
    assert!((1..=3).contains(&most.load(Ordering::SeqCst)));
}

#[test]
fn the_wait_between_attempts_doubles_up_to_a_limit_and_is_the_same_for_a_seed() {
    let waits = |seed| {
        let client = Client::new(Settings {
            seed,
            backoff: Duration::from_secs(1),
            ..Settings::default()
        });
        let client = client.unwrap();
        [1, 2, 3, 40].map(|attempts| client.backoff(attempts))
    };
    assert_eq!(waits(7), waits(7));
    assert_ne!(waits(7), waits(8));
    for (wait, longest) in waits(7).into_iter().zip([1, 2, 4, 60]) {
        let longest = Duration::from_secs(longest);
        assert!(
            (longest / 2..=longest).contains(&wait),
            "{wait:?} of {longest:?}"
        );
    }
}
