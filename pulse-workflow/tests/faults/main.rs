//! What is refused when a document is loaded, where, and with which advice.

mod calls;
mod document;
mod events;
mod expressions;
mod groups;
mod rollouts;
mod steps;
mod yaml;

use pulse_workflow::{Fault, Source, Workflow, load};

fn faults(text: &str) -> Vec<Fault> {
    match load(&Source {
        name: "x.yaml",
        text,
    }) {
        Ok(_) => panic!("this loads:\n{text}"),
        Err(faults) => faults.0,
    }
}

fn only(text: &str) -> Fault {
    let mut faults = faults(text);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

fn workflow(text: &str) -> Workflow {
    match load(&Source {
        name: "x.yaml",
        text,
    }) {
        Ok(loaded) => loaded.workflow,
        Err(faults) => panic!("{}", faults.render("x.yaml")),
    }
}

/// The one fault of a step written as one flow mapping, as `column: message`.
fn of_step(step: &str) -> String {
    let fault = only(&format!("steps:\n- {step}\n"));
    assert_eq!(fault.line, 2, "{fault:?}");
    format!("{}: {}", fault.column, fault.message)
}

#[test]
fn every_fault_is_reported_at_once_at_its_place() {
    let text = "\
name: Disk Space
timout: 5m
steps:
  - name: Check
    commmand: df -h
  - name: Ask
    type: prompt
    message: Sure?
    options: [Yes, Yes]
  - name: Check
    command: df
    needs: [aks]
    timeout: soon
";

    let found: Vec<String> = faults(text)
        .iter()
        .map(|fault| {
            format!(
                "{}:{} {} {}",
                fault.line, fault.column, fault.path, fault.message
            )
        })
        .collect();

    assert_eq!(
        found,
        [
            "1:7 name a workflow's name is lower case letters, digits and `-`",
            "2:1 timout unknown key `timout`; did you mean `timeout`?",
            "5:5 steps[0].commmand unknown key `commmand`; did you mean `command`?",
            "9:20 steps[1].options[1] `Yes` is listed twice",
            "10:11 steps[2].id two steps have the id `check`",
            "12:12 steps[2].needs no step has the id `aks`",
            "13:14 steps[2].timeout expected a duration, found text",
        ]
    );
}

#[test]
fn a_fault_reads_well() {
    let text = "steps:\n  - command: df -h\n    condition: promtResponse === 'Yes'\n";

    let shown = load(&Source {
        name: "disk.yaml",
        text,
    })
    .unwrap_err()
    .render("disk.yaml");

    assert_eq!(
        shown,
        "disk.yaml:3:16: unknown name `promtResponse`\n \
         3 |     condition: promtResponse === 'Yes'\n   |                ^\n \
         hint: did you mean `promptResponse`?"
    );
}
