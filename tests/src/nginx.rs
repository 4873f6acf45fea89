//! A real nginx in front of a server, with a stand-in for whoever knows the people.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{client::Client, eventually, eventually::PATIENCE, places, process::Process, skip};

/// What nginx proves itself with.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Who may be signed in, by the cookie `session`: the name and the groups.
const PEOPLE: [(&str, &str); 5] = [
    ("alice", "employee,cooks"),
    ("root", "admin"),
    ("cook", "cooks"),
    ("almost", "admins"),
    ("loner", ""),
];

/// Where the stand-in takes whoever comes from for somebody, as services with rules for networks do.
pub const KNOWN_ADDRESS: &str = "192.0.2.7";

/// nginx, with the address that it listens on.
#[derive(Debug)]
pub struct Nginx {
    url: String,
    _process: Process,
}

impl Nginx {
    /// Starts nginx in front of a server; `None`, with the reason told, where there is none.
    pub fn before(server: &str, folder: &Path) -> Option<Self> {
        Self::start(folder, |ports| configuration(server, ports))
    }

    /// The same with the example that is packaged, over plain HTTP.
    pub fn as_packaged(server: &str, folder: &Path) -> Option<Self> {
        Self::start(folder, |(front, people)| {
            let example = places::read("packaging/examples/nginx-sso.conf");
            let without_tls = example.lines().filter(|line| !line.contains("ssl_"));
            let example = without_tls.collect::<Vec<_>>().join("\n");
            let example = filled_in(&example, server, front);
            let example = example.replace(SERVICE, &format!("http://127.0.0.1:{people}/"));
            whole(&format!("{}{example}\n", who(people, "")))
        })
    }

    /// The same, where the service that knows the people is asked over TLS: it has the certificate of
    /// `service`, and the one with this name is trusted.
    pub fn asking_over_tls(server: &str, folder: &Path, trusted: &str) -> Option<Self> {
        let service = certificate(folder, "service")?;
        let trusted = match trusted {
            "service" => service.clone(),
            another => certificate(folder, another)?,
        };
        Self::start(folder, |(front, people)| {
            let example = places::read("packaging/examples/nginx-sso.conf");
            let is_asking = |line: &&str| !line.contains("ssl_") || line.contains("proxy_ssl_");
            let example = example.lines().filter(is_asking).collect::<Vec<_>>();
            let example = filled_in(&example.join("\n"), server, front)
                .replace(SERVICE, &format!("https://localhost:{people}/"))
                .replace(
                    "/etc/ssl/certs/ca-certificates.crt",
                    &trusted.display().to_string(),
                );
            let service = service.display();
            let tls = format!(
                " ssl;\n    ssl_certificate {service};\n    ssl_certificate_key {service}.key"
            );
            whole(&format!("{}{example}\n", who(people, &tls)))
        })
    }

    fn start(folder: &Path, text: impl FnOnce((u16, u16)) -> String) -> Option<Self> {
        let Some(program) = program() else {
            skip("nginx is not installed (script/bootstrap installs it)");
            return None;
        };
        let folder = folder.join("nginx");
        fs::create_dir_all(&folder).unwrap();
        let (front, people) = (free_port(), free_port());
        fs::write(folder.join("nginx.conf"), text((front, people))).unwrap();
        let mut command = Command::new(program);
        command.env_clear().arg("-p").arg(&folder);
        command.arg("-c").arg(folder.join("nginx.conf"));
        command.arg("-e").arg("stderr");
        let process = Process::start(&mut command, &folder.join("nginx.log"));
        eventually("nginx", PATIENCE, || {
            std::net::TcpStream::connect(("127.0.0.1", front)).ok()
        });
        Some(Self {
            url: format!("http://127.0.0.1:{front}"),
            _process: process,
        })
    }

    /// Somebody who comes through nginx, without a session unless the request has its cookie.
    pub fn client(&self) -> Client {
        Client::anonymous(&self.url)
    }
}

/// Whom the example asks.
const SERVICE: &str = "https://auth.example/api/verify";

/// The example, with what everybody fills in.
fn filled_in(example: &str, server: &str, front: u16) -> String {
    example
        .replace("listen 443 ssl http2", &format!("listen 127.0.0.1:{front}"))
        .replace("listen 80;", &format!("listen 127.0.0.1:{};", free_port()))
        .replace("127.0.0.1:8080", server)
        .replace("0000000000-fill-me-in-0000000000", SECRET)
}

/// A certificate for `localhost` that nobody else has signed, with its key beside it.
fn certificate(folder: &Path, name: &str) -> Option<PathBuf> {
    let path = folder.join(format!("{name}.pem"));
    let mut command = Command::new("openssl");
    command.args([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
    ]);
    command.args([
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
    ]);
    command.arg("-out").arg(&path);
    command
        .arg("-keyout")
        .arg(folder.join(format!("{name}.pem.key")));
    let Ok(made) = command.output() else {
        skip("there is no openssl");
        return None;
    };
    assert!(made.status.success(), "{made:?}");
    Some(path)
}

fn program() -> Option<PathBuf> {
    let places = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];
    places.iter().map(PathBuf::from).find(|path| path.is_file())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// A stand-in for the service that knows the people: 401, or 200 with who it is.
fn who(people: u16, tls: &str) -> String {
    let names = PEOPLE
        .map(|(name, _)| format!("    {name} {name};\n"))
        .concat();
    let groups = PEOPLE
        .map(|(name, groups)| format!("    {name} \"{groups}\";\n"))
        .concat();
    format!(
        r#"  map $http_x_forwarded_for $known_address {{
    default "";
    {KNOWN_ADDRESS} root;
  }}
  map $cookie_session $known_user {{
    default $known_address;
{names}  }}
  map $cookie_session $known_groups {{
    default "";
{groups}  }}
  server {{
    listen 127.0.0.1:{people}{tls};
    location / {{
      if ($known_user = "") {{ return 401; }}
      add_header Remote-User $known_user;
      add_header Remote-Name "$known_user the person";
      add_header Remote-Email "$known_user@example.org";
      add_header Remote-Groups $known_groups;
      return 200;
    }}
  }}
"#
    )
}

/// Servers, with what nginx needs around them.
fn whole(servers: &str) -> String {
    let user = if rustix::process::geteuid().is_root() {
        "user root;"
    } else {
        ""
    };
    format!(
        "{user}
daemon off;
worker_processes 1;
pid nginx.pid;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  underscores_in_headers on;
{servers}}}
"
    )
}

/// Passes on as much of what a client says as nginx can be made to: what is refused then is refused
/// by pulse.
fn configuration(server: &str, (front, people): (u16, u16)) -> String {
    let front = format!(
        r#"  server {{
    listen 127.0.0.1:{front};
    location = /who {{
      internal;
      proxy_pass http://127.0.0.1:{people}/;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
    }}
    location /guarded/ {{
      auth_request /who;
      auth_request_set $user $upstream_http_remote_user;
      auth_request_set $name $upstream_http_remote_name;
      auth_request_set $email $upstream_http_remote_email;
      auth_request_set $groups $upstream_http_remote_groups;
      proxy_set_header Remote-User $user;
      proxy_set_header Remote-Name $name;
      proxy_set_header Remote-Email $email;
      proxy_set_header Remote-Groups $groups;
      proxy_set_header X-Pulse-Proxy-Secret {SECRET};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Connection $http_connection;
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_pass http://{server}/;
    }}
    location / {{
      proxy_set_header Remote-User "";
      proxy_set_header X-Pulse-Proxy-Secret {SECRET};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_http_version 1.1;
      proxy_pass http://{server};
    }}
  }}
"#
    );
    whole(&format!("{}{front}", who(people, "")))
}
