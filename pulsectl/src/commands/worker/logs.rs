//! `worker logs`: what an agent has logged of itself.

use std::time::Duration;

use clap::Args;
use pulse_api::{
    agent_log::{LogLine, MOST_TAIL, WorkerLog},
    http::workers::WorkerView,
};

use super::show::one;
use crate::{
    app::App,
    client::{Call, Client, same_page},
    clock,
    error::{Exit, Failure, Kind},
    flags::Form,
    signals::interruptible,
};

/// Show what a worker's agent has logged of itself
///
/// The agent keeps its newest lines, also those from before it was restarted, and shows them while it is
/// connected. What steps write is in `pulsectl execution logs`. -o json prints one array; with -f, and with
/// -o jsonl, a line of JSON for each line.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker logs web-1
  pulsectl worker logs web-1 -f --tail 20
  pulsectl worker logs web-1 --since 1h -o jsonl")]
pub(crate) struct Logs {
    /// Name or id
    #[arg(value_parser = crate::names::given("worker"))]
    worker: String,
    /// Go on with what is logged from now on, also when the agent is restarted
    #[arg(short, long)]
    follow: bool,
    /// Only what was logged since then: a duration such as 10m, a day, or a time
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Only the last lines; 200 without --since
    #[arg(long, value_name = "LINES", value_parser = clap::value_parser!(u32).range(0..=i64::from(MOST_TAIL)))]
    tail: Option<u32>,
}

/// How many lines are shown without a wish.
const USUAL: u32 = 200;

/// How many seconds an agent may wait for its next line.
const WAIT_SECONDS: &str = "20";

/// How soon an agent that has gone is asked again.
const AGAIN: Duration = Duration::from_secs(1);

impl Logs {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        interruptible(async {
            tokio::select! {
                biased;
                shown = self.show(app, &client) => shown,
                () = clock::until(client.deadline()) => Err(Failure::new(Kind::WaitedTooLong, "")),
            }
        })
        .await
    }

    async fn show(&self, app: &App, client: &Client) -> Result<Exit, Failure> {
        let since = self.since.as_deref().map(clock::instant).transpose()?;
        let tail = self.tail.or(since.is_none().then_some(USUAL));
        let worker = one(client, &self.worker).await?;
        let path = format!("/workers/{}/logs", worker.id);
        let begin = Call::get(&path)
            .maybe("since", since)
            .maybe("tail", tail.map(|tail| tail.to_string()));
        let mut log: WorkerLog = client.json(begin).await?;
        let is_list = !self.follow && app.ui.output.form() == Form::Document;
        let mut shown = if is_list {
            Shown::at_once(app)
        } else {
            Shown::as_it_comes(app)
        };
        loop {
            if log.more && log.lines.is_empty() {
                return Err(same_page());
            }
            shown.take(&log)?;
            if !log.more && !self.follow {
                return shown.end();
            }
            let next = Call::get(&path).query("cursor", log.cursor);
            log = if log.more {
                client.json(next).await?
            } else {
                let next = next.query("wait_seconds", WAIT_SECONDS).streaming();
                again(app, client, (&worker, &next)).await?
            };
        }
    }
}

/// Asks on, and waits for an agent that has gone, as it does when it is restarted.
async fn again(
    app: &App,
    client: &Client,
    (worker, next): (&WorkerView, &Call),
) -> Result<WorkerLog, Failure> {
    let mut is_told = false;
    loop {
        match client.json(next.clone()).await {
            Ok(log) => {
                if is_told {
                    app.ui.say(format!("{} answers again", worker.name));
                }
                return Ok(log);
            }
            Err(failure) if matches!(failure.kind, Kind::NoWorker | Kind::Unreachable) => {
                if !std::mem::replace(&mut is_told, true) {
                    app.ui.say(format!("{failure}; waiting for it …"));
                }
                tokio::time::sleep(AGAIN).await;
            }
            Err(failure) => return Err(failure),
        }
    }
}

/// What is printed as it comes, or all at once.
struct Shown<'a> {
    app: &'a App,
    listed: Option<Vec<LogLine>>,
}

impl<'a> Shown<'a> {
    fn at_once(app: &'a App) -> Self {
        Self {
            app,
            listed: Some(Vec::new()),
        }
    }

    fn as_it_comes(app: &'a App) -> Self {
        Self { app, listed: None }
    }

    fn take(&mut self, log: &WorkerLog) -> Result<(), Failure> {
        if log.missed {
            self.app.ui.warn(
                "lines are missing here: the host has logged so much that it has dropped them",
            );
        }
        match &mut self.listed {
            Some(listed) => listed.extend(log.lines.iter().cloned()),
            None => log.lines.iter().try_for_each(|line| self.print(line))?,
        }
        Ok(())
    }

    fn print(&self, line: &LogLine) -> Result<(), Failure> {
        let ui = &self.app.ui;
        match ui.output.form() {
            Form::Lines | Form::Document => ui.entry(line),
            Form::Text | Form::Name | Form::Csv => {
                let time = if ui.stdout_tty {
                    ui.times.of_line(line.at)
                } else {
                    ui.times.exact().show(line.at)
                };
                let (level, part) = (line.level.as_str().to_uppercase(), line.part);
                ui.data(format!("{time}  {level:<5}  {part:<8}  {}", line.text))
            }
        }
    }

    fn end(self) -> Result<Exit, Failure> {
        if let Some(listed) = &self.listed {
            self.app.ui.values(listed)?;
        }
        Ok(Exit::OK)
    }
}
