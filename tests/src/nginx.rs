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
            let example = example
                .replace("listen 443 ssl http2", &format!("listen 127.0.0.1:{front}"))
                .replace("listen 80;", &format!("listen 127.0.0.1:{};", free_port()))
                .replace("127.0.0.1:8080", server)
                .replace("0000000000-fill-me-in-0000000000", SECRET)
                .replace(
                    "https://auth.example/api/verify",
                    &format!("http://127.0.0.1:{people}/"),
                );
            whole(&format!("{}{example}\n", who(people)))
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

fn program() -> Option<PathBuf> {
    let places = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];
    places.iter().map(PathBuf::from).find(|path| path.is_file())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// A stand-in for the service that knows the people: 401, or 200 with who it is.
fn who(people: u16) -> String {
    let names = PEOPLE
        .map(|(name, _)| format!("    {name} {name};\n"))
        .concat();
    let groups = PEOPLE
        .map(|(name, groups)| format!("    {name} \"{groups}\";\n"))
        .concat();
    format!(
        r#"  map $cookie_session $known_user {{
    default "";
{names}  }}
  map $cookie_session $known_groups {{
    default "";
{groups}  }}
  server {{
    listen 127.0.0.1:{people};
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
    whole(&format!("{}{front}", who(people)))
}
