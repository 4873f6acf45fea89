//! `workflow validate`: every fault of every document at once, without a server.

use std::collections::BTreeMap;

use clap::Args;
use pulse_workflow::{Fault, Source, Workflow, load};
use serde::Serialize;

use super::{
    documents::{self, Document},
    sarif,
};
use crate::{
    app::App,
    error::{Exit, Failure, Kind},
    flags::Output,
    ui,
};

/// Check documents without a server
///
/// Exit codes: 0 valid, 1 invalid, 2 a file could not be read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow validate interactive-update.yaml
  pulsectl workflow validate workflows/ -R -o github
  pulsectl workflow validate workflows/ -R -o sarif > pulse.sarif")]
pub(crate) struct Validate {
    #[command(flatten)]
    from: documents::From,
    /// Take warnings for faults
    #[arg(long)]
    strict: bool,
    /// Only check here (this is the default)
    #[arg(long)]
    offline: bool,
    /// Say by the exit code whether they are valid (this is the default)
    #[arg(long)]
    check: bool,
}

/// What was found in one document.
#[derive(Debug, Serialize)]
pub(super) struct Checked {
    pub(super) file: String,
    pub(super) valid: bool,
    name: Option<String>,
    steps: usize,
    pub(super) errors: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

impl Validate {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        let documents = self.from.read()?;
        let mut checked: Vec<Checked> =
            documents.iter().map(|document| check(document).0).collect();
        if self.strict {
            for one in checked.iter_mut().filter(|one| !one.warnings.is_empty()) {
                one.valid = false;
            }
        }
        print(app, &checked)?;
        let is_valid = checked.iter().all(|one| one.valid);
        Ok(if is_valid {
            Exit::OK
        } else {
            Kind::General.into()
        })
    }
}

fn print(app: &App, checked: &[Checked]) -> Result<(), Failure> {
    match app.ui.output {
        Output::Json | Output::Jsonl | Output::Yaml => app.ui.values(checked),
        // Its schema allows no field that it does not name.
        Output::Sarif => app.ui.bare(&sarif::report(checked)),
        Output::Github => checked.iter().try_for_each(|one| annotate(app, one)),
        Output::Table | Output::Wide | Output::Csv | Output::Name | Output::Raw => {
            checked.iter().try_for_each(|one| tell(app, one))
        }
    }
}

fn tell(app: &App, one: &Checked) -> Result<(), Failure> {
    for fault in &one.errors {
        app.ui.data(ui::sanitize::lines(&fault.render(&one.file)))?;
    }
    for warning in &one.warnings {
        let text = ui::sanitize::lines(&warning.render(&one.file));
        app.ui.data(format!("warning: {text}"))?;
    }
    if one.valid && !app.ui.quiet {
        let steps = if one.steps == 1 { "step" } else { "steps" };
        app.ui
            .data(format!("{}: valid ({} {steps})", one.file, one.steps))?;
    } else if !one.valid {
        let faults = one.errors.len().max(1);
        app.ui.say(format!(
            "{}: {faults} {}",
            one.file,
            if faults == 1 { "fault" } else { "faults" }
        ));
    }
    Ok(())
}

/// Writes the form that a GitHub job turns into annotations.
fn annotate(app: &App, one: &Checked) -> Result<(), Failure> {
    let escape = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let kinds = one.errors.iter().map(|fault| ("error", fault));
    for (kind, fault) in kinds.chain(one.warnings.iter().map(|fault| ("warning", fault))) {
        let hint = fault
            .hint
            .as_ref()
            .map(|hint| format!("\nhint: {hint}"))
            .unwrap_or_default();
        app.ui.data(format!(
            "::{kind} file={},line={},col={}::{}",
            property(&one.file),
            fault.line,
            fault.column,
            escape(&format!("{}{hint}", fault.message))
        ))?;
    }
    Ok(())
}

/// Checks one document, giving the workflow when it is valid.
pub(super) fn check(document: &Document) -> (Checked, Option<Workflow>) {
    let loaded = load(&Source {
        name: &document.place,
        text: &document.text,
    });
    let shift = |mut fault: Fault| {
        fault.line += document.lines_before;
        fault
    };
    let file = document.place.clone();
    match loaded {
        Ok(loaded) => {
            let workflow = loaded.workflow;
            let checked = Checked {
                file,
                valid: true,
                name: workflow.name.clone(),
                steps: workflow.all_steps().count(),
                errors: Vec::new(),
                warnings: loaded.warnings.into_iter().map(shift).collect(),
            };
            (checked, Some(workflow))
        }
        Err(faults) => {
            let errors = faults.0.into_iter().map(shift).collect();
            (
                Checked {
                    file,
                    valid: false,
                    name: None,
                    steps: 0,
                    errors,
                    warnings: Vec::new(),
                },
                None,
            )
        }
    }
}

/// Refuses a text that is no valid document, with all its faults.
pub(super) fn refuse_faults(name: &str, text: &str) -> Result<(), Failure> {
    match load(&Source { name, text }) {
        Ok(_) => Ok(()),
        Err(faults) => {
            let faults = faults.0.iter().map(|fault| fault.render(name));
            Err(
                Failure::usage("the document is not valid; nothing was stored")
                    .details(faults.collect()),
            )
        }
    }
}

/// A document that is valid and has a name.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) document: Document,
}

/// Checks all documents and finds their names, or tells every fault of all of them.
pub(super) fn named(app: &App, documents: Vec<Document>) -> Result<Vec<Named>, Failure> {
    let mut named: Vec<Named> = Vec::new();
    let mut faults = Vec::new();
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for document in documents {
        let (checked, workflow) = check(&document);
        for warning in &checked.warnings {
            app.ui
                .warn(ui::sanitize::lines(&warning.render(&checked.file)));
        }
        faults.extend(
            checked
                .errors
                .iter()
                .map(|fault| fault.render(&checked.file).replace('\n', "\n  ")),
        );
        let Some(workflow) = workflow else { continue };
        let Some(name) = workflow.name.or_else(|| document.stem.clone()) else {
            return Err(Failure::usage("the document on stdin has no name")
                .hint("add a line such as `name: disk-check`"));
        };
        if let Some(other) = places.insert(name.clone(), document.place.clone()) {
            return Err(Failure::usage(format!(
                "{other} and {} both hold the workflow {name}",
                document.place
            )));
        }
        named.push(Named { name, document });
    }
    if faults.is_empty() {
        return Ok(named);
    }
    let count = faults.len();
    let noun = if count == 1 { "fault" } else { "faults" };
    Err(Failure::usage(format!("{count} {noun}; nothing was sent")).details(faults))
}
