//! The whole database, for admins.

use std::{io, sync::Arc};

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use pulse_api::ProblemCode;
use tokio::sync::mpsc;

use super::{guard::Actor, problem::Refusal};
use crate::{
    app::App,
    backup::Dump,
    domain::{perform, server},
};

/// How many pieces are held for somebody who takes them slowly.
const HELD: usize = 4;

/// Writes a backup to whoever asks, one at a time.
pub(super) async fn download(
    State(app): State<App>,
    Actor(user): Actor,
) -> Result<Response, Refusal> {
    let place = Arc::clone(app.backups()).try_acquire_owned().map_err(|_| {
        let told = "another backup is being read from this server";
        Refusal::new(ProblemCode::Conflict, told).hint("wait until it has ended")
    })?;
    let programs = app.programs().map(ToOwned::to_owned);
    let dump = Dump::prepare(&app.config().database.url, programs).await?;
    let by = user.username;
    perform(&app, &server::Backup { by }).await?;
    let running = dump.start()?;
    let (pieces, taken) = mpsc::channel(HELD);
    let stop = app.supervisor().stopping().clone();
    app.supervisor().spawn("backup", async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = running.hand_on(pieces) => {}
        }
        drop(place);
    });
    let media = [(header::CONTENT_TYPE, "application/octet-stream")];
    Ok((media, Body::from_stream(stream::unfold(Some(taken), next))).into_response())
}

type Taken = Option<mpsc::Receiver<Option<Vec<u8>>>>;

/// The next piece. Where none comes although it was not said that this was all, the answer breaks off.
async fn next(taken: Taken) -> Option<(io::Result<Vec<u8>>, Taken)> {
    let mut taken = taken?;
    match taken.recv().await {
        Some(Some(piece)) => Some((Ok(piece), Some(taken))),
        Some(None) => None,
        None => Some((Err(io::Error::other("the backup broke off")), None)),
    }
}
