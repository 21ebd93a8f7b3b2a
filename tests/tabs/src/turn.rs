//! A TURN server on this machine: the only way between two browsers that may use nothing else.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::children::Program;
use crate::env;

/// The user that the server knows.
pub const USERNAME: &str = "exercise";
/// That user's credential: good for this server only, and only while the test runs.
pub const CREDENTIAL: &str = "only-for-this-test";
/// How long it may take to listen.
const START: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

/// A running TURN server. Dropping it ends it.
#[derive(Debug)]
pub struct Turn {
    program: Program,
    address: IpAddr,
    port: u16,
    _folder: TempDir,
}

impl Turn {
    /// Starts coturn on a free port of this machine's own address.
    pub async fn start() -> Result<Self> {
        let address = own_address();
        let port = UdpSocket::bind((address, 0))?.local_addr()?.port();
        let folder = TempDir::new().context("making a folder for the TURN server")?;
        let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let arguments = [
            "-n".to_owned(),
            format!("--listening-ip={address}"),
            format!("--relay-ip={address}"),
            format!("--listening-port={port}"),
            "--lt-cred-mech".to_owned(),
            format!("--user={USERNAME}:{CREDENTIAL}"),
            "--realm=webrtc-steps.test".to_owned(),
            "--no-tls".to_owned(),
            "--no-dtls".to_owned(),
            "--no-cli".to_owned(),
            "--allow-loopback-peers".to_owned(),
            "--log-file=stdout".to_owned(),
            format!("--pidfile={}", file("pid")),
            format!("--userdb={}", file("users")),
        ];
        let program = Program::start(&env::turnserver()?, &arguments)?;
        let mut turn = Self {
            program,
            address,
            port,
            _folder: folder,
        };
        turn.listens().await?;
        Ok(turn)
    }

    /// Its address, as the field of the page takes it.
    pub fn url(&self) -> String {
        format!("turn:{}:{}", self.address, self.port)
    }

    async fn listens(&mut self) -> Result<()> {
        let until = Instant::now() + START;
        while TcpStream::connect((self.address, self.port)).await.is_err() {
            if self.program.has_ended() || Instant::now() > until {
                bail!("the TURN server does not listen: {}", self.program.said());
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

/// The address that packets of this machine would leave from; nothing is sent to find out. Browsers use it rather than the
/// loopback, which is left where there is no other.
fn own_address() -> IpAddr {
    let found = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        // TEST-NET-1 (RFC 5737): nobody is there.
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    found().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}
