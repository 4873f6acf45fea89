//! `workflow example` and `workflow graph`: a document to begin with, and a picture of one.

use clap::{Args, ValueEnum};
use pulse_api::http::workflows::WorkflowView;
use pulse_workflow::{Source, Workflow, load};

use crate::{
    app::App,
    client::segment,
    commands::references,
    error::{Exit, Failure},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Asks before it goes on
    Interactive,
    /// Commands after each other on many hosts
    Backup,
}

/// Print a document to begin with
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow example > update.yaml
  pulsectl workflow example backup | pulsectl workflow validate -")]
pub(crate) struct Example {
    /// Which one
    #[arg(value_enum, default_value = "interactive")]
    which: Which,
}

impl Example {
    pub(super) fn run(self, app: &App) -> Result<Exit, Failure> {
        app.ui.text(match self.which {
            Which::Interactive => include_str!("../../../../examples/interactive-update.yaml"),
            Which::Backup => include_str!("../../../../examples/backup-with-verification.json"),
        })?;
        Ok(Exit::OK)
    }
}

/// Print the steps of a workflow as a graph in the DOT language
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow graph deploy | dot -Tsvg > deploy.svg
  pulsectl workflow graph -f deploy.yaml")]
pub(crate) struct Graph {
    /// Name or id
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    workflow: Option<String>,
    /// A document that is not stored; - for stdin
    #[arg(short, long, value_name = "FILE")]
    file: Option<String>,
}

impl Graph {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let text = match (&self.file, &self.workflow) {
            (Some(file), _) => super::read_text(file)?,
            (None, name) => stored(app, name.as_deref().unwrap_or_default()).await?,
        };
        let source = Source {
            name: "workflow",
            text: &text,
        };
        let loaded = load(&source).map_err(|faults| {
            let faults = faults.0.iter().map(|fault| fault.render("workflow"));
            Failure::usage("the document is not valid").details(faults.collect())
        })?;
        app.ui.text(&drawn(&loaded.workflow))?;
        Ok(Exit::OK)
    }
}

async fn stored(app: &App, name: &str) -> Result<String, Failure> {
    let client = app.client()?;
    let path = format!("/workflows/{}", segment(name));
    match client.get::<WorkflowView>(&path).await {
        Ok(workflow) => match workflow.source {
            Some(source) => Ok(source),
            None => Ok(workflow.definition.to_string()),
        },
        Err(failure) => Err(references::suggest_workflow(&client, name, failure).await),
    }
}

/// The graph, with a shape for each kind of step.
fn drawn(workflow: &Workflow) -> String {
    let mut lines = vec![
        format!(
            "digraph {} {{",
            quoted(workflow.name.as_deref().unwrap_or("workflow"))
        ),
        "  rankdir=TB; node [fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\"];".to_owned(),
    ];
    for step in workflow.all_steps() {
        let shape = match step.action.kind() {
            pulse_workflow::StepKind::Execute => "box",
            pulse_workflow::StepKind::Prompt => "diamond",
            pulse_workflow::StepKind::Wait => "ellipse",
            pulse_workflow::StepKind::Group => "folder",
            pulse_workflow::StepKind::Agent => "component",
        };
        let id = quoted(step.path.as_str());
        lines.push(format!(
            "  {id} [label={}, shape={shape}];",
            quoted(&step.name)
        ));
        for need in &step.needs {
            let label = step
                .condition
                .as_ref()
                .map(|condition| format!(" [label={}]", quoted(condition.source())));
            let need = quoted(need.as_str());
            lines.push(format!("  {need} -> {id}{};", label.unwrap_or_default()));
        }
    }
    lines.push("}\n".to_owned());
    lines.join("\n")
}

fn quoted(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graph_has_a_node_for_each_step_and_an_edge_for_each_need() {
        let text = "name: x\nsteps:\n  - {id: a, name: Say \"a\", command: 'true', targets: [all]}\n  \
            - {id: b, type: prompt, name: b, message: Go?, options: ['Yes'], condition: success()}\n";
        let loaded = load(&Source { name: "x", text }).unwrap();

        let graph = drawn(&loaded.workflow);

        assert!(
            graph.contains("\"a\" [label=\"Say \\\"a\\\"\", shape=box];"),
            "{graph}"
        );
        assert!(
            graph.contains("\"a\" -> \"b\" [label=\"success()\"];"),
            "{graph}"
        );
    }

    #[test]
    fn every_example_is_valid() {
        for text in [
            include_str!("../../../../examples/interactive-update.yaml"),
            include_str!("../../../../examples/backup-with-verification.json"),
        ] {
            assert!(
                load(&Source {
                    name: "example",
                    text
                })
                .is_ok()
            );
        }
    }
}
