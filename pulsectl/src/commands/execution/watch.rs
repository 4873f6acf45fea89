//! `execution watch`: follow and answer.

use clap::Args;
use pulse_api::http::executions::ExecutionView;

use crate::{
    app::App,
    client::{Client, Stream},
    commands::{references, run},
    error::{Exit, Failure},
    follow::{self, Answers, Manner},
    ui::live::{Prefix, PrefixChoice},
};

/// Follow an execution to its end, and answer what it asks
///
/// Exit codes are those of `run`.
#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"))]
    execution: String,
    /// Answer for a prompt, by its step; may be repeated, also for one step
    #[arg(long = "answer", value_name = "STEP=ANSWER")]
    answers: Vec<String>,
    /// What stands in front of a line of output; without a choice all of it
    #[arg(long, value_enum, default_value = "auto", num_args = 0..=1, default_missing_value = "full")]
    prefix: PrefixChoice,
}

impl Watch {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let answers = Answers::parse(&self.answers)?;
        let client = app.client()?;
        let reference = references::execution(&client, &self.execution).await?;
        let manner = Manner {
            answers,
            prefix: Prefix::new(&app.ui, self.prefix),
            first: run::first(app),
            ..Manner::taking_part(app, run::show(app))
        };
        let stream = attach(&client, &reference).await?;
        let ended = follow::follow(app, &client, stream, manner).await?;
        run::report(app, &client, &ended).await
    }
}

/// The stream of an execution from its first entry, with what is known of it now.
pub(crate) async fn attach(client: &Client, reference: &str) -> Result<Stream, Failure> {
    let execution: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
    Ok(Stream::attach(client, execution))
}
