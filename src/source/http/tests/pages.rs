//! Pages for people: their heads, their bodies, and the robots rules of their hosts.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response as Answer;

use super::*;

#[tokio::test]
async fn a_page_is_asked_for_its_head_and_whole_only_where_that_tells_too_little() {
    for status in [403, 404, 405, 500, 501] {
        let host = Host::new(move |line: &str, _| match line {
            "GET /robots.txt" => StatusCode::NOT_FOUND,
            "HEAD /a" => StatusCode::from_u16(status).unwrap(),
            _ => StatusCode::OK,
        })
        .await;
        let client = hasty_client();
        for path in ["/a", "/b"] {
            assert_eq!(client.get(page(&host.url(path))).await.unwrap().status, 200);
        }
        let expected = ["GET /robots.txt", "HEAD /a", "GET /a", "HEAD /b"];
        assert_eq!(host.lines(), expected, "{status}");
    }
}

#[tokio::test]
async fn a_page_is_gone_only_where_the_page_itself_says_so() {
    for status in [404, 410] {
        let host = Host::new(move |_, _| StatusCode::from_u16(status).unwrap()).await;
        let response = hasty_client().get(page(&host.url("/a"))).await.unwrap();
        assert_eq!(response.status, status);
        assert_eq!(host.lines(), ["GET /robots.txt", "HEAD /a", "GET /a"]);
    }
}

#[tokio::test]
async fn a_page_is_there_without_its_body() {
    let address = broken(|mut stream, request| async move {
        let head = if request.starts_with("GET /a") {
            "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        } else if request.starts_with("GET /robots.txt") {
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        } else {
            return; // a HEAD: the connection is closed without a word
        };
        stream.write_all(head.as_bytes()).await.ok();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.ok();
    })
    .await;
    let response = hasty_client()
        .get(page(&format!("http://{address}/a")))
        .await
        .unwrap();
    assert_eq!((response.status, response.body.len()), (200, 0));
}

#[tokio::test]
async fn robots_rules_are_fetched_once_and_heeded_at_each_hop() {
    let host = Host::new(|line: &str, _| match line {
        "GET /robots.txt" => "User-agent: *\nDisallow: /closed\n".into_response(),
        "HEAD /moved" => (StatusCode::FOUND, [("Location", "/closed/b")]).into_response(),
        _ => Answer::new(Body::empty()),
    })
    .await;
    let client = hasty_client();
    assert_eq!(
        why(client.get(page(&host.url("/closed/a"))).await),
        Why::Blocked
    );
    assert_eq!(
        why(client.get(page(&host.url("/moved"))).await),
        Why::Blocked
    );
    assert_eq!(
        client.get(page(&host.url("/open"))).await.unwrap().status,
        200
    );
    assert_eq!(
        host.lines(),
        ["GET /robots.txt", "HEAD /moved", "HEAD /open"]
    );
}

#[tokio::test]
async fn a_host_whose_robots_rules_cannot_be_had_is_not_asked_for_pages() {
    let host = Host::new(|_, _| StatusCode::INTERNAL_SERVER_ERROR).await;
    let client = hasty_client();
    for _ in 0..2 {
        assert_eq!(why(client.get(page(&host.url("/a"))).await), Why::Failed);
    }
    assert_eq!(host.lines(), ["GET /robots.txt"; 3]);
}
