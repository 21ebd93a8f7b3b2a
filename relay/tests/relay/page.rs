//! What a browser gets over HTTP.

use std::{fs, net::SocketAddr, path::Path};

use crate::client::{local, relay, soon};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use webrtc_steps_relay::{Relay, StartError, start};

struct Answer {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self
            .headers
            .lines()
            .filter_map(|line| line.split_once(": "));
        lines
            .filter(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .next()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

async fn get(address: SocketAddr, path: &str, headers: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    soon("the answer", stream.read_to_end(&mut answer))
        .await
        .unwrap();
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let headers = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
    Answer {
        status,
        headers,
        body: answer[end + 4..].to_vec(),
    }
}

/// A page folder beside a file that must stay hidden.
async fn with_page() -> (TempDir, Relay) {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("dist");
    write(&page, "index.html", "<!doctype html><title>page</title>");
    write(&page, "app.js", &"let x = 1;\n".repeat(1000));
    write(&page, "app_bg.wasm", &"\0asm".repeat(1000));
    write(&page, "style.css", "p { color: red }");
    write(&page, "words/en.json", "{}");
    write(folder.path(), "hidden.txt", "hidden");
    let mut settings = local();
    settings.page = Some(page);
    (folder, start(settings).await.unwrap())
}

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

#[tokio::test]
async fn the_page_comes_with_its_types() {
    let (_folder, relay) = with_page().await;
    for (path, content_type) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/?room=x", "text/html"),
        ("/app.js", "text/javascript"),
        ("/app_bg.wasm", "application/wasm"),
        ("/style.css", "text/css"),
        ("/words/en.json", "application/json"),
    ] {
        let answer = get(relay.address(), path, "").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(content_type), "{path}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (_folder, relay) = with_page().await;
    for path in ["/", "/app.js", "/missing", "/healthz", "/rooms/x"] {
        let answer = get(relay.address(), path, "").await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"),
            "{policy}"
        );
        assert!(
            policy.ends_with("require-trusted-types-for 'script'; trusted-types webrtc-steps"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
}

#[tokio::test]
async fn files_are_compressed_as_the_browser_can_read() {
    let (_folder, relay) = with_page().await;
    for path in ["/app.js", "/app_bg.wasm"] {
        for (accepted, encoding) in [("br, gzip", "br"), ("gzip", "gzip")] {
            let accepted = format!("Accept-Encoding: {accepted}\r\n");
            let answer = get(relay.address(), path, &accepted).await;
            assert_eq!(answer.header("content-encoding"), Some(encoding));
            assert!(answer.header("vary").unwrap().contains("accept-encoding"));
            assert!(answer.body.len() < 1000, "{}", answer.body.len());
        }
    }
    let answer = get(relay.address(), "/app.js", "").await;
    assert_eq!(
        (answer.header("content-encoding"), answer.body.len()),
        (None, 11_000)
    );
}

#[tokio::test]
async fn a_browser_asks_each_time_and_fetches_only_what_changed() {
    let (_folder, relay) = with_page().await;
    let first = get(relay.address(), "/app.js", "").await;
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    let since = first.header("last-modified").unwrap();
    let again = get(
        relay.address(),
        "/app.js",
        &format!("If-Modified-Since: {since}\r\n"),
    )
    .await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("cache-control"), Some("no-cache"));
}

/// The start of the SHA-256 of `let x = 1;` and a line break, a thousand times.
const HASH: &str = "6b438494b83e470e";

#[tokio::test]
async fn a_file_under_the_hash_of_its_content_is_kept_without_asking() {
    let (folder, relay) = with_page().await;
    let address = format!("/app.js?v={HASH}");
    let kept = "public, max-age=31536000, immutable";
    let answer = get(relay.address(), &address, "Accept-Encoding: br\r\n").await;
    assert_eq!(answer.header("cache-control"), Some(kept));
    // After the next build the address of an older page must not be kept with what is there now.
    write(&folder.path().join("dist"), "app.js", "let x = 2;\n");
    let answer = get(relay.address(), &address, "").await;
    assert_eq!(answer.text(), "let x = 2;\n");
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
}

#[tokio::test]
async fn no_other_address_is_kept_without_asking() {
    let (_folder, relay) = with_page().await;
    for path in [
        "/app.js?v=0123456789abcdef".to_owned(),
        format!("/app.js?x={HASH}"),
        format!("/app.js?v={HASH}0"),
        format!("/words/../app.js?v={HASH}"),
        format!("/?v={HASH}"),
        format!("/missing.js?v={HASH}"),
    ] {
        let answer = get(relay.address(), &path, "").await;
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
    }
}

#[tokio::test]
async fn a_file_that_lies_there_compressed_is_sent_as_it_lies() {
    let (folder, relay) = with_page().await;
    let page = folder.path().join("dist");
    write(&page, "app.js.br", "in brotli");
    write(&page, "app.js.gz", "in gzip");
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", "br", "in brotli"),
        ("gzip, deflate", "gzip", "in gzip"),
    ] {
        let accepted = format!("Accept-Encoding: {accepted}\r\n");
        let answer = get(relay.address(), "/app.js", &accepted).await;
        assert_eq!(answer.header("content-encoding"), Some(encoding));
        assert_eq!(answer.header("content-type"), Some("text/javascript"));
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        assert_eq!(answer.text(), body);
    }
    // Whoever reads neither gets the file, and caches between are told that this depends on who asks.
    let plain = get(relay.address(), "/app.js", "").await;
    assert_eq!(
        (plain.header("content-encoding"), plain.body.len()),
        (None, 11_000)
    );
    assert_eq!(plain.header("vary"), Some("accept-encoding"));
}

#[tokio::test]
async fn each_encoding_has_an_entity_tag_of_its_own_and_answers_to_it() {
    let (folder, relay) = with_page().await;
    write(&folder.path().join("dist"), "app.js.br", "in brotli");
    let mut tags = Vec::new();
    for accepted in ["Accept-Encoding: br\r\n", ""] {
        let answer = get(relay.address(), "/app.js", accepted).await;
        let tag = answer.header("etag").unwrap().to_owned();
        assert!(tag.starts_with('"'), "{tag} is no strong one");
        let headers = format!("{accepted}If-None-Match: {tag}\r\n");
        let again = get(relay.address(), "/app.js", &headers).await;
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        tags.push(tag);
    }
    assert_ne!(tags[0], tags[1]);
}

#[tokio::test]
async fn what_is_compressed_on_the_way_has_a_weak_entity_tag() {
    let (_folder, relay) = with_page().await;
    let answer = get(relay.address(), "/app.js", "Accept-Encoding: br\r\n").await;
    let tag = answer.header("etag").unwrap();
    assert!(tag.starts_with("W/\""), "{tag}");
    let headers = format!("Accept-Encoding: br\r\nIf-None-Match: {tag}\r\n");
    let again = get(relay.address(), "/app.js", &headers).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[tokio::test]
async fn what_is_not_there_is_a_sentence() {
    let (_folder, relay) = with_page().await;
    for path in ["/missing", "/words/none.json", "/rooms", "/any"] {
        let answer = get(relay.address(), path, "").await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(
            answer.text(),
            "There is nothing at this address; the page is at /.\n"
        );
    }
}

#[tokio::test]
async fn nothing_outside_the_page_folder_is_served() {
    let (_folder, relay) = with_page().await;
    for path in [
        "/../hidden.txt",
        "/%2e%2e/hidden.txt",
        "/..%2fhidden.txt",
        "/words/../../hidden.txt",
        "//hidden.txt",
    ] {
        let answer = get(relay.address(), path, "").await;
        assert!(answer.status >= 400, "{path} {}", answer.status);
        assert!(!answer.text().contains("hidden"), "{path}");
    }
}

#[tokio::test]
async fn a_relay_without_a_page_says_so_and_is_healthy() {
    let relay = relay().await;
    let root = get(relay.address(), "/", "").await;
    assert_eq!(
        (root.status, root.text()),
        (404, "This relay serves no page.\n")
    );
    let health = get(relay.address(), "/healthz", "").await;
    assert_eq!((health.status, health.text()), (200, "ok"));
    assert_eq!(
        health.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
}

#[tokio::test]
async fn a_room_opened_as_a_page_says_what_it_is() {
    let relay = relay().await;
    let answer = get(relay.address(), "/rooms/room", "").await;
    assert_eq!(
        (answer.status, answer.header("upgrade")),
        (426, Some("websocket"))
    );
    assert!(answer.text().contains("WebSocket"));
}

#[tokio::test]
async fn a_folder_without_a_page_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = local();
    settings.page = Some(folder.path().join("dist"));
    let error = start(settings).await.err().unwrap();
    assert!(matches!(error, StartError::Page(_)));
    assert!(
        error.to_string().contains("dist holds no index.html"),
        "{error}"
    );
}

#[tokio::test]
async fn a_page_of_another_origin_may_load_the_element() {
    let (_folder, relay) = with_page().await;
    for path in ["/app.js", "/app_bg.wasm", "/style.css"] {
        let answer = get(relay.address(), path, "Origin: https://school.example\r\n").await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let policy = answer.header("cross-origin-resource-policy");
        assert_eq!(policy, Some("cross-origin"), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_file_of_the_page_is_not_shared_with_other_origins() {
    let relay = start(local()).await.unwrap();
    let answer = get(relay.address(), "/", "Origin: https://school.example\r\n").await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}
