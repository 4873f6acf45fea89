//! Steps that run other workflows: beginning their executions, taking their ends, ending them with
//! the execution that wanted them.
//!
//! No transaction locks two executions that have rows: what a step wants, and what it has become, is
//! a row of its own, and whoever is concerned looks at it.

mod trials;
mod unfit;

use pulse_api::{
    ExecutionId,
    status::{CallStatus, ExecutionStatus},
};
use pulse_workflow::DEEPEST_CALLS;
use serde_json::json;

use self::unfit::Unfit;
use super::{
    Verb,
    engine::{self, EngineError, Fleet, Run},
    entries,
    executions::{
        cancel::{Wish, stop},
        start::{Beginning, Start, What},
    },
    places::Groups,
    secret_inputs::Inputs,
    windows::Windows,
};
use crate::{
    app::App,
    causes::error_chain,
    model::{
        call::Call,
        changes::Changes,
        execution::{Parent, Pause, Stop},
        grant::Reach,
        wake::Wake,
    },
    store::{self, StoreError, Tx, calls::Unwanted, workflows::Name},
};

/// How many executions one transaction begins at most.
const AT_ONCE: usize = 20;

/// A step whose workflow this server cannot begin, and why; it stays wanted.
#[derive(Debug)]
pub(crate) struct Left {
    pub(crate) step: String,
    pub(crate) why: String,
}

/// Begins the executions that steps of one execution want, and takes the ends of those that have
/// ended. Without input: what there is to do is read again under the lock.
#[derive(Debug)]
pub(crate) struct Attend(pub(crate) ExecutionId);

impl Verb for Attend {
    /// Whether all is done that there was to do; what this server cannot begin, another may.
    type Output = Vec<Left>;
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Vec<Left>, EngineError> {
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(Vec::new());
        };
        let mut changes = Changes::default();
        settle(tx, &mut run, &mut changes).await?;
        if run
            .rollouts
            .iter()
            .any(|rollout| rollout.look_ms().is_some())
        {
            tx.wake(Wake::Due);
        }
        let is_paused = run.execution.pause == Pause::Paused && run.execution.stop.is_none();
        let (children, left) = if is_paused {
            (Vec::new(), Vec::new())
        } else {
            begin(app, tx, &mut run, &mut changes).await?
        };
        engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
        let runs = std::iter::once(run).chain(children).collect();
        engine::finish(app, tx, (runs, changes));
        Ok(left)
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// Ends the steps whose executions have ended.
async fn settle(tx: &mut Tx, run: &mut Run, changes: &mut Changes) -> Result<(), EngineError> {
    let running: Vec<(String, i64)> = run
        .calls
        .iter()
        .filter(|call| call.status() == CallStatus::Running)
        .filter_map(|call| Some((call.step.clone(), call.child?)))
        .collect();
    if running.is_empty() {
        return Ok(());
    }
    let numbers = running.iter().map(|(_, child)| *child).collect();
    let mut standings = store::calls::standings(tx, numbers).await?;
    for (path, child) in running {
        let (status, outputs) = standings
            .remove(&child)
            .map(|standing| (standing.status, standing.outputs))
            .unzip();
        let ending = match status {
            Some(status) if !status.is_terminal() => continue,
            Some(ExecutionStatus::Completed) => None,
            Some(ExecutionStatus::Cancelled) => Some("child_cancelled"),
            Some(ExecutionStatus::TimedOut) => Some("child_timed_out"),
            Some(_) => Some("child_failed"),
            None => Some("child_gone"),
        };
        run.call(&path)?.outputs = outputs.flatten();
        let ending = ending.map(|reason| (reason, described(reason, child)));
        end(run, &path, ending, changes)?;
    }
    Ok(())
}

fn described(reason: &str, child: i64) -> String {
    match reason {
        "child_cancelled" => format!("#{child} was cancelled"),
        "child_timed_out" => format!("#{child} ran out of time"),
        "child_gone" => format!("#{child} is not there any more"),
        _ => format!("#{child} failed"),
    }
}

/// Ends a call, and its step: well, or for this reason.
fn end(
    run: &mut Run,
    path: &str,
    ending: Option<(&str, String)>,
    changes: &mut Changes,
) -> Result<(), EngineError> {
    if run.workflow.tried_by(&path.into()).is_some() {
        return trials::end(run, path, ending, changes);
    }
    let order = run.next_order();
    let is_stopping = run.execution.stop.is_some();
    let call = run.call(path)?;
    call.end()?;
    let (child, was_stopped) = (call.child, call.stop.is_some());
    let step = run.step(path)?;
    match ending {
        None => step.succeed()?,
        Some(_) if is_stopping && was_stopped => step.cancel("execution_stopped")?,
        Some((reason, detail)) => step.fail(reason, Some(detail))?,
    }
    step.ended_order = Some(order);
    let entry = entries::call(step, child);
    changes.note(&mut run.execution, entry);
    Ok(())
}

/// Begins what is wanted; a step whose execution cannot begin fails.
async fn begin(
    app: &App,
    tx: &mut Tx,
    run: &mut Run,
    changes: &mut Changes,
) -> Result<(Vec<Run>, Vec<Left>), EngineError> {
    let is_wanted = |call: &&Call| call.status() == CallStatus::Wanted;
    let wanted: Vec<Call> = run.calls.iter().filter(is_wanted).cloned().collect();
    let (mut children, mut left) = (Vec::new(), Vec::new());
    let mut fleet = Fleet::default();
    let mut moved = 0;
    for call in &wanted {
        if moved == AT_ONCE {
            tx.wake(Wake::Calls);
            break;
        }
        moved += 1;
        let mut own = Changes::default();
        match child(app, tx, (run, call), (&mut fleet, &mut own)).await {
            Ok(child) => {
                changes.absorb(own);
                let number = child.execution.number;
                run.call(&call.step)?.begin(number)?;
                note_begun(run, (&call.step, number), changes)?;
                let has_group = child.workflow.concurrency.is_some();
                children.push(child);
                // Two that lock several groups could wait for each other.
                if has_group {
                    tx.wake(Wake::Calls);
                    break;
                }
            }
            Err(Unfit::Engine(error)) if !matches!(error, EngineError::Document) => {
                return Err(error);
            }
            Err(Unfit::Start(error)) if error.is_of_this_server() => {
                left.push(Left {
                    step: call.step.clone(),
                    why: error_chain(&error),
                });
                // It keeps no place from those behind it.
                moved -= 1;
            }
            Err(unfit) => {
                let (reason, detail) = unfit.told(call);
                if reason == "forbidden" {
                    refused(tx, run, (call, &detail));
                }
                end(run, &call.step, Some((reason, detail)), changes)?;
                // What was refused for want of a place has its group locked until the commit.
                if reason == "group_full" {
                    tx.wake(Wake::Calls);
                    break;
                }
            }
        }
    }
    Ok((children, left))
}

/// Says that a call has become the execution with this number.
fn note_begun(
    run: &mut Run,
    (call, number): (&str, i64),
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let batch = trials::batch(run, call);
    let step = run.step_of_call(call);
    let step = run.step(&step)?;
    let entry = match batch {
        Some(batch) => entries::trial(step, Some(number), (None, format!("{batch}, by #{number}"))),
        None => entries::call(step, Some(number)),
    };
    changes.note(&mut run.execution, entry);
    Ok(())
}

/// Writes down that somebody's execution was not let run another workflow.
fn refused(tx: &mut Tx, run: &Run, (call, why): (&Call, &str)) {
    let execution = &run.execution;
    let subject = execution.id.to_string();
    let detail = json!({"step": call.step, "workflow": call.spec.callee.name, "reason": why});
    let actor = (
        execution.started_by.as_str(),
        "execution.call_refused",
        subject.as_str(),
    );
    store::audit::insert(tx, actor, detail);
}

/// Makes the execution that a step wants, as whoever started the one with the step.
async fn child(
    app: &App,
    tx: &mut Tx,
    (run, call): (&Run, &Call),
    (fleet, changes): (&mut Fleet, &mut Changes),
) -> Result<Run, Unfit> {
    let callee = &call.spec.callee;
    check_chain(tx, run, callee).await?;
    let parent = &run.execution;
    let reach = store::calls::reach(tx, parent.id).await?;
    let start = Start {
        id: ExecutionId::new(),
        what: What::Workflow(Name::Name(callee.name.clone()), callee.version),
        inputs: Inputs::open(call.spec.inputs.clone()),
        targets: None,
        reason: Some(format!("step {} of #{}", call.step, parent.number)),
        by: parent.started_by.clone(),
        reach: reach.unwrap_or_else(Reach::nobodys),
        windows: Windows::Obeyed,
    };
    let mut beginning: Beginning = start.resolve(app, tx, changes).await?;
    beginning.targets = match trials::targets(tx, run, call).await? {
        None => parent.targets.clone(),
        batch => batch,
    };
    beginning.parent = Some(Parent {
        number: parent.number,
        step: call.step.clone(),
    });
    let origin = &mut beginning.origin;
    origin.timeout_ms = [origin.timeout_ms, call.spec.timeout_ms]
        .into_iter()
        .flatten()
        .min();
    let reserved = store::executions::reserve(tx, 1, &[]).await?;
    let number = reserved.numbers.first().copied().ok_or(StoreError::Stale)?;
    let deed = beginning.deed();
    let mut groups = Groups::default();
    let started = (fleet, &mut groups, changes);
    let child = beginning.begin(tx, number, started).await?;
    // The time of the step goes by while its execution waits for a place.
    if let Some(ms) = call.spec.timeout_ms.filter(|_| child.execution.is_held()) {
        store::places::wait_at_most(tx, child.execution.id, ms);
        tx.wake(Wake::Due);
    }
    store::audit::insert_all(tx, vec![deed]);
    Ok(child)
}

/// Documents change between the day on which they are stored and a run: what was looked at then is
/// looked at again.
async fn check_chain(tx: &mut Tx, run: &Run, callee: &pulse_workflow::Callee) -> Result<(), Unfit> {
    let ancestors = store::calls::ancestors(tx, run.execution.number).await?;
    let chain = || {
        let names = ancestors.iter().rev();
        let names = names.map(|(_, name)| name.as_deref().unwrap_or("unnamed run"));
        let chain: Vec<&str> = names.chain([callee.name.as_str()]).collect();
        chain.join(" -> ")
    };
    if ancestors
        .iter()
        .any(|(_, name)| name.as_ref() == Some(&callee.name))
    {
        return Err(Unfit::Cycle(chain()));
    }
    if ancestors.len() >= DEEPEST_CALLS {
        return Err(Unfit::Deep(chain()));
    }
    Ok(())
}

/// Ends an execution because the one whose step runs it is being ended. Without input: whether it is
/// to end is read again under its lock, since another replica may have ended it by then.
#[derive(Debug)]
pub(crate) struct EndUnwanted(pub(crate) ExecutionId);

impl Verb for EndUnwanted {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        let Some(unwanted) = store::calls::tell_unwanted(tx, self.0).await? else {
            return Ok(());
        };
        let Unwanted {
            parent,
            by,
            grace_ms,
            times,
            is_ending,
        } = unwanted;
        let mut changes = Changes::default();
        let reason = if is_ending {
            format!("#{parent}, whose step it is, is being ended")
        } else {
            format!("#{parent}, whose step it is, has stopped without it")
        };
        let wish = Wish {
            stop: Stop::Cancelled,
            by: &by,
            grace_ms: Some(grace_ms),
            times,
            reason: Some(&reason),
        };
        stop(tx, &mut run, wish, &mut changes).await?;
        engine::finish(app, tx, (vec![run], changes));
        let subject = self.0.to_string();
        let detail = json!({"reason": reason, "parent": parent});
        store::audit::insert(tx, (&by, "execution.cancel", &subject), detail);
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// The executions in which something is to be begun or taken, but for these steps and, where none is
/// named, executions; and those that are to be ended.
pub(crate) async fn open(
    app: &App,
    but: Vec<(ExecutionId, Option<String>)>,
) -> Result<(Vec<ExecutionId>, Vec<ExecutionId>), StoreError> {
    let mut tx = app.store().read().await?;
    let waiting = store::calls::waiting(&mut tx, but).await?;
    Ok((waiting, store::calls::unwanted(&mut tx).await?))
}
