//! What a run would do, without running it.
//!
//! A picture for people; nothing decides anything by it.

use serde::Serialize;

use crate::Map;
use crate::model::{Action, Payload, Rollout, Step, StepKind, StepPath, Wait, Workflow};
use crate::targets::{Host, Needs, Targets, step_targets};

/// A run that has not happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preview {
    pub workflow: Option<String>,
    pub inputs: Map,
    pub steps: Vec<StepPreview>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepPreview {
    pub path: StepPath,
    pub name: String,
    pub kind: StepKind,
    pub needs: Vec<StepPath>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The command, the message or the duration, as written.
    pub does: String,
    /// The targets as written; none when they must be given at run time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<String>,
    /// The names of the hosts chosen now.
    pub hosts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<String>,
    /// Whether the targets of the run leave none of its own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
    /// The hosts batch by batch, of a step with a `rollout`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub batches: Vec<Vec<String>>,
    /// Whether the first batch is a canary.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub canary: bool,
}

/// Shows what a run on this fleet would do; the inputs are taken as already resolved.
pub fn preview(workflow: &Workflow, inputs: &Map, hosts: &[Host]) -> Preview {
    preview_on(workflow, inputs, hosts, None)
}

/// The same with targets that are given for the run.
pub fn preview_on(
    workflow: &Workflow,
    inputs: &Map,
    hosts: &[Host],
    given: Option<&Targets>,
) -> Preview {
    Preview {
        workflow: workflow.name.clone(),
        inputs: inputs.clone(),
        steps: workflow
            .all_steps()
            .map(|step| step_preview(workflow, step, (hosts, given)))
            .collect(),
    }
}

fn step_preview(
    workflow: &Workflow,
    step: &Step,
    (hosts, given): (&[Host], Option<&Targets>),
) -> StepPreview {
    let original = workflow.brought_back_by(&step.path);
    let targets = step_targets(workflow, &original.unwrap_or(step).path, given);
    let needs = match &step.action {
        Action::Execute(execute) => execute.needs(),
        Action::Prompt(_)
        | Action::Wait { .. }
        | Action::Group(_)
        | Action::Agent(_)
        | Action::Workflow(_)
        | Action::Notify(_) => Needs::default(),
    };
    let selection = targets
        .as_ref()
        .map(|targets| targets.select(hosts, needs))
        .unwrap_or_default();
    let chosen: Vec<&Host> = selection.chosen.iter().map(|at| &hosts[*at]).collect();
    let total = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
    let has_canary = |rollout: &Rollout| rollout.has_canary(&rollout.sizes(total));
    StepPreview {
        canary: step.rollout().is_some_and(has_canary),
        path: step.path.clone(),
        name: step.name.clone(),
        kind: step.action.kind(),
        needs: step.needs.clone(),
        condition: step
            .condition
            .as_ref()
            .map(|condition| condition.source().to_owned()),
        does: does(&step.action),
        targets: targets.as_ref().map(Targets::text),
        hosts: chosen.iter().map(|host| host.name.clone()).collect(),
        unmatched: selection.unmatched,
        left_out: selection.left_out,
        batches: step
            .rollout()
            .map(|rollout| batches(rollout, chosen))
            .unwrap_or_default(),
    }
}

/// The names of the hosts that each batch has.
fn batches(rollout: &Rollout, mut hosts: Vec<&Host>) -> Vec<Vec<String>> {
    rollout.arrange(&mut hosts);
    let mut names = hosts.into_iter().map(|host| host.name.clone());
    let total = u32::try_from(names.len()).unwrap_or(u32::MAX);
    rollout
        .sizes(total)
        .into_iter()
        .map(|size| names.by_ref().take(size as usize).collect())
        .collect()
}

fn does(action: &Action) -> String {
    match action {
        Action::Execute(execute) => match &execute.payload {
            Payload::Command(body) | Payload::Script(body) => body.source().to_owned(),
            Payload::Block { name, with } => {
                let given = with
                    .iter()
                    .map(|(key, value)| format!(" {key}={}", value.source()));
                format!("{name}{}", given.collect::<String>())
            }
        },
        Action::Prompt(prompt) => {
            let several = |option: &String| match prompt.terms.needed(option) {
                1 => option.clone(),
                people => format!("{option}: {people} people"),
            };
            let options: Vec<String> = prompt.options.iter().map(several).collect();
            format!("{} [{}]", prompt.message.source(), options.join(", "))
        }
        Action::Wait(Wait::For { duration_ms }) => format!("{duration_ms} ms"),
        Action::Wait(Wait::Until {
            condition,
            every_ms,
        }) => format!("until {}, every {every_ms} ms", condition.source()),
        Action::Group(_) => "the steps in it".to_owned(),
        Action::Agent(agent) => agent.verb.as_str().to_owned(),
        Action::Workflow(call) => format!("runs {}", call.callee),
        Action::Notify(notify) => {
            format!("tells {}: {}", notify.channel, notify.message.source())
        }
    }
}
