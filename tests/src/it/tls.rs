//! The server over TLS: with agents, `pulsectl`, strangers, and certificates that come and go.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use pulse_tests::{
    World,
    agent::Agent,
    authority::{Authority, Files, Line},
    eventually::{PATIENCE, eventually, eventually_async},
    places,
    server::Server,
    steps,
    world::{Said, said},
};
use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use rustls::{ClientConnection, ProtocolVersion, version};
use serde_json::Value;

const ALL: &[&rustls::SupportedProtocolVersion] = &[&version::TLS12, &version::TLS13];

/// A world whose second server speaks TLS; the first one is for the test itself.
struct Encrypted {
    world: World,
    authority: Authority,
    files: Files,
    ca: String,
}

impl Encrypted {
    async fn start(more: &[(&str, &str)]) -> Self {
        Self::on(World::start().await, more)
    }

    fn on(mut world: World, more: &[(&str, &str)]) -> Self {
        let authority = Authority::new();
        let files = Files::in_folder(world.folder());
        files.hold(&authority.issue(90));
        let ca = authority.file(world.folder()).display().to_string();
        let environment = [&files.environment(), more].concat();
        world.add_server(&environment);
        Self {
            world,
            authority,
            files,
            ca,
        }
    }

    fn server(&self) -> &Server {
        &self.world.servers[1]
    }

    fn address(&self) -> String {
        self.server().address().to_owned()
    }

    fn line(&self) -> Line {
        Line::open(&self.address(), self.authority.client(ALL)).unwrap()
    }

    fn ctl_command(&self, arguments: &[&str]) -> Command {
        let mut command = self.world.ctl_command();
        command.env("PULSE_URL", format!("https://{}", self.address()));
        command.args(arguments);
        command
    }

    /// Somebody who knows the authority.
    async fn ctl(&self, arguments: &[&str]) -> Said {
        let mut command = self.ctl_command(arguments);
        command.env("PULSE_CA_CERT", &self.ca);
        said(command).await
    }
}

#[tokio::test]
async fn agents_and_people_work_over_tls_with_an_authority_of_their_own() {
    let mut place = Encrypted::start(&[]).await;
    let token = place.world.enroll_token().await;
    let url = format!("https://{}", place.address());
    let agent = Agent::new(place.world.folder(), "web-1", &url)
        .with("WORKER_ENROLLMENT_TOKEN", &token)
        .with("PULSE__SERVER__CA_CERT", &place.ca);
    place.world.add(agent).await;

    let streamed = place
        .ctl(&["worker", "exec", "web-1", "--", "echo", "one two"])
        .await;
    let ended = place.world.complete(&steps::one("true", &["web-1"])).await;
    let doctor = place.ctl(&["doctor"]).await;
    let status = place.ctl(&["server", "status"]).await;
    let stranger = said(place.ctl_command(&["worker", "ls"])).await;
    let begun = Instant::now();
    let stopped = place.world.servers[1].stop();

    assert_eq!(streamed.is(0), "one two\n");
    assert_eq!(ended["status"], "completed");
    assert!(
        doctor
            .is(0)
            .contains("the certificate is trusted, and ends on")
    );
    assert!(status.is(0).contains("Certificate:"), "{status:?}");
    stranger.is(12);
    assert!(stranger.stderr.contains("--ca-cert FILE"), "{stranger:?}");
    // With the agent's socket open.
    assert!(stopped.success(), "{stopped}");
    assert!(begun.elapsed() < Duration::from_secs(9));
}

#[tokio::test]
async fn tls_1_2_and_1_3_are_spoken_with_http_1_1_inside_and_nothing_else() {
    let place = Encrypted::start(&[]).await;
    let address = place.address();
    let open = |version, protocols: &[&[u8]]| {
        let mut config = place.authority.client(&[version]);
        config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        Line::open(&address, config)
    };

    let mut older = open(&version::TLS12, &[b"h2", b"http/1.1"]).unwrap();
    let mut newer = open(&version::TLS13, &[b"h2", b"http/1.1"]).unwrap();
    let other = open(&version::TLS13, &[b"h2"]);

    let http = Some(&b"http/1.1"[..]);
    assert_eq!(older.spoken(), (Some(ProtocolVersion::TLSv1_2), http));
    assert_eq!(newer.spoken(), (Some(ProtocolVersion::TLSv1_3), http));
    assert_eq!(older.ask().unwrap(), "HTTP/1.1 200 OK");
    assert_eq!(newer.ask().unwrap(), "HTTP/1.1 200 OK");
    assert!(other.is_err());
    assert_eq!(greeted_with_tls_1_1(&address), [2, 70], "protocol_version");
}

/// The alert that answers a greeting of TLS 1.1.
fn greeted_with_tls_1_1(address: &str) -> [u8; 2] {
    let mut hello = vec![22, 3, 1, 0, 55, 1, 0, 0, 51, 3, 2];
    hello.extend([7; 32]);
    // No session, one suite, no compression, one kind of signature.
    hello.extend([0, 0, 2, 0xc0, 0x13, 1, 0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3]);
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(&hello).unwrap();
    let mut alert = [0; 7];
    stream.read_exact(&mut alert).unwrap();
    assert_eq!(alert[0], 21, "an alert: {alert:?}");
    [alert[5], alert[6]]
}

#[tokio::test]
async fn who_says_nothing_holds_nobody_up_and_is_let_go() {
    const SILENT: usize = 1_200;
    let limit = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: limit.maximum,
        ..limit
    };
    setrlimit(Resource::Nofile, all).unwrap();
    let place = Encrypted::start(&[]).await;
    let address = place.address();
    let connect = || {
        let stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    };
    let mut silent: Vec<_> = (0..SILENT).map(|_| connect()).collect();
    let hello = hello(&place.authority);
    let mut halfway = connect();
    halfway.write_all(&hello[..hello.len() / 2]).unwrap();
    let mut stalled = connect();
    stalled.write_all(&hello).unwrap();

    let begun = Instant::now();
    let answered = place.line().ask().unwrap();
    let took = begun.elapsed();

    assert_eq!(answered, "HTTP/1.1 200 OK");
    assert!(took < Duration::from_secs(5), "{took:?}");
    let mut rest = Vec::new();
    for stream in silent.iter_mut().chain([&mut halfway, &mut stalled]) {
        // Closed or reset: either way it is over.
        if let Err(error) = stream.read_to_end(&mut rest) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(25));
}

/// The first words of a client.
fn hello(authority: &Authority) -> Vec<u8> {
    let config = Arc::new(authority.client(ALL));
    let name = "localhost".try_into().unwrap();
    let mut connection = ClientConnection::new(config, name).unwrap();
    let mut hello = Vec::new();
    connection.write_tls(&mut hello).unwrap();
    hello
}

#[tokio::test]
async fn who_does_not_encrypt_is_told_so() {
    let place = Encrypted::start(&[]).await;
    let address = place.address();
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut command = place.ctl_command(&["worker", "ls"]);
    command.env("PULSE_URL", format!("http://{address}"));

    let request = format!("GET /api/v1/workers HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let ctl = said(command).await;

    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("only TLS is spoken here"), "{answer}");
    assert!(
        ctl.stderr.contains("begin the address with https://"),
        "{ctl:?}"
    );
}

#[tokio::test]
async fn a_new_certificate_is_shown_while_connections_stay_open() {
    let place = Encrypted::start(&[("NOTIFY_SOCKET", "@nobody-listens-here")]).await;
    let mut before = place.line();
    let first = before.certificate();

    place.files.hold(&place.authority.issue(60));
    place.server().signal(Signal::HUP);
    let second = eventually("the second one", PATIENCE, || {
        Some(place.line().certificate()).filter(|shown| *shown != first)
    });
    // The certificate of one pair and the key of another, as when half of them is copied.
    let (cert, _) = place.authority.issue(30);
    fs::write(&place.files.cert, cert).unwrap();
    place.server().signal(Signal::HUP);
    eventually("the warning", PATIENCE, || {
        let said = place.server().said();
        said.contains("the certificate is kept as it was")
            .then_some(())
    });

    assert_eq!(before.ask().unwrap(), "HTTP/1.1 200 OK");
    assert_eq!(place.line().certificate(), second);
    assert_ne!(first, second);
}

#[tokio::test]
async fn what_is_of_no_use_is_told_in_the_state_of_the_server() {
    let mut world = World::private(&[]);
    // What looks at the files begins when the database is there.
    world.database.cluster().down();
    let mut place = Encrypted::on(world, &[]);
    let first = place.line().certificate();
    fs::write(&place.files.cert, place.authority.issue(60).0).unwrap();
    place.world.database.cluster().up();

    eventually_async("the trouble", PATIENCE, async || {
        let told = place.ctl(&["server", "status"]).await;
        let is_told = told
            .stdout
            .contains("is not that of the first certificate in");
        is_told.then_some(()).ok_or_else(|| format!("{told:?}"))
    })
    .await;

    assert_eq!(place.line().certificate(), first);
}

#[tokio::test]
#[ignore = "waits for a minute; script/test-long runs it"]
async fn unscaled_a_new_certificate_is_shown_without_a_signal() {
    let place = Encrypted::start(&[]).await;
    let first = place.line().certificate();
    eventually_async("the look at the start", PATIENCE, async || {
        let told = place.ctl(&["server", "status", "-o", "json"]).await;
        let status: Value = serde_json::from_str(told.is(0)).unwrap();
        let mut timers = status["timers"].as_array().unwrap().iter();
        let looked = timers.any(|timer| timer["name"] == "certificate" && timer["runs"] == 1);
        looked.then_some(()).ok_or_else(|| status.to_string())
    })
    .await;

    place.files.hold(&place.authority.issue(60));

    eventually("the new one", Duration::from_secs(75), || {
        (place.line().certificate() != first).then_some(())
    });
}

#[tokio::test]
async fn a_certificate_of_no_use_is_refused_in_one_line_with_its_file() {
    let folder = places::new_folder("no-use");
    let files = Files::in_folder(&folder);
    let authority = Authority::new();
    let (cert, key) = authority.issue(30);
    let (other, ended) = (authority.issue(30), authority.issue(-1));
    let server =
        Server::new(&folder, "server-1", "postgres://127.0.0.1:1/pulse").with(&files.environment());
    let refused = async |words: &[&str]| {
        let checked = said(server.command(&["config", "check"])).await;
        for said in [said(server.command(&["serve"])).await, checked] {
            said.is(2);
            let errors = said
                .stderr
                .lines()
                .filter(|line| line.starts_with("error: "));
            assert_eq!(errors.count(), 1, "{}", said.stderr);
            for word in words.iter().chain(&["server.tls: ", "hint: "]) {
                assert!(said.stderr.contains(word), "no `{word}` in {}", said.stderr);
            }
        }
    };

    refused(&["cert.pem cannot be read: No such file", "namei -l"]).await;
    files.hold(&(cert.clone(), other.1.clone()));
    refused(&[
        "key.pem is not that of the first certificate in",
        "cert.pem",
    ])
    .await;
    files.hold(&ended);
    refused(&[
        "the certificate in ",
        "cert.pem ended at 20",
        "openssl x509",
    ])
    .await;
    files.hold(&(key.clone(), cert.clone()));
    refused(&[
        "cert.pem holds no certificate",
        "-----BEGIN CERTIFICATE-----",
    ])
    .await;
    files.hold(&(cert.clone(), cert.clone()));
    refused(&["key.pem holds no private key"]).await;
    files.hold(&(cert.clone(), key.replace(" PRIVATE", " ENCRYPTED PRIVATE")));
    refused(&["key.pem needs a passphrase", "openssl pkey"]).await;
    files.hold(&(cert.replace("\nM", "\n!"), key.clone()));
    refused(&["cert.pem is damaged"]).await;
    files.hold(&(cert.clone(), key.clone()));
    fs::set_permissions(&files.key, fs::Permissions::from_mode(0o644)).unwrap();
    refused(&[
        "everyone can read the private key in",
        "key.pem",
        "chmod 640",
    ])
    .await;

    files.hold(&(cert, key));
    said(server.command(&["config", "check"])).await.is(0);
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn the_doctor_looks_at_the_certificate_and_at_what_is_shown() {
    let place = Encrypted::start(&[]).await;
    let examined = async || {
        let mut command = place.server().command(&["doctor", "--json"]);
        command.env("PULSE__SERVER__LISTEN", place.address());
        let report: Value = serde_json::from_str(&said(command).await.stdout).unwrap();
        let checks = report["checks"].as_array().unwrap().clone();
        let about =
            |check: &&Value| ["certificate", "address"].contains(&check["name"].as_str().unwrap());
        let verdict = |check: &Value| format!("{} {}", check["verdict"], check["detail"]);
        checks.iter().filter(about).map(verdict).collect::<Vec<_>>()
    };

    let well = examined().await;
    place.files.hold(&place.authority.issue(5));
    let soon = examined().await;

    assert_eq!(well.len(), 2, "{well:?}");
    assert!(
        well.iter().all(|line| line.starts_with("\"good\"")),
        "{well:?}"
    );
    assert!(well[1].contains("answers on"), "{well:?}");
    assert_eq!(soon.len(), 3, "{soon:?}");
    assert!(
        soon[0].starts_with("\"warning\"") && soon[0].contains("in 4 days"),
        "{soon:?}"
    );
    assert!(
        soon[2].contains("the server does not show the one in"),
        "{soon:?}"
    );
}
