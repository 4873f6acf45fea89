//! Workers that are named for a run or a command: names, ids, beginnings of ids, groups, or `all`.
//!
//! Like every name they go to the server as they are; only what it refuses is looked at here.

use pulse_api::http::workers::WorkerView;
use pulse_workflow::{Host, Needs, Selection, Targets};

use super::references::{Known, by_beginning};
use crate::{
    client::{Call, Client},
    error::{Failure, Kind},
    names,
};

/// Calls with the workers as they were named, and once more with those that turn out to be meant.
///
/// A name that nothing has is not found, however many others go along with it.
pub(crate) async fn with<T>(
    client: &Client,
    given: &[String],
    attempt: impl AsyncFn(&[String]) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let failure = match attempt(given).await {
        Err(failure) if failure.kind == Kind::NoWorker && !given.is_empty() => failure,
        outcome => return outcome,
    };
    let Ok(workers) = client.list(Call::get("/workers"), None).await else {
        return Err(failure);
    };
    let meant = meant(given, &workers)?;
    if meant == given {
        return Err(failure);
    }
    attempt(&meant).await
}

/// Refuses names that nothing has, where the server has found no worker for them.
pub(crate) async fn check(client: &Client, given: &[String]) -> Result<(), Failure> {
    if given.is_empty() {
        return Ok(());
    }
    let workers: Vec<WorkerView> = client.list(Call::get("/workers"), None).await?;
    meant(given, &workers).map(|_| ())
}

/// The names with every beginning of an id replaced by the name of its worker.
fn meant(given: &[String], workers: &[WorkerView]) -> Result<Vec<String>, Failure> {
    let meant = without_beginnings(given, &known(workers))?;
    let selection = select(meant.clone(), workers);
    let Some(first) = selection.unmatched.first() else {
        return Ok(meant);
    };
    let unknown = selection.unmatched.join(", ");
    let failure = Failure::not_found(format!("there is no worker or group {unknown}"));
    let groups = workers.iter().flat_map(|worker| &worker.groups);
    let called = workers.iter().map(|worker| &worker.name).chain(groups);
    Err(match names::nearest(first, called.map(String::as_str)) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("`pulsectl worker ls` shows the workers"),
    })
}

fn without_beginnings(given: &[String], known: &[Known]) -> Result<Vec<String>, Failure> {
    let each = given.iter().map(|name| {
        if known.iter().any(|one| one.is_called(name)) {
            return Ok(name.clone());
        }
        let found = by_beginning(("worker", name), known)?;
        Ok(found.map_or_else(|| name.clone(), |one| one.called().to_owned()))
    });
    each.collect()
}

/// The workers that are meant, in the order of their names.
pub(crate) fn chosen(given: &[String], workers: &[WorkerView]) -> Result<Vec<String>, Failure> {
    let selection = select(meant(given, workers)?, workers);
    let chosen = selection.chosen.iter();
    Ok(chosen.map(|at| workers[*at].name.clone()).collect())
}

fn select(names: Vec<String>, workers: &[WorkerView]) -> Selection {
    let hosts: Vec<Host> = workers.iter().map(host).collect();
    Targets::list(names).select(&hosts, Needs::default())
}

fn known(workers: &[WorkerView]) -> Vec<Known> {
    let each = workers.iter();
    each.map(|worker| Known::new(worker.id.0, &worker.name))
        .collect()
}

fn host(worker: &WorkerView) -> Host {
    Host {
        id: worker.id.to_string(),
        name: worker.name.clone(),
        groups: worker.groups.clone(),
        ..Host::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_targets_a_name_stays_whatever_ids_begin_like_it() {
        let ids = [
            ("web-1", "01931d5c-0000-7000-8000-000000000001"),
            ("beef", "beef1d5c-0000-7000-8000-000000000003"),
        ];
        let known = ids.map(|(name, id)| Known::new(id.parse().unwrap(), name));
        let given = ["beef", "beef1d", "group-a"].map(str::to_owned);

        let meant = without_beginnings(&given, &known).unwrap();

        assert_eq!(meant, ["beef", "beef", "group-a"]);
    }
}
