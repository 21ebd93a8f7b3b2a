//! What whoever starts the binary can rely on.

use std::{
    net::SocketAddr,
    process::Stdio,
    time::{Duration, Instant},
};

use crate::client::{Client, soon, two};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

struct Program {
    child: Child,
    output: Lines<BufReader<ChildStdout>>,
    address: SocketAddr,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webrtc-steps-relay"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn started(arguments: &[&str]) -> Program {
    let mut child = command(arguments).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = soon("the first line", output.next_line())
        .await
        .unwrap()
        .unwrap();
    let address = line
        .strip_prefix("listening on http://")
        .unwrap()
        .parse()
        .unwrap();
    Program {
        child,
        output,
        address,
    }
}

/// Runs the program to its end: code, output, errors.
async fn ended(arguments: &[&str]) -> (i32, String, String) {
    let output = soon("the end", command(arguments).output()).await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

impl Program {
    async fn signal(&self, name: &str) {
        let id = self.child.id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args([name, &id])
                .status()
                .await
                .unwrap()
                .success()
        );
    }

    /// Waits for the end: code, further lines of output, errors.
    async fn ends(mut self) -> (i32, Option<String>, String) {
        let status = soon("the end", self.child.wait()).await.unwrap();
        let more = self.output.next_line().await.unwrap();
        let mut errors = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut errors)
            .await
            .unwrap();
        (status.code().unwrap(), more, errors)
    }
}

#[tokio::test]
async fn a_graceful_stop_tells_every_client_and_ends_well() {
    for name in ["-TERM", "-INT"] {
        let program = started(&["--listen", "127.0.0.1:0"]).await;
        let (mut first, mut second) = two(program.address, "room").await;
        let mut plain = Client::open(program.address, "/any/room").await;
        // A client that reads nothing must not hold up the stop.
        let _deaf = Client::join(program.address, "other").await;
        let asked = Instant::now();
        program.signal(name).await;
        first.is_refused_with("going-away", CloseCode::Away).await;
        second.is_refused_with("going-away", CloseCode::Away).await;
        plain.is_closed_with("going-away", CloseCode::Away).await;
        assert_eq!(program.ends().await, (0, None, String::new()));
        // Two seconds, and what a busy machine adds.
        assert!(
            asked.elapsed() < Duration::from_secs(4),
            "{:?}",
            asked.elapsed()
        );
    }
}

#[tokio::test]
async fn the_first_line_names_the_address_with_its_port() {
    let program = started(&["--listen", "[::1]:0"]).await;
    assert!(program.address.is_ipv6() && program.address.port() != 0);
    let mut client = Client::join(program.address, "room").await;
    client.has_nothing_to_read().await;
}

#[tokio::test]
async fn a_taken_port_is_a_sentence_and_a_code() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, output, errors) = ended(&["--listen", &address]).await;
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(
        errors.contains(&format!(
            "could not listen on {address}: the port is in use;"
        )),
        "{errors}"
    );
    assert_eq!(errors.lines().count(), 1);
}

#[tokio::test]
async fn a_missing_page_is_a_sentence_and_a_code() {
    let (code, output, errors) =
        ended(&["--listen", "127.0.0.1:0", "--page", "no-such-folder"]).await;
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(
        errors.contains("the page folder no-such-folder holds no index.html"),
        "{errors}"
    );
}

#[tokio::test]
async fn a_wrong_option_is_a_sentence_and_a_code() {
    let (code, output, errors) = ended(&["--lisen", "127.0.0.1:0"]).await;
    assert_eq!((code, output.as_str()), (2, ""));
    assert!(
        errors.contains("--lisen") && errors.contains("--help"),
        "{errors}"
    );
}

#[tokio::test]
async fn help_and_version_are_printed() {
    let (code, help, _) = ended(&["--help"]).await;
    assert!(code == 0 && help.contains("--listen ADDRESS:PORT"));
    let (code, version, _) = ended(&["--version"]).await;
    assert_eq!(
        (code, version),
        (
            0,
            format!("webrtc-steps-relay {}\n", env!("CARGO_PKG_VERSION"))
        )
    );
}

#[tokio::test]
async fn a_public_listener_without_origins_warns() {
    let program = started(&["--listen", "0.0.0.0:0"]).await;
    program.signal("-TERM").await;
    let (code, more, errors) = program.ends().await;
    assert_eq!((code, more), (0, None));
    assert!(
        errors.contains("warning: ") && errors.contains("--origin"),
        "{errors}"
    );
}

#[tokio::test]
async fn no_room_name_and_no_content_is_logged() {
    let program = started(&["--listen", "127.0.0.1:0"]).await;
    let (mut first, second) = two(program.address, "a-secret-room").await;
    first.send_text("a secret message").await;
    first.is_told("bad-message").await;
    second.vanish();
    first.receive().await;
    program.signal("-TERM").await;
    assert_eq!(program.ends().await, (0, None, String::new()));
}
