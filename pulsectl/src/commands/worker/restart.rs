//! `worker restart` and `worker rotate-credential`: what an agent is asked to do.

use std::{collections::BTreeMap, time::Duration};

use clap::Args;
use pulse_api::http::workers::{RestartWorker, WorkerView};

use super::{
    show,
    state::{Which, Wish, for_each},
};
use crate::{
    app::App,
    client::{Call, Client, Rest, segment},
    error::{Exit, Failure, Kind},
};

/// Let agents start anew with the credential they have
///
/// Running steps are not disturbed: the executor stays, and the new agent takes over.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker restart web-1 --wait
  pulsectl worker restart -l region=fra --yes")]
pub(crate) struct Restart {
    #[command(flatten)]
    which: Which,
    /// Wait until the agents are back
    #[arg(long)]
    wait: bool,
    /// The executor too, which ends the steps that run there
    #[arg(long)]
    force: bool,
}

impl Restart {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let names = self.which.names(&client).await?;
        if self.which.is_by_rule() && names.len() > 1 {
            app.confirm(&format!("restart {} agents", names.len()), "--yes")?;
        }
        let before = if self.wait {
            epochs(&client, &names).await?
        } else {
            BTreeMap::new()
        };
        let body = RestartWorker { force: self.force };
        for_each(app, &client, (&names, Wish::Restart), |name| {
            Call::post(&format!("/workers/{}/restart", segment(name))).json(&body)
        })
        .await?;
        if self.wait {
            wait_until_back(app, &client, before).await?;
        }
        Ok(Exit::OK)
    }
}

/// The number of each worker's newest connection.
async fn epochs(
    client: &Client,
    names: &[String],
) -> Result<BTreeMap<String, Option<i64>>, Failure> {
    let mut epochs = BTreeMap::new();
    for name in names {
        let worker = show::one(client, name).await?;
        epochs.insert(worker.name, worker.session_epoch);
    }
    Ok(epochs)
}

async fn wait_until_back(
    app: &App,
    client: &Client,
    mut before: BTreeMap<String, Option<i64>>,
) -> Result<(), Failure> {
    let rest = Rest::of(Duration::from_millis(500));
    let all_back = client.watch(rest, async || {
        for name in before.keys().cloned().collect::<Vec<_>>() {
            let worker: WorkerView = client.get(&format!("/workers/{}", segment(&name))).await?;
            if worker.active && worker.session_epoch > before[&name] {
                before.remove(&name);
                app.ui.say(format!("{name} is back"));
            }
        }
        Ok(before.is_empty().then_some(()))
    });
    let all_back = all_back.await?;
    all_back.ok_or_else(|| {
        Failure::new(Kind::WaitedTooLong, "not every agent is back yet")
            .details(before.into_keys().collect())
    })
}

/// Ask agents for a new credential
///
/// Each asks for it by itself once a day; the old one is good until the new one is used.
#[derive(Debug, Args)]
pub(crate) struct RotateCredential {
    #[command(flatten)]
    which: Which,
}

impl RotateCredential {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let names = self.which.names(&client).await?;
        for_each(app, &client, (&names, Wish::RotateCredential), |name| {
            let path = format!("/workers/{}/rotate-credential", segment(name));
            Ok(Call::post(&path))
        })
        .await?;
        Ok(Exit::OK)
    }
}
