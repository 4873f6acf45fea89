//! What comes of a try: the notification's row, and the step that waits for it.

use pulse_api::status::{NotificationEvent, StepStatus};

use crate::{
    app::App,
    courier::Undelivered,
    domain::{
        Verb,
        engine::{self, EngineError, Fleet, Run},
        entries,
    },
    model::{changes::Changes, notification::pause_ms},
    store::{self, StoreError, Tx, notifications::Claimed},
};

/// How long it takes until the second try, in milliseconds.
const FIRST_PAUSE_MS: u64 = 2_000;

/// What came of a try.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    Delivered,
    Undelivered(Undelivered),
    /// There is no such channel.
    NoChannel,
    /// Its time is over.
    Late,
}

/// Writes down what came of a try, if it is the newest one.
#[derive(Debug)]
pub(super) struct Settle<'a> {
    pub(super) claimed: &'a Claimed,
    pub(super) outcome: Outcome,
}

/// What is done about it.
enum Verdict {
    Delivered,
    Later(u64, String),
    /// A word for the step, and a sentence.
    Over(&'static str, String),
}

impl Verb for Settle<'_> {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let tried = (self.claimed.notice.id, self.claimed.attempt);
        let verdict = self.verdict();
        // The execution's row comes first: whoever ends it drops the notification under its lock.
        if let (Some((execution, step)), Verdict::Delivered | Verdict::Over(..)) =
            (self.claimed.step(), &verdict)
            && let Some((mut run, _)) = engine::lock(app, tx, execution).await?
            && store::notifications::lock_tried(tx, tried).await?
        {
            let mut changes = Changes::default();
            end(&mut run, (step, &verdict), &mut changes)?;
            engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
            engine::finish(app, tx, (vec![run], changes));
        }
        match verdict {
            Verdict::Delivered => store::notifications::delivered(tx, tried).await?,
            Verdict::Later(pause_ms, why) => {
                store::notifications::try_later(tx, tried, (pause_ms, &why)).await?;
            }
            Verdict::Over(_, why) => store::notifications::fail(tx, tried, &why).await?,
        }
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

impl Settle<'_> {
    fn verdict(&self) -> Verdict {
        let notice = &self.claimed.notice;
        match &self.outcome {
            Outcome::Delivered => Verdict::Delivered,
            Outcome::NoChannel => {
                let why = format!("there is no channel {}", notice.channel);
                Verdict::Over("no_channel", why)
            }
            Outcome::Late => {
                let last = self.claimed.last_error.clone();
                let why = last.unwrap_or_else(|| "nobody could try it in time".to_owned());
                Verdict::Over("not_delivered", why)
            }
            Outcome::Undelivered(Undelivered::Barred(reason, why)) => {
                Verdict::Over(reason, why.clone())
            }
            Outcome::Undelivered(Undelivered::Refused(why)) => match notice.event {
                NotificationEvent::Step | NotificationEvent::Test => {
                    Verdict::Over("not_delivered", why.clone())
                }
                // Nobody waits: whoever mends the channel within a day still gets it.
                NotificationEvent::Completed
                | NotificationEvent::Failed
                | NotificationEvent::Cancelled
                | NotificationEvent::TimedOut
                | NotificationEvent::MonitorDown
                | NotificationEvent::MonitorUp
                | NotificationEvent::Prompt => Verdict::Later(self.pause(), why.clone()),
            },
            Outcome::Undelivered(Undelivered::Later { why, .. })
                if notice.event == NotificationEvent::Test =>
            {
                Verdict::Over("not_delivered", why.clone())
            }
            Outcome::Undelivered(Undelivered::Later { why, after_ms }) => {
                let pause = self.pause().max(after_ms.unwrap_or(0));
                Verdict::Later(pause, why.clone())
            }
        }
    }

    fn pause(&self) -> u64 {
        let attempts = u32::try_from(self.claimed.attempt).unwrap_or(u32::MAX);
        pause_ms(FIRST_PAUSE_MS, attempts)
    }
}

/// Ends the step whose message it is.
fn end(
    run: &mut Run,
    (path, verdict): (&str, &Verdict),
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let order = run.next_order();
    let step = run.step(path)?;
    if step.status() != StepStatus::Running {
        return Ok(());
    }
    match verdict {
        Verdict::Over(reason, why) => step.fail(reason, Some(why.clone()))?,
        Verdict::Delivered | Verdict::Later(..) => step.succeed()?,
    }
    step.ended_order = Some(order);
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    Ok(())
}
