//! `worker drain` and `worker resume`.

use clap::Args;
use pulse_api::{
    http::workers::{DrainWorker, WorkerView},
    status::{AdminState, DrainMode, OnDeadline, WorkerStatus},
};
use std::time::Duration;

use crate::{
    app::App,
    client::{Call, Client, Rest, segment},
    commands::{
        references::{self, Noun},
        selectors,
    },
    duration,
    error::{Exit, Failure, Kind},
    follow,
};

/// Which workers are meant.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// Names or ids
    #[arg(value_parser = crate::names::given("worker"), value_name = "WORKER", required_unless_present_any = ["selector", "all"])]
    workers: Vec<String>,
    /// The workers that match, such as rack=b7; given again, those that match that too
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with_all = ["workers", "all"])]
    selector: Vec<String>,
    /// All workers
    #[arg(long, conflicts_with = "workers")]
    all: bool,
}

impl Which {
    /// Whether they were not named one by one.
    pub(super) fn is_by_rule(&self) -> bool {
        self.all || !self.selector.is_empty()
    }

    /// The names; that nothing matches is an error of its own.
    pub(super) async fn names(&self, client: &Client) -> Result<Vec<String>, Failure> {
        if !self.is_by_rule() {
            return Ok(self.workers.clone());
        }
        let selector = selectors::all(&self.selector)?;
        let call = Call::get("/workers").maybe("selector", selector.as_deref());
        let found: Vec<WorkerView> = client.list(call, None).await?;
        if found.is_empty() {
            let said = selector.map_or_else(
                || "there is no worker".to_owned(),
                |selector| format!("no worker matches {selector}"),
            );
            return Err(Failure::new(Kind::NoWorker, said)
                .hint("`pulsectl worker ls -o wide` shows the workers with their labels"));
        }
        Ok(found.into_iter().map(|worker| worker.name).collect())
    }
}

/// Give workers no new work, and let running steps end
///
/// The agent exits with code 0 once it is idle, and is active again when it is started on its host.
/// With --hold it stays, idle, until `worker resume`, also when it is started again meanwhile.
#[derive(Debug, Args)]
#[command(after_help = "\
With --wait, the exit code is 124 when --timeout runs out, or when the deadline passes and steps
are left to run on; draining goes on.

Examples:
  pulsectl worker drain web-1 --wait
  pulsectl worker drain -l rack=b7 --wait --deadline 20m --yes")]
pub(crate) struct Drain {
    #[command(flatten)]
    which: Which,
    /// Keep the agent running, idle, until `worker resume`
    #[arg(long)]
    hold: bool,
    /// Wait until no step runs any more
    #[arg(long)]
    wait: bool,
    /// How long running steps may take
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    deadline: Option<Duration>,
    /// What happens to steps that still run then: leave or cancel
    #[arg(long, requires = "deadline", value_name = "WHAT")]
    on_deadline: Option<OnDeadline>,
    /// Why, for the audit log
    #[arg(long)]
    reason: Option<String>,
}

impl Drain {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let names = self.which.names(&client).await?;
        if self.which.is_by_rule() && names.len() > 1 {
            let count = follow::plural(names.len(), "worker");
            app.confirm(&format!("drain {count}"), "--yes")?;
        }
        let body = DrainWorker {
            mode: if self.hold {
                DrainMode::Hold
            } else {
                DrainMode::Exit
            },
            deadline_seconds: self.deadline.map(|deadline| deadline.as_secs().max(1)),
            on_deadline: self.on_deadline,
            reason: self.reason.clone(),
        };
        let names = for_each(app, &client, (&names, Wish::Drain), |name| {
            Call::post(&format!("/workers/{}/drain", segment(name))).json(&body)
        })
        .await?;
        if !self.hold && !self.wait && !names.is_empty() {
            app.ui.say(
                "once idle, the agent exits, until it is started on its host; --hold would keep it there",
            );
        }
        if self.wait {
            wait_until_drained(app, &client, &names).await?;
        }
        Ok(Exit::OK)
    }
}

/// Give drained workers work again
#[derive(Debug, Args)]
pub(crate) struct Resume {
    #[command(flatten)]
    which: Which,
}

impl Resume {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let names = self.which.names(&client).await?;
        for_each(app, &client, (&names, Wish::Resume), |name| {
            Ok(Call::post(&format!("/workers/{}/resume", segment(name))))
        })
        .await?;
        Ok(Exit::OK)
    }
}

/// What workers are asked for, as it is told of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Drain,
    Resume,
    Restart,
    RotateCredential,
}

impl Wish {
    /// What was changed. A worker that cannot be heard has taken note of nothing yet.
    fn told(self, worker: &WorkerView) -> String {
        let name = &worker.name;
        let state = worker.admin_state;
        let done = match self {
            Self::Drain => {
                let left = usize::try_from(worker.jobs_left).unwrap_or(usize::MAX);
                format!("{state} ({} left)", follow::plural(left, "step"))
            }
            Self::Resume => format!("resumed ({state})"),
            Self::Restart => "asked to restart".to_owned(),
            Self::RotateCredential => "asked for a new credential".to_owned(),
        };
        match worker.status {
            WorkerStatus::Online => format!("worker/{name} {done}"),
            WorkerStatus::Unreachable | WorkerStatus::Offline | WorkerStatus::Deleted => format!(
                "worker/{name} {done}; it is {}, and hears of it when it comes back",
                worker.status
            ),
        }
    }
}

/// Changes every worker, and gives the names of all of them; some but not all is an exit code of
/// its own.
pub(super) async fn for_each(
    app: &App,
    client: &Client,
    (names, wish): (&[String], Wish),
    call: impl Fn(&str) -> Result<Call, Failure>,
) -> Result<Vec<String>, Failure> {
    let (mut changed, mut failures) = (Vec::new(), Vec::new());
    for name in names {
        let worker = references::with(client, (Noun::Worker, name), async |name| {
            client.json::<WorkerView>(call(name)?).await
        });
        match worker.await {
            Ok(worker) => {
                app.ui.changed(&worker, wish.told(&worker))?;
                changed.push(worker.name);
            }
            Err(failure) if names.len() == 1 => return Err(failure),
            Err(failure) => failures.push(format!("{name}: {failure}")),
        }
    }
    if failures.is_empty() {
        return Ok(changed);
    }
    let kind = if failures.len() == names.len() {
        Kind::Failed
    } else {
        Kind::Partial
    };
    Err(Failure::new(
        kind,
        format!(
            "{} of {} refused",
            failures.len(),
            follow::plural(names.len(), "worker")
        ),
    )
    .details(failures))
}

/// Whether the drain's deadline has passed and nothing is done about what runs.
fn is_left_to_run(worker: &WorkerView) -> bool {
    worker
        .drain
        .as_ref()
        .is_some_and(|drain| drain.passed_at.is_some() && drain.on_deadline == OnDeadline::Leave)
}

async fn wait_until_drained(app: &App, client: &Client, names: &[String]) -> Result<(), Failure> {
    let (mut told, mut left, mut away) = (String::new(), Vec::new(), Vec::new());
    let rest = Rest::of(Duration::from_secs(1));
    let drained = client.watch(rest, async || {
        let standing = Standing::of(client, names).await?;
        left.clone_from(&standing.left);
        away.clone_from(&standing.away);
        let line = format!("steps still run on {}", standing.busy.join(", "));
        if !standing.busy.is_empty() && line != told {
            app.ui.say(&line);
            told = line;
        }
        if standing.is_overdue {
            return Err(Failure::new(
                Kind::WaitedTooLong,
                "the deadline has passed, and steps are left to run on; draining goes on",
            )
            .details(standing.left)
            .hint("`--on-deadline cancel` ends them"));
        }
        Ok(standing.left.is_empty().then_some(()))
    });
    let drained = drained.await?;
    if drained.is_some() {
        if away.is_empty() {
            app.ui.say("drained");
        } else {
            app.ui.say(format!(
                "nothing runs any more; not there, and drained once back: {}",
                away.join(", ")
            ));
        }
        return Ok(());
    }
    Err(Failure::new(
        Kind::WaitedTooLong,
        "the workers were not drained in time; draining goes on",
    )
    .details(left))
}

/// How far some workers are from being drained.
#[derive(Default)]
struct Standing {
    left: Vec<String>,
    /// Those that still run steps, with how many.
    busy: Vec<String>,
    /// Those that were not there to be told.
    away: Vec<String>,
    is_overdue: bool,
}

impl Standing {
    async fn of(client: &Client, names: &[String]) -> Result<Self, Failure> {
        let mut standing = Self::default();
        for name in names {
            let worker: WorkerView = client.get(&format!("/workers/{}", segment(name))).await?;
            // An agent that drained to exit is gone, and cannot say that it is drained.
            let is_draining = worker.active && worker.admin_state == AdminState::Draining;
            if !worker.active && worker.admin_state == AdminState::Draining {
                standing.away.push(name.clone());
            }
            if worker.jobs_left > 0 {
                standing.busy.push(format!("{name} ({})", worker.jobs_left));
            }
            if worker.jobs_left > 0 || is_draining {
                standing.is_overdue |= worker.jobs_left > 0 && is_left_to_run(&worker);
                standing.left.push(name.clone());
            }
        }
        Ok(standing)
    }
}
