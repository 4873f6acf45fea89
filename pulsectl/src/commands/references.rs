//! What people type for a worker, a workflow, a region, a token, a prompt, an execution: its name,
//! its id, or the beginning of its id.
//!
//! What is typed goes to the server as it is, and only what the server does not know is looked for
//! among the ids: an exact name wins, and costs no further request.

use pulse_api::http::{executions::ExecutionSummary, health::UserView};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    client::{Call, Client, segment},
    error::{Failure, Kind},
    names,
};

/// How far back an id's beginning is looked for, where a list has no end.
const LOOKED_AT: usize = 200;

/// How many candidates are shown.
const SHOWN: usize = 10;

/// A kind of thing that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    Worker,
    Workflow,
    Region,
    Secret,
    User,
    Schedule,
    Channel,
    Sensor,
    Monitor,
}

impl Noun {
    const fn word(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Workflow => "workflow",
            Self::Region => "region",
            Self::Secret => "secret",
            Self::User => "user",
            Self::Schedule => "schedule",
            Self::Sensor => "sensor",
            Self::Channel => "channel",
            Self::Monitor => "monitor",
        }
    }

    /// The command that is about it.
    const fn command(self) -> &'static str {
        match self {
            Self::Channel => "notify",
            Self::Worker
            | Self::Workflow
            | Self::Region
            | Self::Secret
            | Self::User
            | Self::Schedule
            | Self::Sensor
            | Self::Monitor => self.word(),
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Worker => "/workers",
            Self::Workflow => "/workflows",
            Self::Region => "/regions",
            Self::Secret => "/secrets",
            Self::User => "/users",
            Self::Schedule => "/schedules",
            Self::Channel => "/notifications/channels",
            Self::Sensor => "/sensors",
            Self::Monitor => "/monitors",
        }
    }

    async fn known(self, client: &Client) -> Result<Vec<Known>, Failure> {
        client.list(Call::get(self.path()), None).await
    }
}

/// What a list tells of a thing: what it is called, and its id where it has one.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Known {
    #[serde(default)]
    pub(crate) id: Option<Uuid>,
    #[serde(default)]
    name: String,
    /// What a region, a user and a prompt are called instead.
    #[serde(default, alias = "username", alias = "step_name")]
    code: Option<String>,
    /// Executions and prompts have one.
    #[serde(default)]
    number: Option<i64>,
}

impl Known {
    pub(crate) fn new(id: Uuid, name: &str) -> Self {
        Self {
            id: Some(id),
            name: name.to_owned(),
            code: None,
            number: None,
        }
    }

    /// Its name, whatever the field is called.
    pub(super) fn called(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.name)
    }

    fn line(&self) -> String {
        let id = self.id.map(|id| id.to_string()).unwrap_or_default();
        match self.number {
            Some(number) => format!("{id}  #{number} {}", self.called()),
            None => format!("{id}  {}", self.called()),
        }
        .trim_end()
        .to_owned()
    }
}

/// Calls with what was typed, and once more with the id that it turns out to be the beginning of.
///
/// What is nothing of the kind is told with the name that was probably meant.
pub(crate) async fn with<T>(
    client: &Client,
    (noun, given): (Noun, &str),
    attempt: impl AsyncFn(&str) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let failure = match attempt(given).await {
        Err(failure) if failure.kind == Kind::NotFound => failure,
        outcome => return outcome,
    };
    let Ok(known) = noun.known(client).await else {
        return Err(failure);
    };
    // It is there: something of it is what was not found.
    if known.iter().any(|one| one.is_called(given)) {
        return Err(failure);
    }
    if let Some(found) = by_beginning((noun.word(), given), &known)? {
        return attempt(&found.reference()).await;
    }
    Err(suggest((noun, given), &known, failure))
}

impl Known {
    pub(super) fn is_called(&self, given: &str) -> bool {
        let is_id = self
            .id
            .is_some_and(|id| given.parse::<Uuid>().is_ok_and(|given| given == id));
        is_id || self.called() == given
    }

    /// What the server knows it by whatever its name is like.
    pub(crate) fn reference(&self) -> String {
        self.id
            .map_or_else(|| self.called().to_owned(), |id| id.to_string())
    }
}

/// What something is called that was named as a filter; what is nothing of the kind is told as elsewhere.
pub(crate) async fn called(
    client: &Client,
    (noun, given): (Noun, &str),
) -> Result<String, Failure> {
    with(client, (noun, given), async |name| {
        let found: Known = client
            .get(&format!("{}/{}", noun.path(), segment(name)))
            .await?;
        Ok(found.called().to_owned())
    })
    .await
}

/// What to tell where a call that names such things was refused: that one of them is not there, if so.
pub(crate) async fn or_missing(
    client: &Client,
    (noun, named): (Noun, &[String]),
    failure: Failure,
) -> Failure {
    if !matches!(failure.kind, Kind::Usage | Kind::NotFound) {
        return failure;
    }
    for name in named {
        match called(client, (noun, name)).await {
            Err(missing) if missing.kind == Kind::NotFound => return missing,
            // Whether it is there cannot be learned: what was said first stands.
            Ok(_) | Err(_) => {}
        }
    }
    failure
}

/// Whether this may be the beginning of an id: four of its characters at least.
fn is_beginning(given: &str) -> bool {
    given.len() >= 4 && given.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// The one thing whose id begins like this; several are refused with all that it may mean.
pub(crate) fn by_beginning<'a>(
    (word, given): (&str, &str),
    known: &'a [Known],
) -> Result<Option<&'a Known>, Failure> {
    if !is_beginning(given) {
        return Ok(None);
    }
    let beginning = given.to_lowercase();
    let begins = |one: &&Known| {
        one.id
            .is_some_and(|id| id.to_string().starts_with(&beginning))
    };
    let found: Vec<&Known> = known.iter().filter(begins).collect();
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        several => {
            let mut lines: Vec<String> = several.iter().take(SHOWN).map(|one| one.line()).collect();
            if several.len() > SHOWN {
                lines.push(format!("… and {} more", several.len() - SHOWN));
            }
            let what = if several[0].number.is_some() {
                "number"
            } else {
                "name"
            };
            Err(Failure::usage(format!(
                "the ids of {} {word}s begin with {given}",
                several.len()
            ))
            .details(lines)
            .hint(format!("give more of the id, or the {what}")))
        }
    }
}

/// Adds to a "not found" what was probably meant, or else where the names are.
fn suggest((noun, given): (Noun, &str), known: &[Known], failure: Failure) -> Failure {
    let (command, word) = (noun.command(), noun.word());
    failure.hint(
        match names::nearest(given, known.iter().map(Known::called)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("`pulsectl {command} ls` shows the {word}s"),
        },
    )
}

/// The path segment for an execution: `42`, `#42`, an id, the beginning of an id, or `@last`.
pub(crate) async fn execution(client: &Client, given: &str) -> Result<String, Failure> {
    let plain = given.strip_prefix('#').unwrap_or(given);
    if plain.parse::<i64>().is_ok() || plain.parse::<Uuid>().is_ok() {
        return Ok(plain.to_owned());
    }
    if plain == "@last" {
        return newest(client).await;
    }
    if !is_beginning(plain) {
        return Err(Failure::not_found(format!("`{given}` names no execution"))
            .hint("give its number, its id, the beginning of its id, or @last"));
    }
    recent(client, ("execution", plain), Call::get("/executions")).await
}

/// How many executions back `@last` looks for one that is no part of another.
const LATEST: usize = 100;

/// The newest execution that the caller started; what steps of it run is started in the same name.
async fn newest(client: &Client) -> Result<String, Failure> {
    let user: UserView = client.get("/user").await?;
    let call = Call::get("/executions").query("started_by", &user.username);
    let found: Vec<ExecutionSummary> = client.list(call, Some(LATEST)).await?;
    let own = found.iter().find(|execution| execution.parent.is_none());
    match own.or(found.first()) {
        Some(execution) => Ok(execution.id.to_string()),
        None => Err(
            Failure::not_found(format!("{} has started nothing yet", user.username))
                .hint("`pulsectl execution ls` shows the executions of everybody"),
        ),
    }
}

/// The id that begins like this, among the newest of a list.
async fn recent(
    client: &Client,
    (word, beginning): (&str, &str),
    call: Call,
) -> Result<String, Failure> {
    let known: Vec<Known> = client.list(call, Some(LOOKED_AT)).await?;
    let found = by_beginning((word, beginning), &known)?;
    found.map(Known::reference).ok_or_else(|| {
        Failure::not_found(format!(
            "no recent {word} has an id that begins with {beginning}"
        ))
        .hint(format!("`pulsectl {word} ls` shows their numbers"))
    })
}

/// The path segment for a prompt: `7`, `#7`, an id, or the beginning of an id.
pub(crate) async fn prompt(client: &Client, given: &str) -> Result<String, Failure> {
    let plain = given.strip_prefix('#').unwrap_or(given);
    if plain.parse::<i64>().is_ok() || plain.parse::<Uuid>().is_ok() {
        return Ok(plain.to_owned());
    }
    if !is_beginning(plain) {
        return Err(Failure::not_found(format!("`{given}` names no prompt"))
            .hint("`pulsectl prompt ls` shows their numbers"));
    }
    recent(client, ("prompt", plain), Call::get("/prompts")).await
}

/// Adds the command that shows what there is to a "not found".
pub(crate) fn or_list(failure: Failure, list: &str) -> Failure {
    if failure.kind == Kind::NotFound {
        failure.hint(list)
    } else {
        failure
    }
}

/// Where prompts are found.
pub(crate) const PROMPTS: &str = "`pulsectl prompt ls` shows the open prompts";

/// Splits `deploy@3`.
pub(crate) fn version_of(reference: &str) -> Result<(String, Option<i32>), Failure> {
    let Some((name, version)) = reference.rsplit_once('@') else {
        return Ok((reference.to_owned(), None));
    };
    let version = version.parse().map_err(|_| {
        Failure::usage(format!("`{reference}` names no version")).hint("write it as NAME@3")
    })?;
    Ok((name.to_owned(), Some(version)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, id: &str) -> Known {
        Known::new(id.parse().unwrap(), name)
    }

    fn three() -> Vec<Known> {
        vec![
            known("web-1", "01931d5c-0000-7000-8000-000000000001"),
            known("web-2", "01931d5c-0000-7000-8000-000000000002"),
            known("beef", "beef1d5c-0000-7000-8000-000000000003"),
        ]
    }

    #[test]
    fn a_beginning_means_the_one_thing_that_has_it() {
        let known = three();
        let found = |given: &str| by_beginning(("worker", given), &known).unwrap();

        assert_eq!(found("BEEF1D").map(Known::called), Some("beef"));
        assert!(found("cafe").is_none());
        assert!(found("bee").is_none(), "too short to mean an id");
    }

    #[test]
    fn an_ambiguous_beginning_is_refused_with_its_candidates() {
        let failure = by_beginning(("worker", "01931d5c"), &three()).unwrap_err();

        assert_eq!(failure.kind, Kind::Usage);
        assert_eq!(failure.message, "the ids of 2 workers begin with 01931d5c");
        assert_eq!(
            failure.details,
            [
                "01931d5c-0000-7000-8000-000000000001  web-1",
                "01931d5c-0000-7000-8000-000000000002  web-2"
            ]
        );
    }

    #[test]
    fn a_region_is_called_by_its_code() {
        let region = serde_json::json!({"code": "fra", "name": "Frankfurt"});

        let region: Known = serde_json::from_value(region).unwrap();

        assert!(region.is_called("fra"));
        assert!(!region.is_called("Frankfurt"));
    }

    #[test]
    fn a_version_stands_behind_the_name() {
        assert_eq!(
            version_of("deploy@3").unwrap(),
            ("deploy".to_owned(), Some(3))
        );
        assert_eq!(version_of("deploy").unwrap(), ("deploy".to_owned(), None));
        assert!(version_of("deploy@new").is_err());
    }
}
