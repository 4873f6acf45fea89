//! Following an execution to its end: showing it, answering what it asks, letting go of it.

mod answers;
pub(crate) mod approvals;
mod ended;
mod fields;
mod gaps;
mod input;
mod inside;
mod model;
mod session;
mod tails;
mod waits;

use pulse_api::http::executions::OutputEntry;
use tokio::time::{Duration, MissedTickBehavior, interval};

pub(crate) use answers::{Answers, is_step, option_of};
pub(crate) use ended::{Ended, exit_of_command, exit_of_run, how_it_ended, plural};
pub(crate) use fields::{GivenFields, of_one};
pub(crate) use gaps::{Gaps, removed, size};
pub(crate) use input::{fill_in, pick};
pub(crate) use model::Model;

use crate::{
    app::App,
    client::{Client, Followed, Stream},
    clock,
    error::Failure,
    signals::{Signal, Signals, interrupted},
    ui::{
        live::{self, Prefix, PrefixChoice, Show},
        terminal::KeyMode,
    },
};
pub(crate) use input::Given;
use input::Input;
use inside::{Happened, Inside};
use session::Session;
pub(crate) use session::{asked, still_runs, who_answers};

/// What to do about questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Questions {
    /// Ask the person at the terminal.
    Ask,
    /// End with code 8, telling how to answer.
    Refuse,
    /// Only mention them.
    Mention,
}

/// What the first Ctrl-C does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnInterrupt {
    Detach,
    Cancel,
}

/// What happens to the execution when `--timeout` runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenLate {
    GoesOn,
    /// Also where it has not begun: nobody waits for it any more.
    IsCancelled,
}

/// What stdout gets of an execution before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    Nothing,
    Id,
    /// `execution/ID`.
    Name,
}

/// How to follow.
pub(crate) struct Manner {
    pub(crate) answers: Answers,
    pub(crate) questions: Questions,
    pub(crate) on_interrupt: OnInterrupt,
    pub(crate) when_late: WhenLate,
    pub(crate) show: Show,
    pub(crate) prefix: Prefix,
    /// Whether the last line sums the execution up.
    pub(crate) summary: bool,
    /// How many of the last lines of each failed job are part of that.
    pub(crate) log_lines: usize,
    /// What is printed once the id is known, whatever comes after.
    pub(crate) first: First,
}

impl Manner {
    /// Follows what is somebody else's to answer for.
    pub(crate) fn looking_on(app: &App, show: Show) -> Self {
        Self {
            answers: Answers::default(),
            questions: Questions::Mention,
            on_interrupt: OnInterrupt::Detach,
            when_late: WhenLate::GoesOn,
            show,
            prefix: Prefix::new(&app.ui, PrefixChoice::Auto),
            summary: false,
            log_lines: 0,
            first: First::Nothing,
        }
    }

    /// Follows to answer questions and to see how it ends.
    pub(crate) fn taking_part(app: &App, show: Show) -> Self {
        Self {
            questions: if app.ui.interactive {
                Questions::Ask
            } else {
                Questions::Refuse
            },
            summary: true,
            ..Self::looking_on(app, show)
        }
    }
}

/// Whose output is shown; all of it for none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Only {
    /// The step's id.
    pub(crate) step: Option<String>,
    pub(crate) worker: Option<String>,
}

impl Only {
    fn admits(&self, output: &OutputEntry) -> bool {
        let is_within = |step: &String| {
            let rest = output.step.strip_prefix(step.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.step.as_ref().is_none_or(is_within)
            && self
                .worker
                .as_ref()
                .is_none_or(|worker| *worker == output.worker)
    }
}

/// Follows until the execution ends, `--timeout` runs out, or the person lets go.
pub(crate) async fn follow(
    app: &App,
    client: &Client,
    stream: Stream,
    manner: Manner,
) -> Result<Ended, Failure> {
    follow_only(app, client, stream, (manner, Only::default())).await
}

/// The same with a part of the output.
pub(crate) async fn follow_only(
    app: &App,
    client: &Client,
    mut stream: Stream,
    (manner, only): (Manner, Only),
) -> Result<Ended, Failure> {
    let mut signals = Signals::listen()?;
    let mut ticks = interval(Duration::from_millis(100));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let screen = live::open(&app.ui, manner.show, manner.prefix.clone());
    let has_ticks = screen.moves();
    let _unechoed = has_ticks.then(|| KeyMode::hidden(&signals)).transpose()?;
    let mut session = Session::new(app, client, screen, (manner, only));
    let mut input = Input::new(app.ui.device);
    let (mut inside, mut end) = (Inside::default(), None);
    loop {
        while let Some(found) = session.found() {
            let signal = tokio::select! {
                biased;
                followed = inside.follow(client, found) => followed.map(|()| None)?,
                signal = signals.next() => Some(signal),
            };
            if let Some(signal) = signal {
                session.attend(Turn::Signal(signal), &mut signals).await?;
            }
        }
        // What the others have still to say comes first.
        if inside.is_empty()
            && let Some(end) = end.take()
            && let Some(ended) = session.take(Followed::End(end)).await?
        {
            return Ok(ended);
        }
        let asks = session.asks();
        match asks {
            Some(question) if input.start(question, &signals)? => session.draw(),
            Some(_) => {}
            None => input.stop(),
        }
        let turn = tokio::select! {
            followed = stream.next(), if end.is_none() => {
                let followed = followed?;
                if let Followed::End(over) = followed {
                    end = Some(over);
                    continue;
                }
                Turn::Followed(followed)
            }
            happened = inside.next(), if !inside.is_empty() => Turn::Inside(happened?),
            given = input.next(), if asks.is_some() => Turn::Given(given?),
            signal = signals.next() => Turn::Signal(signal),
            () = clock::until(session.patience()) => Turn::Late,
            () = clock::until(client.deadline()) => Turn::Late,
            () = clock::until(session.look_at()) => Turn::Look,
            _ = ticks.tick(), if has_ticks => Turn::Tick,
        };
        session.attend(turn, &mut signals).await?;
    }
}

/// What happens next to whoever follows.
enum Turn {
    Followed(Followed),
    Inside(Happened),
    Given(Given),
    Signal(Signal),
    /// The time is over.
    Late,
    /// Something has waited for long enough to ask why.
    Look,
    Tick,
}

impl Session<'_> {
    /// Takes what happens. Whoever waits for the server meanwhile hears a signal all the same.
    async fn attend(&mut self, mut turn: Turn, signals: &mut Signals) -> Result<(), Failure> {
        loop {
            tokio::select! {
                biased;
                taken = self.turn(turn) => return taken,
                signal = signals.next() => turn = Turn::Signal(signal),
            }
        }
    }

    async fn turn(&mut self, turn: Turn) -> Result<(), Failure> {
        match turn {
            Turn::Followed(followed) => self.take(followed).await.map(drop)?,
            Turn::Inside(happened) => self.take_inside(happened).await?,
            Turn::Given(given) => self.press(given).await?,
            Turn::Signal(Signal::Interrupt) => self.interrupt().await?,
            Turn::Signal(Signal::End) => return Err(interrupted()),
            Turn::Late => return Err(self.waited_too_long().await),
            Turn::Look => self.explain_waits().await,
            Turn::Tick => self.tick(),
        }
        Ok(())
    }
}
