//! `worker rename` and `worker label`: what is known of a worker.

use std::collections::BTreeMap;

use clap::Args;
use pulse_api::http::workers::{PatchWorker, WorkerView};
use pulse_workflow::is_label_key;

use super::{row, show};
use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
};

/// Give a worker another name
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// Name or id
    #[arg(value_parser = crate::names::given("worker"))]
    worker: String,
    /// The new name
    name: String,
}

impl Rename {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let body = PatchWorker {
            name: Some(self.name.clone()),
            ..PatchWorker::default()
        };
        let worker = patch(&app.client()?, &self.worker, &body).await?;
        let line = format!("worker/{} renamed to {}", self.worker, worker.name);
        app.ui.changed(&worker, line)?;
        Ok(Exit::OK)
    }
}

/// Set labels of a worker, and take labels away
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker label web-1 rack=b7 tier=front
  pulsectl worker label web-1 rack-")]
pub(crate) struct Label {
    /// Name or id
    #[arg(value_parser = crate::names::given("worker"))]
    worker: String,
    /// `key=value` sets a label, `key-` takes it away
    #[arg(required = true, value_name = "KEY=VALUE|KEY-")]
    labels: Vec<String>,
}

impl Label {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let body = PatchWorker {
            labels: Some(changes(&self.labels)?),
            ..PatchWorker::default()
        };
        let client = app.client()?;
        let before = show::one(&client, &self.worker).await?;
        let worker = patch(&client, &self.worker, &body).await?;
        let labels = match row::labels(&worker).as_slice() {
            [] => "no labels".to_owned(),
            labels => labels.join(" "),
        };
        let done = if before.labels == worker.labels {
            "unchanged"
        } else {
            "labelled"
        };
        app.ui
            .changed(&worker, format!("worker/{} {done}: {labels}", worker.name))?;
        Ok(Exit::OK)
    }
}

async fn patch(client: &Client, name: &str, body: &PatchWorker) -> Result<WorkerView, Failure> {
    references::with(client, (Noun::Worker, name), async |name| {
        let call = Call::patch(&format!("/workers/{}", segment(name))).json(body)?;
        client.json(call).await
    })
    .await
}

/// What shall become of each label; nothing where it shall be taken away.
fn changes(words: &[String]) -> Result<BTreeMap<String, Option<String>>, Failure> {
    words
        .iter()
        .map(
            |word| match (word.split_once('='), word.strip_suffix('-')) {
                (Some((key, value)), _) if is_label_key(key) => {
                    Ok((key.to_owned(), Some(value.to_owned())))
                }
                (Some((key, _)), _) if !key.is_empty() => Err(Failure::usage(format!(
                    "no selector could name a label `{key}`"
                ))
                .hint("a key is made of letters, digits and -_./:@+*")),
                (None, Some(key)) if !key.is_empty() => Ok((key.to_owned(), None)),
                (Some(_) | None, _) => Err(Failure::usage(format!("`{word}` changes no label"))
                    .hint("write rack=b7 to set a label, rack- to take it away")),
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_sets_a_label_or_takes_it_away() {
        let words = ["rack=b7", "tier-", "note=a-"].map(str::to_owned);

        let changes = changes(&words).unwrap();

        assert_eq!(changes["rack"], Some("b7".to_owned()));
        assert_eq!(changes["tier"], None);
        assert_eq!(changes["note"], Some("a-".to_owned()));
        assert!(super::changes(&["rack".to_owned()]).is_err());
        assert!(super::changes(&["=b7".to_owned()]).is_err());
        assert!(super::changes(&["bad key=1".to_owned()]).is_err());
        assert!(super::changes(&["bad key-".to_owned()]).is_ok());
    }
}
