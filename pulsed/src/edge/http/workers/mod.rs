//! Workers: what they say themselves, what is seen of them, and what people ask of them.

mod agents;
mod look;
mod orders;
mod own_log;

use pulse_api::{WorkerId, http::workers::WorkerView};

pub(super) use self::{
    agents::{credential, enroll, heartbeat, ping, register, unregister},
    look::{function_blocks, list, online, show},
    orders::{
        clean_up, clean_up_offline, drain, patch, remove, restart, resume, rotate_credential,
    },
    own_log::logs,
};
use super::problem::Refusal;
use crate::{
    app::App,
    domain::{
        FoundWorker,
        workers::{self, named::Named},
    },
};

/// There is no worker of that id or name.
pub(super) fn unknown(name: &str) -> Refusal {
    let shown: String = name.chars().take(80).collect();
    Refusal::not_found("worker", shown).hint("pulsectl worker ls shows what there is")
}

/// A verb on the worker of that id or name.
fn named<F>(name: &str, verb: F) -> Named<'_, F> {
    Named { name, verb }
}

/// The id behind a worker's id or name.
pub(super) async fn find(app: &App, name: &str) -> Result<WorkerId, Refusal> {
    Ok(found(app, name).await?.id)
}

async fn found(app: &App, name: &str) -> Result<FoundWorker, Refusal> {
    workers::read::find(app, name)
        .await?
        .ok_or_else(|| unknown(name))
}

async fn view(app: &App, id: WorkerId) -> Result<WorkerView, Refusal> {
    workers::read::get(app, id)
        .await?
        .ok_or_else(|| Refusal::not_found("worker", id))
}
