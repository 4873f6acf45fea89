//! `workflow example` and `workflow graph`: a document to begin with, and a picture of one.

use clap::{Args, ValueEnum};
use pulse_workflow::{Condition, Source, Workflow, load};
use serde_json::{Value, json};

use super::read::newest;
use crate::{
    app::App,
    error::{Exit, Failure},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Asks before it goes on
    Interactive,
    /// One host first, then the others, some at a time
    Rolling,
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
            Which::Rolling => include_str!("../../../../examples/rolling-agent-upgrade.yaml"),
            Which::Backup => include_str!("../../../../examples/backup-with-verification.json"),
        })?;
        Ok(Exit::OK)
    }
}

/// Print the steps of a workflow as a graph in the DOT language
///
/// With -o json the steps as nodes, and what each needs as edges.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow graph deploy | dot -Tsvg > deploy.svg
  pulsectl workflow graph -f deploy.yaml")]
pub(crate) struct Graph {
    /// Name or id
    #[arg(value_parser = crate::names::given("workflow"), required_unless_present = "file", conflicts_with = "file")]
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
        if app.ui.is_structured() {
            app.ui.structured(&nodes(&loaded.workflow))?;
        } else {
            app.ui.text(&drawn(&loaded.workflow))?;
        }
        Ok(Exit::OK)
    }
}

async fn stored(app: &App, name: &str) -> Result<String, Failure> {
    let client = app.client()?;
    let workflow = newest(&client, name).await?;
    Ok(match workflow.source {
        Some(source) => source,
        None => workflow.definition.to_string(),
    })
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
            pulse_workflow::StepKind::Workflow => "tab",
            pulse_workflow::StepKind::Notify => "note",
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

/// The same for programs.
fn nodes(workflow: &Workflow) -> Value {
    let nodes = workflow.all_steps().map(|step| {
        let kind = step.action.kind().as_str();
        json!({"id": step.path.as_str(), "name": step.name, "type": kind})
    });
    let edges = workflow.all_steps().flat_map(|step| {
        let condition = step.condition.as_ref().map(Condition::source);
        let needs = step.needs.iter();
        needs.map(move |need| {
            json!({"from": need.as_str(), "to": step.path.as_str(), "condition": condition})
        })
    });
    json!({
        "name": workflow.name,
        "nodes": nodes.collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(),
    })
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
            include_str!("../../../../examples/rolling-agent-upgrade.yaml"),
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
