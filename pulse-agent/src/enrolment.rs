//! Becomes a worker, and stops being one.

use std::{collections::BTreeMap, fs, io, path::Path};

use pulse_api::{
    ProblemCode,
    http::workers::{Enroll, Enrolled, Registered, WorkerAbout},
};
use serde_json::json;

use crate::{
    capabilities::About,
    config::{Config, Environment},
    credential::{Credential, Origin},
    host,
    network::{Network, RequestError},
    state::State,
};

/// Why a host was not enrolled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnrolError {
    #[error("this host is enrolled already, as `{0}`")]
    Enrolled(String),
    #[error("the token file {path} cannot be read: {source}")]
    TokenFile { path: String, source: io::Error },
    #[error("the token is empty")]
    EmptyToken,
    #[error("the state folder cannot be written: {0}")]
    State(#[source] io::Error),
    #[error("{} cannot be reached: {cause}", .address)]
    Unreachable { address: String, cause: String },
    #[error("the server refused: {detail}")]
    Refused { code: ProblemCode, detail: String },
    #[error("the server does not take WORKER_API_KEY as the key that its older workers share")]
    Key,
}

impl EnrolError {
    /// Whether trying again later may help.
    pub(crate) fn is_temporary(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { code, .. } => code.status() >= 500 || code.status() == 429,
            Self::Enrolled(_)
            | Self::TokenFile { .. }
            | Self::EmptyToken
            | Self::State(_)
            | Self::Key => false,
        }
    }

    /// What to type next.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Enrolled(_) => {
                "pass --force to enrol it anew, or run `pulse-agent unenroll` first"
            }
            Self::TokenFile { .. } => "check the path, or pass --token-file - to read from stdin",
            Self::EmptyToken => "issue one with `pulsectl worker token create --region <code>`",
            Self::State(_) => "check who owns the folder, or pass --state-dir",
            Self::Unreachable { .. } => "check --url with `pulse-agent doctor`",
            Self::Refused {
                code: ProblemCode::NameTaken,
                ..
            } => {
                "pass another --name; or, if this host is to be that worker again, `pulsectl worker remove <name> --force` and then the same command"
            }
            Self::Refused {
                code: ProblemCode::Forbidden,
                ..
            } => {
                "a host gets what its token gives: leave it out, or issue a token with `pulsectl worker token create --region <code> --label <key>=<value>`"
            }
            Self::Key => {
                "it is what server.shared_worker_key says in pulsed's configuration, unset unless somebody set it; or enrol this host with a token of its own: `pulsectl worker token create --region <code>`, then `pulse-agent enroll --token-file …`"
            }
            Self::Refused { .. } => {
                "tokens work once and expire; issue another with `pulsectl worker token create --region <code>`"
            }
        }
    }
}

/// What an enrolment needs.
#[derive(Clone, Copy)]
pub(crate) struct Enrolment<'a> {
    pub(crate) state: &'a State,
    pub(crate) config: &'a Config,
    pub(crate) about: &'a About,
    pub(crate) network: &'a Network,
    /// Which labels the token is expected to give.
    pub(crate) labels: &'a BTreeMap<String, String>,
}

impl Enrolment<'_> {
    /// Trades the token for a credential; repeated after a lost answer it is the same enrolment.
    pub(crate) async fn enrol(self, token: &str) -> Result<Credential, EnrolError> {
        let key = self.state.enrollment_key().map_err(EnrolError::State)?;
        let mut about = about(self.config, self.about);
        about.labels.clone_from(self.labels);
        let name = about.name.clone();
        let body = Enroll {
            token: token.to_owned(),
            enrollment_key: Some(key),
            about,
        };
        let enrolled: Enrolled = self
            .network
            .post("/workers/enroll", None, &body)
            .await
            .map_err(|error| refused(error, self.network))?;
        let origin = Origin {
            name,
            server: self.network.address.to_string(),
            region: enrolled.region,
            heartbeat_interval_ms: enrolled.heartbeat_interval_ms,
        };
        let credential = Credential::first(enrolled.worker_id, enrolled.credential, origin);
        self.state
            .store_credential(&credential)
            .map_err(EnrolError::State)?;
        self.clear_token();
        tracing::info!(
            worker.id = %credential.worker_id,
            region = credential.region,
            "enrolled as {}",
            credential.name
        );
        Ok(credential)
    }

    /// Registers with the seed's key that all workers share. Nothing is stored.
    pub(crate) async fn register_shared(self, key: &str) -> Result<Credential, EnrolError> {
        let about = about(self.config, self.about);
        let name = about.name.clone();
        let registered: Registered = self
            .network
            .post("/workers/register", Some(key), &about)
            .await
            .map_err(|error| key_refused(error, self.network))?;
        let origin = Origin {
            name,
            server: self.network.address.to_string(),
            region: registered.region,
            heartbeat_interval_ms: registered.heartbeat_interval_ms,
        };
        Ok(Credential::first(
            registered.worker_id,
            key.to_owned(),
            origin,
        ))
    }

    /// The token is worthless now; a file that cannot be removed is only untidy.
    fn clear_token(self) {
        let _ = self.state.remove("enrollment.key");
        if let Some(path) = &self.config.token_file
            && let Err(error) = fs::remove_file(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "the used token file could not be removed");
        }
    }
}

/// The enrolment token from the environment, or from the file that the configuration names.
pub(crate) fn token(
    config: &Config,
    environment: &Environment,
) -> Result<Option<String>, EnrolError> {
    if let Some(token) = environment.enrollment_token() {
        return Ok(Some(token.trim().to_owned()));
    }
    let Some(path) = &config.token_file else {
        return Ok(None);
    };
    match read_token(path) {
        // Where a token would be; a package names the place before there is one.
        Err(EnrolError::TokenFile { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Ok(None)
        }
        read => read.map(Some),
    }
}

/// Reads a token from a file, or from stdin when it is called `-`.
pub(crate) fn read_token(path: &Path) -> Result<String, EnrolError> {
    let read = if path == Path::new("-") {
        io::read_to_string(io::stdin())
    } else {
        fs::read_to_string(path)
    };
    let text = read.map_err(|source| EnrolError::TokenFile {
        path: path.display().to_string(),
        source,
    })?;
    let token = text.trim();
    if token.is_empty() {
        return Err(EnrolError::EmptyToken);
    }
    Ok(token.to_owned())
}

/// What this host says of itself.
pub(crate) fn about(config: &Config, own: &About) -> WorkerAbout {
    WorkerAbout {
        name: config.worker.name.clone().unwrap_or_else(host::name),
        host: Some(host::name()),
        port: None,
        kind: own.kind,
        capabilities: own.capabilities.clone(),
        function_blocks: own.function_blocks.clone(),
        meta: json!({ "labels": config.worker.labels }),
        boot_id: Some(host::boot_id()),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        region: config.worker.region.clone(),
        role: None,
        groups: Vec::new(),
        labels: BTreeMap::new(),
    }
}

/// A refusal of the shared key is one of another kind than that of a token.
fn key_refused(error: RequestError, network: &Network) -> EnrolError {
    match &error {
        RequestError::Refused(problem) if problem.status == 401 => EnrolError::Key,
        RequestError::Refused(_) | RequestError::Unreachable(_) | RequestError::Strange { .. } => {
            refused(error, network)
        }
    }
}

fn refused(error: RequestError, network: &Network) -> EnrolError {
    let address = network.address.to_string();
    match error {
        RequestError::Unreachable(cause) => EnrolError::Unreachable {
            address,
            cause: cause.to_string(),
        },
        RequestError::Strange { status } => EnrolError::Unreachable {
            address,
            cause: format!("it answered with status {status}, which is not an answer of pulse"),
        },
        RequestError::Refused(problem) => EnrolError::Refused {
            code: problem.code,
            detail: problem.detail,
        },
    }
}
