//! `worker doctor`: a worker examines itself.

use clap::Args;
use pulse_api::{
    blocks::{DOCTOR, FORMAT},
    http::workers::RunCommand,
    status::ExecutionStatus,
};
use serde_json::{Map, json};

use crate::{
    app::App,
    client::{Call, Stream, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure, Kind},
    follow::{self, Ended, Manner, WhenLate},
    ui::live::{Prefix, PrefixChoice, Show},
};

/// Let a worker look for what keeps it from working, and say how to mend it
///
/// The worker's own `pulse-agent doctor` runs on its host, as an execution like any other. The exit
/// code is 0 when all is well and 3 when something is wrong.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker doctor web-1
  pulsectl worker doctor web-1 -o json")]
pub(crate) struct Doctor {
    /// Name or id
    #[arg(value_parser = crate::names::given("worker"))]
    worker: String,
}

impl Doctor {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.patient_client()?;
        let format = if app.ui.is_structured() {
            "json"
        } else {
            "text"
        };
        let body = RunCommand {
            uses: Some(DOCTOR.to_owned()),
            with: Map::from_iter([(FORMAT.to_owned(), json!(format))]),
            ..RunCommand::default()
        };
        let stream = references::with(&client, (Noun::Worker, &self.worker), async |name| {
            let path = format!("/workers/{}/command", segment(name));
            Stream::start(&client, Call::post(&path).json(&body)?).await
        })
        .await?;
        let manner = Manner {
            when_late: WhenLate::IsCancelled,
            prefix: Prefix::new(&app.ui, PrefixChoice::None),
            ..Manner::looking_on(app, Show::Raw)
        };
        let ended = follow::follow(app, &client, stream, manner).await?;
        exit(&ended)
    }
}

/// Only the examination itself says whether the worker is well.
fn exit(ended: &Ended) -> Result<Exit, Failure> {
    let job = ended.model.only_job();
    let code = ended
        .end
        .exit_code
        .or_else(|| job.and_then(|job| job.exit_code));
    if ended.end.status == ExecutionStatus::Completed {
        return Ok(Exit::OK);
    }
    if code == Some(i32::from(Kind::Failed.code())) {
        return Ok(Kind::Failed.into());
    }
    let why = job.map_or_else(|| ended.end.status.to_string(), follow::how_it_ended);
    let hint = format!("`pulsectl execution show {}` tells more", ended.end.number);
    Err(Failure::new(Kind::General, format!("the worker was not examined: {why}")).hint(hint))
}
