//! What goes wrong with executions and their prompts.

use pulse_api::{
    ProblemCode,
    blocks::InputFault,
    problem::{FaultView, FirstAnswer},
};
use pulse_workflow::Denied;

use super::{Refusal, invalid_workflow};
use crate::{
    domain::{
        executions::{
            cancel::CancelError,
            carry::CarryError,
            retry::RetryError,
            start::StartError,
            undo::{UndoError, Undone},
        },
        places::PlaceError,
        prompts::{RespondError, delegate::DelegateError},
        workflows::PauseError,
    },
    model::{past::Tangled, workflow::Paused},
};

impl From<StartError> for Refusal {
    fn from(error: StartError) -> Self {
        match error {
            StartError::UnknownWorkflow(name) => {
                Self::not_found("workflow", name).hint("pulsectl workflow ls shows what there is")
            }
            StartError::UnknownVersion {
                workflow,
                version,
                there,
            } => Self::new(
                ProblemCode::NotFound,
                format!("workflow {workflow} has no version {version}; there {there}"),
            )
            .hint(format!("pulsectl workflow history {workflow} shows them")),
            StartError::Forbidden => not_granted(),
            StartError::Callee {
                step,
                callee,
                error,
            } => Self::from(*error).prefixed(&format!("step \"{step}\" runs {callee}: ")),
            StartError::CommandsForbidden => Self::new(
                ProblemCode::Forbidden,
                "commands that no workflow holds are run by admins",
            )
            .hint("an admin stores them with `pulsectl workflow apply`; then you run the workflow by its name"),
            StartError::UnnamedPermissions => {
                Self::new(ProblemCode::InvalidWorkflow, error.to_string())
                    .hint("pulsectl workflow apply, then run it by its name")
            }
            StartError::Invalid(faults) => invalid_workflow(faults),
            StartError::Inputs(faults) => invalid_inputs("inputs", faults),
            StartError::Targets => Self::new(
                ProblemCode::InvalidBody,
                "targets is neither a list of names and groups nor a selector",
            ),
            StartError::Nowhere => Self::new(ProblemCode::NoTargets, error.to_string())
                .hint("targets of a run narrow those of its steps; a dry run shows which workers those are"),
            StartError::NoTargets { step, detail } => {
                Self::new(ProblemCode::NoTargets, format!("step \"{step}\": {detail}"))
                    .hint("pulsectl worker ls shows what there is")
            }
            StartError::TooManyTargets { step, detail } => Self::new(
                ProblemCode::TooManyTargets,
                format!("step \"{step}\": {detail}"),
            )
            .hint("choose fewer with a selector, or start several executions"),
            StartError::BlockInputs { step, faults } => block_inputs(&step, &faults),
            StartError::Paused { workflow, paused } => paused_since(&workflow, &paused),
            StartError::Denied { workflow, denied } => window(workflow.as_deref(), &denied),
            StartError::Place(error) => error.into(),
            StartError::Secret(fault) => fault.into(),
            StartError::Reused(reused) => reused.into(),
            StartError::Engine(error) => error.into(),
        }
    }
}

/// Somebody lets nothing of the workflow start.
fn paused_since(workflow: &str, paused: &Paused) -> Refusal {
    let Paused { by, at, reason } = paused;
    let why = reason.as_ref().map(|reason| format!(": {reason}"));
    let at = at.strftime("%F %R UTC");
    Refusal::new(
        ProblemCode::WorkflowPaused,
        format!(
            "{by} has paused {workflow}, at {at}{}",
            why.unwrap_or_default()
        ),
    )
    .hint(format!("pulsectl workflow resume {workflow}"))
}

/// A window of the document lets nothing start.
fn window(workflow: Option<&str>, denied: &Denied) -> Refusal {
    let detail = match workflow {
        Some(name) => format!("nothing of {name} starts {denied}"),
        None => format!("nothing of this document starts {denied}"),
    };
    Refusal::new(ProblemCode::WindowDenied, detail)
        .hint("start it then; or all the same, the same way with `--override-window --reason WHY`")
}

impl From<PlaceError> for Refusal {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::Unnamed(why) => Self::new(
                ProblemCode::InvalidInput,
                format!("concurrency.group: {why}"),
            ),
            PlaceError::Full(full) => {
                let first = full.standing.holders.first();
                let hint = first.map_or_else(
                    || "wait a little and start it again".to_owned(),
                    |number| format!("wait for it with `pulsectl execution wait {number}`, then start this one again"),
                );
                Self::new(ProblemCode::GroupFull, full.to_string()).hint(hint)
            }
            PlaceError::Store(error) => error.into(),
        }
    }
}

/// Values that the document's inputs, or the fields of a prompt, do not take.
pub(super) fn invalid_inputs(at: &str, faults: Vec<pulse_workflow::inputs::InputFault>) -> Refusal {
    let faults: Vec<FaultView> = faults
        .into_iter()
        .map(|fault| FaultView {
            path: format!("{at}.{}", fault.name),
            line: None,
            column: None,
            message: fault.message,
            hint: fault.hint,
            source_line: None,
        })
        .collect();
    let said: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    Refusal::new(ProblemCode::InvalidInput, said.join("; ")).errors(faults)
}

/// Values that a function block would not take.
fn block_inputs(step: &str, faults: &[InputFault]) -> Refusal {
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let detail = format!("step \"{step}\": {}", said.join("; "));
    let faults = faults.iter().map(|fault| FaultView {
        path: format!("with.{}", fault.input),
        line: None,
        column: None,
        message: fault.message.clone(),
        hint: None,
        source_line: None,
    });
    Refusal::new(ProblemCode::InvalidInput, detail).errors(faults.collect())
}

/// A workflow that somebody sees, and may not run.
pub(super) fn not_granted() -> Refusal {
    Refusal::new(
        ProblemCode::Forbidden,
        "this workflow is run by others: its permissions do not name your groups",
    )
    .hint("pulsectl whoami shows your groups, pulsectl workflow get the permissions")
}

impl From<CancelError> for Refusal {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::Unknown => Self::new(ProblemCode::NotFound, "there is no such execution"),
            CancelError::Forbidden => not_granted(),
            CancelError::Grace => Self::new(ProblemCode::InvalidBody, error.to_string()),
            CancelError::Finished(status) => Self::new(
                ProblemCode::AlreadyFinished,
                format!("the execution has ended: {status}"),
            ),
            CancelError::Engine(error) => error.into(),
        }
    }
}

impl From<PauseError> for Refusal {
    fn from(error: PauseError) -> Self {
        match error {
            PauseError::Unknown => Self::new(ProblemCode::NotFound, "there is no such workflow")
                .hint("pulsectl workflow ls shows what there is"),
            PauseError::Forbidden => not_granted(),
            PauseError::Store(error) => error.into(),
        }
    }
}

impl From<RetryError> for Refusal {
    fn from(error: RetryError) -> Self {
        match error {
            RetryError::Unknown => Self::new(ProblemCode::NotFound, "there is no such execution"),
            RetryError::StillRunning => {
                Self::new(ProblemCode::StillRunning, "the execution has not ended yet")
                    .hint("cancel it first, or wait for its end")
            }
            RetryError::NothingFailed => Self::new(
                ProblemCode::Conflict,
                "every job of the execution succeeded",
            ),
            RetryError::FailedInside { ref step, child } => Self::new(ProblemCode::Conflict, error.to_string())
                .hint(format!("retry #{child} with --failed, or this one with --from {step}")),
            RetryError::TwoBeginnings => Self::new(
                ProblemCode::InvalidBody,
                "unstarted goes on where the execution stopped, and from_step says where to begin: give one of them",
            ),
            RetryError::Retried(number) => Self::new(
                ProblemCode::Conflict,
                format!("#{number} has run it again already, and what never began with it"),
            )
            .hint(format!(
                "what is left of that one: pulsectl execution retry {number} --unstarted"
            )),
            RetryError::Undoes(number) => Self::new(
                ProblemCode::Conflict,
                format!("the execution brings #{number} back; run again, it would roll it out"),
            )
            .hint(format!(
                "undo it once more: pulsectl fleet rollout undo {number}"
            )),
            RetryError::Carry(CarryError::Store(error)) => error.into(),
            RetryError::Carry(error @ CarryError::UnknownStep(_)) => {
                Self::new(ProblemCode::InvalidBody, error.to_string())
                    .hint("GET /executions/{id} lists its steps; those in groups, in on_failure and in finally are no place to begin")
            }
            RetryError::Carry(
                error @ CarryError::Tangled(Tangled::NothingUnstarted | Tangled::EndedBadly(_)),
            ) => Self::new(ProblemCode::Conflict, error.to_string())
                .hint("with `failed` as well, what did not succeed runs again: --unstarted --failed-workers"),
            RetryError::Carry(error @ CarryError::Tangled(Tangled::NothingLeft)) => {
                Self::new(ProblemCode::Conflict, error.to_string())
            }
            RetryError::Carry(error @ CarryError::Approved(_)) => {
                Self::new(ProblemCode::Conflict, error.to_string())
                    .hint("begin at that step, which asks anew: --from STEP, or retry the whole execution")
            }
            RetryError::Carry(error @ CarryError::MayBeBroughtBack { by, .. }) => {
                Self::new(ProblemCode::Conflict, error.to_string()).hint(format!(
                    "wait for it with `pulsectl execution wait {by}`, then try again"
                ))
            }
            RetryError::Carry(error) => Self::new(ProblemCode::Conflict, error.to_string())
                .hint("begin there, or retry the whole execution"),
            RetryError::Start(error) => error.into(),
        }
    }
}

impl From<UndoError> for Refusal {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::Unknown => Self::new(ProblemCode::NotFound, "there is no such execution"),
            UndoError::StillRunning => {
                Self::new(ProblemCode::StillRunning, "the execution has not ended yet")
                    .hint("cancel it first, or wait for its end")
            }
            UndoError::NothingToUndo => Self::new(
                ProblemCode::Conflict,
                "the execution has rolled nothing out that could be brought back",
            )
            .hint("only steps with a `rollout` can be undone, and an undo itself cannot"),
            UndoError::Undone(Undone::Wholly) => Self::new(
                ProblemCode::Conflict,
                "what the execution rolled out was brought back already",
            ),
            UndoError::Undone(Undone::By(number)) => Self::new(
                ProblemCode::Conflict,
                format!("#{number} is bringing it back already"),
            )
            .hint(format!("follow it: pulsectl execution watch {number}")),
            error @ UndoError::BroughtBack(_) => Self::new(
                ProblemCode::Conflict,
                error.to_string(),
            )
            .hint(
                "its steps called “Roll back …” say where that went well: pulsectl execution show",
            ),
            UndoError::Start(error) => error.into(),
        }
    }
}

impl From<DelegateError> for Refusal {
    fn from(error: DelegateError) -> Self {
        match error {
            DelegateError::Unknown => Self::new(ProblemCode::NotFound, "there is no such prompt"),
            DelegateError::NoAnswerer(_) => Self::new(ProblemCode::InvalidBody, error.to_string())
                .hint("name somebody with a token or an account whose role is approver, operator or admin"),
            DelegateError::Starter(_) => Self::new(ProblemCode::InvalidBody, error.to_string())
                .hint("name another person"),
            DelegateError::Closed(..) => Self::new(ProblemCode::PromptClosed, error.to_string()),
            DelegateError::Store(error) => error.into(),
        }
    }
}

impl From<RespondError> for Refusal {
    fn from(error: RespondError) -> Self {
        match error {
            RespondError::Unknown => Self::new(ProblemCode::NotFound, "there is no such prompt"),
            RespondError::NothingOpen => Self::new(
                ProblemCode::PromptClosed,
                "the execution waits for no answer",
            ),
            RespondError::Ambiguous(numbers) => {
                let list = numbers
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", ");
                Self::new(ProblemCode::Conflict, format!("prompts {list} are open"))
                    .hint("name one of them in `prompt`")
            }
            RespondError::AlreadyAnswered(number, first) => {
                let FirstAnswer {
                    answered_by,
                    response,
                    ..
                } = &first;
                Self::new(
                    ProblemCode::AlreadyAnswered,
                    format!("{answered_by} answered prompt {number} first: {response}"),
                )
                .first(first)
            }
            RespondError::AnsweredBefore(number, first) => Self::new(
                ProblemCode::AlreadyAnswered,
                format!("you have answered prompt {number} already: {}", first.response),
            )
            .hint("it waits for another person: `pulsectl prompt delegate` asks one")
            .first(first),
            RespondError::Starter(number) => Self::new(
                ProblemCode::Forbidden,
                format!("prompt {number} must be answered by somebody else than who started the execution"),
            )
            .hint("`pulsectl prompt delegate` asks another person"),
            RespondError::Closed(number, status) => Self::new(
                ProblemCode::PromptClosed,
                format!("prompt {number} is {status}"),
            ),
            RespondError::NotAnOption(options) => Self::new(
                ProblemCode::NotAnOption,
                format!("the answer must be one of {}", options.join(", ")),
            ),
            RespondError::Fields(faults) => invalid_inputs("fields", faults),
            RespondError::Engine(error) => error.into(),
        }
    }
}
