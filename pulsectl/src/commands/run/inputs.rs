//! The inputs of a run: from flags, from a file, and asked for where they are missing.

use pulse_api::{
    SecretText,
    http::workflows::{WorkflowVersionView, WorkflowView},
};
use pulse_workflow::{
    InputKind, Source, Workflow,
    inputs::{check_secret, coerce},
    load,
};
use serde_json::Value;

use super::{Inputs, params::Params};
use crate::{
    client::{Client, segment},
    commands::references::{self, Noun},
    error::Failure,
    follow::option_of,
    ui,
};

/// The inputs that a file holds.
pub(super) fn from_file(path: &str) -> Result<Inputs, Failure> {
    let text = super::super::workflow::read_text(path)?;
    serde_yaml::from_str(&text).map_err(|error| {
        Failure::usage(format!("{path} does not hold inputs"))
            .because(&error)
            .hint("write it as a map, such as `version: 1.4.2`")
    })
}

/// The document of a stored workflow, where it can be had.
pub(super) async fn source(client: &Client, name: &str, version: Option<i32>) -> Option<String> {
    let found = references::with(client, (Noun::Workflow, name), async |name| {
        let path = format!("/workflows/{}", segment(name));
        match version {
            Some(version) => {
                let path = format!("{path}/versions/{version}");
                let found: WorkflowVersionView = client.get(&path).await?;
                Ok(found.source)
            }
            None => client
                .get::<WorkflowView>(&path)
                .await
                .map(|found| found.source),
        }
    });
    found.await.ok()?
}

/// The workflow of a document; what is wrong with a document is for the server to tell.
pub(super) fn read(text: &str) -> Option<Workflow> {
    let source = Source {
        name: "workflow",
        text,
    };
    load(&source).ok().map(|loaded| loaded.workflow)
}

/// Asks for inputs that are required and have no default, each until what is given fits.
pub(super) async fn ask_missing(workflow: &Workflow, params: &mut Params) -> Result<(), Failure> {
    for spec in &workflow.inputs {
        let is_needed = spec.required && spec.default.is_none() && !params.has(&spec.name);
        if !is_needed {
            continue;
        }
        let about = spec
            .description
            .as_ref()
            .map(|text| format!(" ({text})"))
            .unwrap_or_default();
        let question = format!("{}{}{about}: ", spec.name, choices(&spec.kind));
        if spec.secret {
            let value = loop {
                let given = ui::ask_hidden(&question).await?;
                match check_secret(spec, &given) {
                    Ok(()) => break SecretText::new(given),
                    Err(fault) => ui::stderr_line(&fault.message),
                }
            };
            params.secrets.insert(spec.name.clone(), value);
            continue;
        }
        let value = loop {
            let given = ui::ask_line(&question)?;
            let given = Value::String(match &spec.kind {
                InputKind::Enum(values) => option_of(&given, values),
                InputKind::String | InputKind::Number | InputKind::Boolean | InputKind::List => {
                    given
                }
            });
            match coerce(spec, &given) {
                Ok(_) => break given,
                Err(fault) => ui::stderr_line(&fault.message),
            }
        };
        params.open.insert(spec.name.clone(), value);
    }
    Ok(())
}

/// What may be given: ` [prod/test]`.
fn choices(kind: &InputKind) -> String {
    match kind {
        InputKind::Enum(values) => format!(" [{}]", values.join("/")),
        InputKind::Boolean => " [yes/no]".to_owned(),
        InputKind::String | InputKind::Number | InputKind::List => String::new(),
    }
}

/// What to type for inputs that are missing.
pub(super) fn with_flags(failure: Failure) -> Failure {
    let said = std::iter::once(&failure.message).chain(&failure.details);
    let missing = said.filter_map(|line| {
        let (_, rest) = line.rsplit_once("input `")?;
        rest.strip_suffix("` is required")
    });
    let flags: Vec<String> = missing.map(|name| format!("-p {name}=…")).collect();
    if flags.is_empty() {
        return failure;
    }
    let about = failure.hint.as_ref().map(|about| format!(" ({about})"));
    let hint = format!("{}{}", flags.join(" "), about.unwrap_or_default());
    failure.hint(hint)
}
