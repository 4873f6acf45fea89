//! The configuration: where it comes from, who may read and change it, and what it lets others do.

use pulse_api::doctor::Check;
use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use crate::config::{
    self, Config, ConfigError, Loaded, Origin, Retention, Server, Settings, Sources, Sso,
};

/// What the configuration told.
pub(super) struct Read {
    pub(super) checks: Vec<Check>,
    /// One line each, for stderr.
    pub(super) notices: Vec<String>,
    /// What holds, and where the address of the database comes from; nothing when it is of no use.
    pub(super) config: Option<(Config, String)>,
}

/// Reads the configuration as the server would.
pub(super) fn read(sources: &Sources<'_>) -> Read {
    let loaded = match config::load(sources) {
        Ok(loaded) => loaded,
        Err(error) => {
            return Read {
                checks: faults(error),
                notices: Vec::new(),
                config: None,
            };
        }
    };
    let Loaded { settings, notices } = loaded;
    let read = config::files_read(sources.file);
    let mut checks = Vec::new();
    let config = match config::check(&settings) {
        Ok(config) => {
            checks.push(from(&read, &settings));
            Some(config)
        }
        Err(error) => {
            checks.extend(faults(error));
            None
        }
    };
    checks.extend(modes(&read, &settings));
    if let Some(config) = &config {
        checks.push(exposure(&config.server));
        checks.push(proxies(config.sso.as_ref()));
        checks.push(enrolment(&config.server));
        checks.push(retention(&config.retention));
    }
    let url = settings.find("database.url");
    let origin = url.map_or_else(String::new, |setting| setting.origin.to_string());
    Read {
        checks,
        notices,
        config: config.map(|config| (config, origin)),
    }
}

fn faults(error: ConfigError) -> Vec<Check> {
    let fix = "correct it; `pulsed config show --origin` tells where each value comes from";
    let check = |fault: config::Fault| {
        let detail = fault.to_string();
        Check::bad(
            "configuration",
            detail,
            fault.hint.unwrap_or(fix.to_owned()),
        )
    };
    error.faults.into_iter().map(check).collect()
}

/// Everything that a value comes from, beside the defaults.
fn from(read: &[PathBuf], settings: &Settings) -> Check {
    let mut places: Vec<String> = read.iter().map(|path| path.display().to_string()).collect();
    let is_elsewhere = |origin: &&Origin| !matches!(origin, Origin::Default | Origin::File { .. });
    let others = settings
        .origins()
        .filter(is_elsewhere)
        .map(ToString::to_string);
    places.extend(others.collect::<BTreeSet<_>>());
    if places.is_empty() {
        return Check::good("configuration", "there is none: defaults only");
    }
    Check::good(
        "configuration",
        format!("valid, from {}", places.join(", ")),
    )
}

/// Who may read the secrets, and who may change what the server does.
fn modes(read: &[PathBuf], settings: &Settings) -> Vec<Check> {
    let secrets: BTreeSet<&Path> = settings.origins_of_secrets().filter_map(file_of).collect();
    let mut files: BTreeSet<&Path> = read.iter().map(PathBuf::as_path).collect();
    files.extend(&secrets);
    let mut found = Vec::new();
    let mut shown = Vec::new();
    for path in files {
        let Some(mode) = mode(path) else { continue };
        let name = path.display();
        if mode & 0o022 != 0 {
            found.push(Check::bad(
                "files",
                format!(
                    "others may change {name} (mode {mode:o}), and with it what the server does"
                ),
                format!("chmod 640 {name}"),
            ));
        } else if mode & 0o004 != 0 && secrets.contains(path) {
            found.push(Check::bad(
                "files",
                format!("everyone may read {name} (mode {mode:o}), which holds a secret"),
                format!("chmod 640 {name}, and make the secret anew"),
            ));
        } else {
            shown.push(format!("{name} ({mode:o})"));
        }
    }
    if found.is_empty() && !shown.is_empty() {
        let detail = format!(
            "nobody else may change them, or read secrets: {}",
            shown.join(", ")
        );
        found.push(Check::good("files", detail));
    }
    found
}

fn file_of(origin: &Origin) -> Option<&Path> {
    match origin {
        Origin::File { path, .. } | Origin::Content { path, .. } => Some(path),
        Origin::Default | Origin::Variable(_) | Origin::Flag(_) => None,
    }
}

fn mode(path: &Path) -> Option<u32> {
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some(about.mode() & 0o777)
}

/// Who reaches the server, and whether others can listen.
fn exposure(server: &Server) -> Check {
    let listen = server.listen;
    if listen.ip().is_loopback() {
        return Check::good("exposure", format!("only this host reaches {listen}"));
    }
    if server.tls.is_some() {
        return Check::good("exposure", format!("other hosts reach {listen}, over TLS"));
    }
    Check::warning(
        "exposure",
        format!("other hosts reach {listen}, and what is said there is not encrypted"),
        "give the server a certificate: `tls: {cert: FILE, key: FILE}` under `server:`; or listen on 127.0.0.1 behind a proxy that speaks TLS",
    )
}

/// Who is believed when they say who somebody is.
fn proxies(sso: Option<&Sso>) -> Check {
    let Some(sso) = sso else {
        return Check::good("proxies", "none is trusted: people show tokens");
    };
    let nets: Vec<String> = sso
        .trusted_proxies
        .iter()
        .map(ToString::to_string)
        .collect();
    let nets = nets.join(", ");
    if sso.proxy_secret.is_some() {
        return Check::good("proxies", format!("{nets}, with a secret"));
    }
    let fix = "give the proxy a secret: `proxy_secret_file:` under `sso:`";
    let detail = format!("whoever calls from {nets} may say that they are anybody");
    if sso.trusted_proxies.iter().any(|net| net.prefix_len() == 0) {
        return Check::bad("proxies", detail, fix);
    }
    Check::warning("proxies", detail, fix)
}

/// How hosts come in.
fn enrolment(server: &Server) -> Check {
    let fix = "give each host a token of its own: pulsectl worker token create";
    if server.dev_enrollment_token.is_some() {
        let detail = "one token that stands in the configuration enrols any number of hosts";
        return Check::bad("enrolment", detail, fix);
    }
    if server.shared_worker_key.is_some() {
        let detail = "older workers come in with one key that all of them know";
        return Check::warning("enrolment", detail, fix);
    }
    Check::good("enrolment", "each host needs a token, which works once")
}

fn retention(retention: &Retention) -> Check {
    let days = retention.executions_days;
    if days == 0 {
        return Check::warning(
            "retention",
            "executions are kept for ever: the database only grows",
            "set `executions_days:` under `retention:`",
        );
    }
    let outputs = match retention.outputs_days {
        0 => String::new(),
        days => format!(", what they wrote after {days}"),
    };
    Check::good(
        "retention",
        format!("executions go {days} days after they ended{outputs}"),
    )
}

#[cfg(test)]
mod tests {
    use pulse_api::doctor::Verdict;

    use super::*;

    #[test]
    fn a_proxy_without_a_secret_is_as_bad_as_its_network_is_wide() {
        let sso = |net: &str, secret: Option<&str>| Sso {
            trusted_proxies: vec![net.parse().unwrap()],
            proxy_secret: secret.map(config::Secret::new),
            login_url: None,
            admin_groups: Vec::new(),
            operator_groups: Vec::new(),
            viewer_groups: Vec::new(),
        };
        let verdict = |sso: &Sso| proxies(Some(sso)).verdict;

        assert_eq!(verdict(&sso("0.0.0.0/0", None)), Verdict::Bad);
        assert_eq!(verdict(&sso("10.0.0.0/8", None)), Verdict::Warning);
        assert_eq!(verdict(&sso("10.0.0.0/8", Some("x"))), Verdict::Good);
        assert_eq!(proxies(None).verdict, Verdict::Good);
    }
}
