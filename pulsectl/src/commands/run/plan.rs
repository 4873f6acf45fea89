//! `run --dry-run`: what would run where.

use pulse_api::http::{
    executions::StartExecution,
    workflows::{PlanView, PlanWorkflow, PlannedStepView, PlannedWindow},
};
use pulse_workflow::{Source, Targets, Workflow, inputs, load, preview_on};

use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::{execution::end_of_window, forms},
    error::{Exit, Failure, Kind},
    ui::{Cell, Column, Row, Tone, reasons},
};

impl Row for PlannedStepView {
    const KIND: &'static str = "step";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("STEP", |step, _| Cell::new(&step.name)),
            Column::new("TYPE", |step, _| {
                Cell::new(match &step.workflow {
                    Some(workflow) => format!("runs {workflow}"),
                    None => step.kind.to_string(),
                })
            }),
            Column::new("AFTER", |step, _| Cell::list(&step.needs)),
            Column::new("WORKERS", |step, _| match &step.problem {
                Some(problem) => Cell::toned(reasons::sentence(problem), Tone::Bad),
                None => Cell::list(&step.hosts),
            }),
            Column::new("BATCHES", |step, _| Cell::new(batches(step))),
            Column::new("CONDITION", |step, _| Cell::maybe(step.condition.as_ref())),
        ]
    }

    fn key(&self) -> String {
        self.id.clone()
    }
}

/// The steps, each followed by those of the workflow that it runs, further in.
fn flat(steps: &[PlannedStepView], indent: &str) -> Vec<PlannedStepView> {
    let mut all = Vec::new();
    for step in steps {
        all.push(PlannedStepView {
            name: format!("{indent}{}", step.name),
            ..step.clone()
        });
        all.extend(flat(&step.steps, &format!("{indent}  ")));
    }
    all
}

/// `1 canary: web-1; 2: web-2, web-3`.
fn batches(step: &PlannedStepView) -> String {
    let batches = step.batches.iter().zip(1..).map(|(names, number)| {
        let canary = if step.canary && number == 1 {
            " canary"
        } else {
            ""
        };
        format!("{number}{canary}: {}", names.join(", "))
    });
    batches.collect::<Vec<_>>().join("; ")
}

/// `a start now waits for the end of its window …: 12:00`.
fn denied(app: &App, window: &PlannedWindow) -> String {
    let end = end_of_window(app, &window.denied);
    match window.when_denied.as_str() {
        "reject" => format!("a start now is refused before {end}"),
        _ => format!("a start now waits for {end}"),
    }
}

/// Asks the server, which knows the workers.
pub(super) async fn online(
    app: &App,
    client: &Client,
    name: &str,
    wanted: &PlanWorkflow,
) -> Result<Exit, Failure> {
    let call = Call::post(&format!("/workflows/{}/plan", segment(name))).json(wanted)?;
    let plan: PlanView = client.json(call).await?;
    if app.ui.is_structured() {
        app.ui.structured(&plan)?;
    } else {
        app.ui.say(format!(
            "{} version {}; nothing was started",
            plan.workflow, plan.version
        ));
        if let Some(window) = &plan.window {
            app.ui.say(denied(app, window));
        }
        app.ui.list(&flat(&plan.steps, ""))?;
    }
    let has_no_target = flat(&plan.steps, "")
        .iter()
        .any(|step| step.problem.as_deref() == Some("no_targets"));
    Ok(if has_no_target {
        Kind::NoWorker.into()
    } else {
        Exit::OK
    })
}

/// The workflow with the groups that its inputs ask for.
fn unfolded(written: Workflow, given: &pulse_workflow::Map) -> Result<Workflow, Failure> {
    if written.folded_by().is_none() {
        return Ok(written);
    }
    let refused = |faults| Failure::usage("an input is not valid").details(faults);
    let inputs = inputs::resolve(&written, given, inputs::Secrets::Later)
        .map_err(|faults| refused(faults.into_iter().map(|fault| fault.message).collect()))?;
    let unfolded = written.unfolded(&inputs);
    unfolded.map_err(|error| refused(vec![error.to_string()]))
}

/// Shows a document that is not stored, without any server.
pub(super) fn offline(app: &App, text: &str, body: &StartExecution) -> Result<Exit, Failure> {
    forms::refuse_rows(app)?;
    let loaded = load(&Source {
        name: "document",
        text,
    })
    .map_err(|faults| {
        Failure::usage("the document is not valid")
            .details(
                faults
                    .0
                    .iter()
                    .map(|fault| format!("{}:{}: {}", fault.line, fault.column, fault.message))
                    .collect(),
            )
            .hint("`pulsectl workflow validate FILE` shows every fault in place")
    })?;
    let given = body.targets.as_ref().and_then(Targets::given);
    let workflow = unfolded(loaded.workflow, &body.inputs)?;
    let plan = preview_on(&workflow, &body.inputs, &[], given.as_ref());
    if app.ui.is_structured() {
        app.ui.structured(&plan)?;
        return Ok(Exit::OK);
    }
    app.ui
        .say("nothing was started; the workers are not known without a stored workflow");
    let titles = ["STEP", "DOES", "TARGETS", "CONDITION"];
    let rows = plan.steps.iter().map(|step| {
        vec![
            Cell::new(&step.name),
            Cell::new(&step.does),
            Cell::maybe(step.targets.as_ref()),
            Cell::maybe(step.condition.as_ref()),
        ]
    });
    app.ui.data(crate::ui::render_table(
        &titles,
        rows.collect(),
        app.ui.paint,
    ))?;
    Ok(Exit::OK)
}
