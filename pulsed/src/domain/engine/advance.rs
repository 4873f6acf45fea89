//! Drawing the consequences: the planner's moves, applied until there are none left.

use pulse_api::{
    PromptId,
    http::prompts::FieldView,
    status::{CallStatus, PromptStatus, StepKind, StepStatus, Stream},
};
use pulse_workflow::{
    Action, InputKind, InputSpec, Move, PromptSpec, StepPath, Verdict,
    planner::JobStatus as PlannedJob,
};

use super::{EngineError, Fleet, Run, place, roll, snapshot};
use crate::{
    domain::entries,
    model::{
        call::Call,
        changes::{Changes, NewNotice, Placement},
        execution::Verb,
        job::{Core, Ending, To},
        prompt::{NewPrompt, Prompt},
        step::Step,
        wake::Wake,
    },
    store::{self, Tx},
};

/// Moves an execution on as far as it goes without anything from outside.
///
/// Jobs that ended in this very transaction are seen as their steps count them; what they
/// wrote to `$PULSE_OUTPUT` is overlaid from the changes.
pub(in crate::domain) async fn advance(
    tx: &mut Tx,
    run: &mut Run,
    fleet: &mut Fleet,
    changes: &mut Changes,
) -> Result<(), EngineError> {
    if run.execution.status().is_terminal() || run.execution.is_held() {
        return Ok(());
    }
    loop {
        let mut view = snapshot::take(tx, run).await?;
        overlay(&mut view, run, changes);
        let plan = pulse_workflow::advance(&run.workflow, &view);
        let mut must_look_again = false;
        for step in plan.moves {
            // Steps that ended in this very pass are seen as they ended.
            if let Move::Run { .. } | Move::RunOn { .. } = step {
                snapshot::refresh(&mut view, run);
            }
            must_look_again |= carry_out(tx, run, (step, &view, fleet), changes).await?;
        }
        if !must_look_again {
            if let Some(verdict) = plan.verdict {
                if run.execution.parent.is_some() && verdict == Verdict::Completed {
                    snapshot::refresh(&mut view, run);
                    let outputs = pulse_workflow::outputs(&run.workflow, &view);
                    store::calls::give(tx, run.execution.number, &outputs);
                }
                conclude(run, verdict, changes)?;
            } else {
                show_progress(run, changes)?;
            }
            return Ok(());
        }
    }
}

/// Carries out a move; gives whether the planner has to look at what came of it.
async fn carry_out(
    tx: &mut Tx,
    run: &mut Run,
    (planned, view, fleet): (Move, &pulse_workflow::Snapshot, &mut Fleet),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    match planned {
        Move::Run { step } => {
            let start = place::Start { step, view, fleet };
            place::start(tx, run, start, changes).await
        }
        Move::Roll { step } => roll::begin(tx, run, (&step, fleet), changes).await,
        Move::RunOn { step, hosts } => {
            roll::start_on(tx, run, (&step, &hosts, view, fleet), changes).await
        }
        Move::NextBatch { step } => {
            roll::open(run, &step)?;
            Ok(true)
        }
        Move::Consult { step, hosts } => {
            run.rollout(step.as_str())?.consult(hosts);
            Ok(false)
        }
        Move::RollBack { step } => {
            run.rollout(step.as_str())?.want_rollback();
            tx.wake(Wake::Due);
            Ok(false)
        }
        Move::Rest { step, trial } => {
            tx.wake(Wake::Due);
            roll::rest(run, (&step, trial), changes)
        }
        Move::End {
            step,
            status,
            reason,
            detail,
        } => {
            roll::end(run, &step, (status, reason, detail), changes)?;
            Ok(false)
        }
        Move::Open { .. }
        | Move::Ask { .. }
        | Move::Call { .. }
        | Move::Tell { .. }
        | Move::Sleep { .. }
        | Move::Watch { .. }
        | Move::Skip { .. }
        | Move::Fail { .. }
        | Move::Cancel { .. } => {
            settle(tx, run, planned, changes).await?;
            Ok(false)
        }
    }
}

/// Applies a move that starts no jobs. The planner has seen to its consequences already.
async fn settle(
    tx: &mut Tx,
    run: &mut Run,
    planned: Move,
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let order = run.next_order();
    let path = planned.step().0.clone();
    let longest = longest(run, planned.step());
    let step = run.step(&path)?;
    match planned {
        Move::Open { .. } => step.run(0)?,
        Move::Ask { prompt, .. } => {
            step.run(0)?;
            return ask(tx, run, (&path, prompt), changes).await;
        }
        Move::Call { call, .. } => {
            step.run(0)?;
            run.calls.push(Call::wanted(run.execution.id, &path, call));
        }
        Move::Tell { notice, .. } => {
            step.run(0)?;
            tx.wake(Wake::Notifications);
            let place = (run.execution.id, path.as_str());
            changes.notices.push(NewNotice::of(place, notice, longest));
        }
        Move::Sleep { duration_ms, .. } => {
            step.run(0)?;
            step.sleep_ms = Some(duration_ms);
        }
        Move::Watch { every_ms, .. } => {
            step.run(0)?;
            step.sleep_ms = Some(every_ms.min(longest));
        }
        Move::Skip {
            reason, evidence, ..
        } => {
            step.skip(reason.as_str(), evidence)?;
            step.ended_order = Some(order);
        }
        Move::Fail { reason, detail, .. } => {
            step.fail(reason, Some(detail))?;
            step.ended_order = Some(order);
        }
        Move::Cancel { .. } => {
            step.cancel("execution_stopped")?;
            step.ended_order = Some(order);
        }
        Move::Run { .. }
        | Move::Roll { .. }
        | Move::RunOn { .. }
        | Move::Rest { .. }
        | Move::NextBatch { .. }
        | Move::Consult { .. }
        | Move::RollBack { .. }
        | Move::End { .. } => return Ok(()),
    }
    let entry = entries::step(run.step(&path)?);
    changes.note(&mut run.execution, entry);
    Ok(())
}

/// How long a step may take.
fn longest(run: &Run, path: &StepPath) -> u64 {
    let step = run.workflow.step(path);
    step.map_or(0, |step| run.workflow.timeout_of(step))
}

/// What the prompt of this step asks beside its options.
fn fields(run: &Run, path: &str) -> Vec<FieldView> {
    let specs = match run.workflow.step(&path.into()).map(|step| &step.action) {
        Some(Action::Prompt(prompt)) => prompt.fields.as_slice(),
        Some(
            Action::Execute(_)
            | Action::Wait { .. }
            | Action::Group(_)
            | Action::Agent(_)
            | Action::Workflow(_)
            | Action::Notify(_),
        )
        | None => &[],
    };
    let view = |spec: &InputSpec| FieldView {
        name: spec.name.clone(),
        kind: spec.kind.as_str().to_owned(),
        required: spec.required && spec.default.is_none(),
        description: spec.description.clone(),
        default: spec.default.clone(),
        values: match &spec.kind {
            InputKind::Enum(values) => values.clone(),
            InputKind::String | InputKind::Number | InputKind::Boolean | InputKind::List => {
                Vec::new()
            }
        },
        pattern: spec
            .pattern
            .as_ref()
            .map(|pattern| pattern.as_str().to_owned()),
    };
    specs.iter().map(view).collect()
}

/// Opens a prompt: its number is needed for the timeline, so its row is written at once.
async fn ask(
    tx: &mut Tx,
    run: &mut Run,
    (path, spec): (&str, PromptSpec),
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let new = NewPrompt {
        id: PromptId::new(),
        execution: run.execution.id,
        step: path.to_owned(),
        message: spec.message,
        options: spec.options,
        default: spec.default,
        terms: spec.terms,
        fields: fields(run, path),
        timeout_ms: spec.timeout_ms,
    };
    let (number, expires_at) = store::prompts::open(tx, (&new, &run.execution)).await?;
    let prompt = Prompt {
        id: new.id,
        number,
        step: new.step,
        message: new.message,
        options: new.options,
        default: new.default,
        terms: new.terms,
        answers: Vec::new(),
        status: PromptStatus::Open,
        response: None,
        answered_by: None,
        answered_at: None,
        expires_at,
    };
    let step = entries::step(run.step(path)?);
    changes.note(&mut run.execution, step);
    changes.note(
        &mut run.execution,
        entries::prompt(&prompt, PromptStatus::Open, expires_at),
    );
    if expires_at.is_some() {
        tx.wake(Wake::Due);
    }
    Ok(())
}

/// Ends an execution whose steps have all ended.
fn conclude(run: &mut Run, verdict: Verdict, changes: &mut Changes) -> Result<(), EngineError> {
    let verb = match verdict {
        Verdict::Completed => Verb::Complete,
        Verdict::Failed => Verb::Fail,
        Verdict::Cancelled => Verb::Cancel,
        Verdict::TimedOut => Verb::TimeOut,
    };
    let is_partial = run
        .steps
        .iter()
        .any(|step| (1..step.jobs.total).contains(&step.jobs.bad));
    run.execution.outcome = match back(run) {
        Some(Back::Whole) => Some("rolled_back".to_owned()),
        Some(Back::Part) => Some("partial".to_owned()),
        None => is_partial.then(|| "partial".to_owned()),
    };
    if run.execution.make(verb)? {
        let entry = entries::status(&run.execution);
        changes.note(&mut run.execution, entry);
    }
    Ok(())
}

/// How much of what an execution has done was brought back.
enum Back {
    Whole,
    Part,
}

/// Whether everything that was to be brought back was; nothing where no rollback has run.
fn back(run: &Run) -> Option<Back> {
    let is_back = |step: &&Step| {
        let path = StepPath(step.path.clone());
        run.workflow.brought_back_by(&path).is_some() && step.status() != StepStatus::Skipped
    };
    let steps: Vec<&Step> = run.steps.iter().filter(is_back).collect();
    if steps.iter().all(|step| step.jobs.total == 0) {
        return None;
    }
    let is_well = |step: &&Step| step.status() == StepStatus::Succeeded;
    Some(if steps.iter().all(is_well) {
        Back::Whole
    } else {
        Back::Part
    })
}

/// Shows whether workers are busy, or a person or a timer is waited for.
fn show_progress(run: &mut Run, changes: &mut Changes) -> Result<(), EngineError> {
    let running = |kind: StepKind| {
        run.steps
            .iter()
            .any(|step| step.kind == kind && step.status() == StepStatus::Running)
    };
    let has_jobs = run.steps.iter().any(|step| step.jobs.open > 0);
    let mut calls = run.calls.iter();
    let runs_others = calls.any(|call| call.status() != CallStatus::Ended);
    let verb = if has_jobs || runs_others || running(StepKind::Notify) {
        Verb::Run
    } else if [
        StepKind::Prompt,
        StepKind::Wait,
        StepKind::Group,
        StepKind::Execute,
    ]
    .into_iter()
    .any(running)
    {
        Verb::Wait
    } else {
        return Ok(());
    };
    if run.execution.make(verb)? {
        let entry = entries::status(&run.execution);
        changes.note(&mut run.execution, entry);
    }
    Ok(())
}

/// Shows the planner what this transaction has changed but not written yet.
fn overlay(view: &mut pulse_workflow::Snapshot, run: &Run, changes: &Changes) {
    let is_mine = |core: &Core| core.execution == run.execution.id;
    let mut show = |core: &Core, ending: Option<&Ending>| {
        let Some(step) = view.steps.get_mut(core.step.as_str()) else {
            return;
        };
        let host = step.hosts.entry(core.worker_name.clone()).or_default();
        host.exit_code = ending.and_then(|ending| ending.exit_code);
        host.outputs = ending.map(|e| e.outputs.clone()).unwrap_or_default();
        host.status = ending.map_or(PlannedJob::Pending, |ending| {
            snapshot::job_status(ending.status, ending.reason.as_deref())
        });
    };
    for change in changes.jobs.iter().filter(|change| is_mine(change.core())) {
        match change.to() {
            To::Ended(ending) => show(change.core(), Some(ending)),
            To::Pending | To::Refused | To::Running => {}
        }
    }
    // What begins now comes last: it may be the next attempt of what has just ended.
    for new in changes.new_jobs.iter().filter(|new| is_mine(&new.core)) {
        match &new.placement {
            Placement::Ended(ending) => show(&new.core, Some(ending)),
            Placement::Offered
            | Placement::Queued
            | Placement::QueuedFor(_)
            | Placement::Delayed(_) => show(&new.core, None),
        }
    }
    if run.workflow.reads_stdout() {
        overlay_stdout(view, run, changes);
    }
}

/// How much of a job's stdout expressions can read, in bytes.
const STDOUT_KEPT: usize = 64 * 1024;

fn overlay_stdout(view: &mut pulse_workflow::Snapshot, run: &Run, changes: &Changes) {
    for new in changes
        .pieces
        .iter()
        .filter(|new| new.execution == run.execution.id)
    {
        let step = view.steps.get_mut(new.step.as_str());
        let host = step.and_then(|step| step.hosts.get_mut(&new.worker_name));
        if let Some(host) = host.filter(|_| new.piece.stream == Stream::Stdout) {
            let stdout = host.stdout.get_or_insert_default();
            stdout.push_str(&String::from_utf8_lossy(&new.piece.bytes));
            let surplus = stdout.len().saturating_sub(STDOUT_KEPT);
            let from = (surplus..=stdout.len()).find(|at| stdout.is_char_boundary(*at));
            stdout.drain(..from.unwrap_or(0));
        }
    }
}
