//! `execution wait`.

use std::time::Duration;

use clap::{Args, ValueEnum};
use pulse_api::{
    http::executions::ExecutionView,
    status::{PromptStatus, StepStatus},
};

use crate::{
    app::App,
    client::{Client, Rest},
    clock,
    commands::references,
    duration,
    error::{Exit, Failure, Kind},
    follow,
    signals::Signals,
    ui::{live::Board, terminal::KeyMode},
};

/// How often it is looked.
const REST: Rest = Rest {
    first: Duration::from_millis(200),
    longest: Duration::from_secs(2),
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum For {
    /// Until it has ended well; ending otherwise is an exit code
    Succeeded,
    /// Until it has ended, however
    Finished,
    /// Until it asks something
    Prompt,
}

/// Wait for executions without showing them
///
/// Exit codes: 0, 3 failed, 5 cancelled, 6 timed out, 124 --timeout ran out. Of several executions,
/// the first that did not end well decides. With --for prompt an execution that ends without asking
/// is a failure too: 3, also when it completed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution wait 42 --timeout 30m
  pulsectl execution wait @last --for prompt")]
pub(crate) struct Wait {
    /// Numbers, ids, beginnings of ids, or @last
    #[arg(value_parser = crate::names::given("execution"), required = true, value_name = "EXECUTION")]
    executions: Vec<String>,
    /// What to wait for
    #[arg(long = "for", value_enum, default_value = "succeeded")]
    state: For,
}

impl Wait {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let mut worst = Exit::OK;
        for given in &self.executions {
            let reference = references::execution(&client, given).await?;
            let execution = self.until(app, &client, &reference).await?;
            let line = format!("execution/{} {}", execution.number, execution.status);
            app.ui.changed(&execution, line)?;
            if worst == Exit::OK {
                worst = self.exit(app, &execution);
            }
        }
        Ok(worst)
    }

    /// What was waited for has come, or never will.
    fn exit(&self, app: &App, execution: &ExecutionView) -> Exit {
        match self.state {
            For::Finished => Exit::OK,
            For::Succeeded => follow::exit_of_run(execution.status),
            For::Prompt if !execution.status.is_terminal() => Exit::OK,
            For::Prompt => {
                let number = execution.number;
                app.ui
                    .say(format!("#{number} has ended and asks nothing any more"));
                match follow::exit_of_run(execution.status) {
                    Exit::OK => Kind::Failed.into(),
                    ended => ended,
                }
            }
        }
    }

    async fn until(
        &self,
        app: &App,
        client: &Client,
        reference: &str,
    ) -> Result<ExecutionView, Failure> {
        let path = format!("/executions/{reference}");
        let mut board = Board::on(&app.ui);
        let signals = Signals::listen()?;
        let unechoed = board
            .is_some()
            .then(|| KeyMode::hidden(&signals))
            .transpose()?;
        let found = client.watch(REST, async || {
            let execution: ExecutionView = client.get(&path).await?;
            if let Some(board) = &mut board {
                board.show(&standing(&execution));
            }
            let mut prompts = execution.prompts.iter();
            let is_asking = prompts.any(|prompt| prompt.status == PromptStatus::Open);
            let has_come =
                execution.status.is_terminal() || (self.state == For::Prompt && is_asking);
            Ok(has_come.then_some(execution))
        });
        let found = found.await;
        drop((board, unechoed));
        if found
            .as_ref()
            .is_err_and(|failure| failure.kind == Kind::Interrupted)
        {
            app.ui.say(follow::still_runs(&label(reference), reference));
        }
        found?.ok_or_else(|| {
            let label = label(reference);
            let late = format!("{label} was not over in time; it goes on");
            Failure::new(Kind::WaitedTooLong, late).hint(format!(
                "`pulsectl execution wait {reference}` goes on waiting"
            ))
        })
    }
}

/// `waiting for #42: running for 12s, at Check disk`.
fn standing(execution: &ExecutionView) -> String {
    let running = execution
        .steps
        .iter()
        .filter(|step| step.status == StepStatus::Running);
    let names: Vec<&str> = running.map(|step| step.name.as_str()).collect();
    let at = match names.as_slice() {
        [] => String::new(),
        names => format!(", at {}", names.join(", ")),
    };
    let since = clock::now().as_second() - execution.created_at.as_second();
    let age = duration::age(u64::try_from(since).unwrap_or(0));
    format!(
        "waiting for #{}: {} for {age}{at}",
        execution.number, execution.status
    )
}

/// `#42`, or the id.
fn label(reference: &str) -> String {
    match reference.parse::<i64>() {
        Ok(number) => format!("#{number}"),
        Err(_) => reference.to_owned(),
    }
}
