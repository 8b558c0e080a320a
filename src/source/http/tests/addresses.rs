//! What documents and redirects put into addresses.

use axum::http::StatusCode;

use super::*;

#[tokio::test]
async fn redirects_are_followed_to_their_end() {
    let host = Host::new(|line: &str, _| match line {
        "GET /a" => (StatusCode::FOUND, [("Location", "b?c")], ""),
        "GET /b?c" => (StatusCode::PERMANENT_REDIRECT, [("Location", "/d#e")], ""),
        _ => (StatusCode::OK, [("ETag", "x")], "here"),
    })
    .await;
    let response = hasty_client().get(service(&host.url("/a"))).await.unwrap();
    assert_eq!(response.body, b"here");
    assert_eq!(response.url, host.url("/d"));
}

#[tokio::test]
async fn redirects_end() {
    let circle = Host::new(|line: &str, _| {
        let next = if line == "GET /a" { "/b" } else { "/a" };
        (StatusCode::FOUND, [("Location", next)])
    })
    .await;
    assert_eq!(
        why(hasty_client().get(service(&circle.url("/a"))).await),
        Why::Failed
    );
    assert_eq!(circle.lines(), ["GET /a", "GET /b"]);

    let endless =
        Host::new(|_, before| (StatusCode::FOUND, [("Location", format!("/{before}"))])).await;
    assert_eq!(
        why(hasty_client().get(service(&endless.url("/"))).await),
        Why::Failed
    );
    assert_eq!(endless.lines().len(), 11);

    let nowhere = Host::new(|_, _| (StatusCode::FOUND, [("Location", "http://[")])).await;
    assert_eq!(
        why(hasty_client().get(service(&nowhere.url("/"))).await),
        Why::Unreadable
    );
}

#[tokio::test]
async fn a_redirect_to_an_address_that_is_not_public_is_not_followed() {
    let inside = Host::new(|_, _| "secret").await;
    let port = inside.address.port();
    for (target, expected) in [
        (format!("http://127.0.0.1:{port}/"), Why::Private),
        (format!("http://2130706433:{port}/"), Why::Private),
        (format!("//0x7f.1:{port}/"), Why::Private),
        (format!("http://[::ffff:127.0.0.1]:{port}/"), Why::Private),
        (format!("http://inside.test:{port}/"), Why::Private),
        (
            "http://169.254.169.254/latest/meta-data/".into(),
            Why::Private,
        ),
        (format!("http://a:b@public.test:{port}/"), Why::Private),
        ("file:///etc/passwd".into(), Why::NoService),
    ] {
        let location = target.clone();
        let outside =
            Host::new(move |_, _| (StatusCode::FOUND, [("Location", location.clone())])).await;
        let client = client_that_knows(
            guarded(outside.address),
            [("inside.test", "127.0.0.1"), ("public.test", "9.9.9.9")],
        );
        assert_eq!(
            why(client.get(service(&outside.url("/"))).await),
            expected,
            "{target}"
        );
        assert_eq!(outside.lines().len(), 1);
    }
    assert!(inside.lines().is_empty());
}

#[tokio::test]
async fn a_document_reaches_no_private_host_not_even_a_trusted_one() {
    let inside = Host::new(|_, _| "secret").await;
    let client = client_that_knows(guarded(inside.address), [("inside.test", "127.0.0.1")]);
    let by_name = format!("http://inside.test:{}/", inside.address.port());
    for url in [inside.url("/"), by_name] {
        assert_eq!(why(client.get(page(&url)).await), Why::Private, "{url}");
    }
    assert!(inside.lines().is_empty());
}

#[tokio::test]
async fn a_name_is_missing_only_where_names_can_be_looked_up() {
    let online = client_that_knows(Settings::default(), [("doi.org", "9.9.9.9")]);
    let offline = client_that_knows(Settings::default(), []);
    for request in [page, service] {
        let request = || request("https://no-such-host.test/");
        assert_eq!(why(online.get(request()).await), Why::NoSuchHost);
        assert_eq!(why(offline.get(request()).await), Why::Offline);
    }
}

#[tokio::test]
async fn a_proxy_is_used_for_public_targets_alone() {
    let proxy = Host::new(|_, _| "through").await;
    let settings = Settings {
        allow_private: false,
        proxy: Some(Url::parse(&proxy.url("/")).unwrap()),
        ..hasty()
    };
    let client = client_that_knows(
        settings,
        [
            ("public.test", "9.9.9.9"),
            ("inside.test", "10.0.0.1"),
            ("doi.org", "9.9.9.9"),
        ],
    );
    let response = client.get(service("http://public.test/a")).await.unwrap();
    assert_eq!(response.body, b"through");
    for (url, expected) in [
        ("http://inside.test/", Why::Private),
        ("http://127.0.0.1/", Why::Private),
        ("http://missing.test/", Why::NoSuchHost),
    ] {
        assert_eq!(why(client.get(service(url)).await), expected, "{url}");
    }
    assert_eq!(proxy.lines(), ["GET http://public.test/a"]);
}

#[tokio::test]
async fn no_refusal_tells_a_key() {
    let host = Host::new(|line: &str, _| {
        let path = line.split(['?', ' ']).nth(1).unwrap_or_default();
        match path {
            "/blocked" => StatusCode::FORBIDDEN.into_response(),
            "/failed" => StatusCode::BAD_GATEWAY.into_response(),
            "/long" => vec![b'a'; 2 << 20].into_response(),
            "/private" => (
                StatusCode::FOUND,
                [("Location", "http://10.0.0.1/?key=secret")],
            )
                .into_response(),
            _ => (StatusCode::FOUND, [("Location", "?key=secret")]).into_response(),
        }
    })
    .await;
    let client = Client::new(guarded(host.address)).unwrap();
    for path in ["/blocked", "/failed", "/long", "/private", "/circle"] {
        let url = host.url(&format!("{path}?key=secret"));
        let refusal = client.get(service(&url)).await.unwrap_err();
        assert!(!refusal.detail.contains("secret"), "{}", refusal.detail);
    }
    let refusal = client
        .get(service("http://secret:secret@9.9.9.9/"))
        .await
        .unwrap_err();
    assert!(!refusal.detail.contains("secret"), "{}", refusal.detail);
}
