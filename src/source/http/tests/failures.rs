//! Hosts that send too much, too little, too slowly, or what nobody can trust.

use std::io::Write;

use super::*;

#[tokio::test]
async fn a_body_of_a_gigabyte_is_cut_off() {
    const GIGABYTE: usize = 1 << 30;
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&sent);
    let address = broken(move |mut stream, _| {
        let counted = Arc::clone(&counted);
        async move {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {GIGABYTE}\r\n\r\n");
            stream.write_all(head.as_bytes()).await.ok();
            let block = vec![b'a'; 1 << 16];
            while counted.load(Ordering::SeqCst) < GIGABYTE {
                if stream.write_all(&block).await.is_err() {
                    return;
                }
                counted.fetch_add(block.len(), Ordering::SeqCst);
            }
        }
    })
    .await;
    let answer = hasty_client()
        .get(service(&format!("http://{address}/")))
        .await;
    assert_eq!(why(answer), Why::Unreadable);
    let sent = sent.load(Ordering::SeqCst);
    assert!(sent < GIGABYTE / 10, "{sent} bytes were taken in");
}

#[tokio::test]
async fn a_small_body_that_unpacks_to_a_large_one_is_cut_off() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        packer.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let bomb = packer.finish().unwrap();
    assert!(bomb.len() < 1 << 20);
    let host = Host::new(move |_, _| ([("Content-Encoding", "gzip")], bomb.clone())).await;
    assert_eq!(
        why(hasty_client().get(service(&host.url("/"))).await),
        Why::Unreadable
    );
}

#[tokio::test]
async fn a_host_that_is_silent_or_drips_is_timed_out() {
    let impatient = |silence, total| {
        Client::new(Settings {
            attempts: 2,
            limits: Limits {
                silence: Duration::from_millis(silence),
                total: Duration::from_millis(total),
                ..hasty().limits
            },
            ..hasty()
        })
        .unwrap()
    };
    let silent = broken(|stream, _| async move {
        let _open = stream;
        std::future::pending::<()>().await;
    })
    .await;
    let url = format!("http://{silent}/");
    assert_eq!(
        why(impatient(200, 60_000).get(service(&url)).await),
        Why::TimedOut
    );

    let dripping = broken(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.ok();
        while stream.write_all(b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    let url = format!("http://{dripping}/");
    assert_eq!(
        why(impatient(60_000, 300).get(service(&url)).await),
        Why::TimedOut
    );
}

#[tokio::test]
async fn a_host_that_breaks_off_is_asked_again_and_has_failed() {
    for bytes in [
        &b""[..],
        b"HTTP/1.1 200 O",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
    ] {
        let (address, count) = saying(bytes).await;
        let answer = hasty_client()
            .get(service(&format!("http://{address}/")))
            .await;
        assert_eq!(why(answer), Why::Failed);
        assert_eq!(count.load(Ordering::SeqCst), 3, "{bytes:?}");
    }
}

#[tokio::test]
async fn headers_without_end_are_cut_off() {
    let address = broken(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\n").await.ok();
        let line = format!("X-Long: {}\r\n", "a".repeat(8_000));
        while stream.write_all(line.as_bytes()).await.is_ok() {}
    })
    .await;
    let answer = hasty_client()
        .get(service(&format!("http://{address}/")))
        .await;
    assert_eq!(why(answer), Why::Failed);
}

#[tokio::test]
async fn a_host_that_listens_no_more_has_failed() {
    let address = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let refusal = hasty_client()
        .get(service(&format!("http://{address}/x?key=secret")))
        .await;
    let refusal = refusal.unwrap_err();
    assert_eq!(refusal.why, Why::Failed);
    assert!(
        refusal
            .detail
            .starts_with(&format!("http://{address}/x?…: ")),
        "{}",
        refusal.detail
    );
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_once() {
    use tokio_rustls::rustls::{ServerConfig, crypto, pki_types};
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into()]).unwrap();
    let key = pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            acceptor.accept(stream).await.ok();
        }
    });
    let refusal = hasty_client()
        .get(service(&format!("https://{address}/")))
        .await
        .unwrap_err();
    assert_eq!(refusal.why, Why::Failed);
    assert!(refusal.detail.contains("certificate"), "{}", refusal.detail);
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
