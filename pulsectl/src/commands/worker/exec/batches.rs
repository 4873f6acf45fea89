//! One command on many workers, some at a time: a step for each batch.
//!
//! The server goes from batch to batch, so a lost terminal loses nothing.

use pulse_api::http::workers::WorkerView;
use serde_json::{Value, json};

use crate::{
    client::{Call, Client},
    commands::{selectors::expression, targets},
    error::{Failure, Kind},
};

/// What happens to later batches once a worker has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnFailure {
    GoOn,
    Stop,
}

/// The most steps that a document may have.
const MOST: usize = 200;

/// The names of the workers that are meant, in order; all of them without a choice.
pub(super) async fn names(
    client: &Client,
    given: &[String],
    selector: Option<&str>,
) -> Result<Vec<String>, Failure> {
    let call = match selector {
        Some(selector) => Call::get("/workers").query("selector", expression(selector)?),
        None => Call::get("/workers"),
    };
    let workers: Vec<WorkerView> = client.list(call, None).await?;
    let chosen = match given {
        [] => targets::chosen(&["all".to_owned()], &workers)?,
        names => targets::chosen(names, &workers)?,
    };
    if chosen.is_empty() {
        let which = selector.map(|selector| format!(" matches {selector}"));
        return Err(Failure::new(
            Kind::NoWorker,
            format!(
                "no worker{}",
                which.unwrap_or_else(|| " is there".to_owned())
            ),
        )
        .hint("`pulsectl worker ls -o wide` shows the workers with their labels"));
    }
    Ok(chosen)
}

/// The steps: the given one again for each batch of so many workers.
pub(super) fn steps(
    step: &Value,
    names: &[String],
    (size, on_failure): (usize, OnFailure),
) -> Result<Vec<Value>, Failure> {
    let count = names.len().div_ceil(size);
    if count > MOST {
        let least = names.len().div_ceil(MOST);
        return Err(Failure::usage(format!(
            "{} workers in batches of {size} are {count} batches; {MOST} are the most",
            names.len()
        ))
        .hint(format!("--batch {least} or more")));
    }
    let batches = names.chunks(size).enumerate();
    Ok(batches
        .map(|(index, batch)| {
            let mut step = step.clone();
            step["name"] = json!(format!("batch {} of {count}", index + 1));
            step["targets"] = json!(batch);
            // Without a condition, a step runs only after a success.
            if on_failure == OnFailure::GoOn && index > 0 {
                step["condition"] = json!("success() || failure()");
            }
            step
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (1..=count).map(|number| format!("web-{number}")).collect()
    }

    #[test]
    fn every_worker_is_in_one_batch() {
        let steps = steps(&json!({"command": "true"}), &names(5), (2, OnFailure::GoOn)).unwrap();

        let targets: Vec<&Value> = steps.iter().map(|step| &step["targets"]).collect();
        assert_eq!(
            targets,
            [
                &json!(["web-1", "web-2"]),
                &json!(["web-3", "web-4"]),
                &json!(["web-5"])
            ]
        );
        assert_eq!(steps[2]["name"], "batch 3 of 3");
        assert!(steps[0]["condition"].is_null());
        assert_eq!(steps[1]["condition"], "success() || failure()");
    }

    #[test]
    fn more_batches_than_a_document_has_room_for_are_refused() {
        let refused = steps(&json!({}), &names(1000), (4, OnFailure::Stop)).unwrap_err();

        assert_eq!(refused.hint.as_deref(), Some("--batch 5 or more"));
        assert!(steps(&json!({}), &names(1000), (5, OnFailure::Stop)).is_ok());
    }
}
