//! Things that documents describe by their names, and having them be so on the server.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

use super::workflow::Document;
use crate::{
    app::App,
    client::{Call, Client, segment},
    error::Failure,
    flags::Form,
};

/// What a document says of a thing that has a name.
pub(super) trait Spec: Serialize + DeserializeOwned {
    /// What the server shows of it.
    type View: Serialize + DeserializeOwned;

    /// The noun, as in `schedule/night`.
    const KIND: &'static str;
    /// Where all of them are; without the slash, what several of them are called.
    const PATH: &'static str;
    /// What to write where a document is none of the kind.
    const EXAMPLE: &'static str;
    /// What to write where a document has no name.
    const NAME: &'static str;

    fn name(&self) -> Option<&str>;

    fn called(view: &Self::View) -> &str;

    /// Whether both are the same but for what has come of them.
    fn is_alike(one: &Self::View, other: &Self::View) -> bool;
}

/// What became of one document.
#[derive(Debug, Serialize)]
struct Applied<V> {
    #[serde(flatten)]
    view: V,
    file: String,
    /// `created`, `updated` or `unchanged`.
    result: &'static str,
}

/// Has all that documents describe be so; none is sent unless all of them can be read.
pub(super) async fn apply<S: Spec>(app: &App, documents: &[Document]) -> Result<(), Failure> {
    let named = named::<S>(documents)?;
    let client = app.client()?;
    let before: Vec<S::View> = client.list(Call::get(S::PATH), None).await?;
    let is_one = app.ui.output.form() == Form::Document && !app.ui.quiet;
    let mut all = Vec::new();
    for one in &named {
        let before = before.iter().find(|view| S::called(view) == one.name);
        let applied = put(&client, one, before).await?;
        if !is_one {
            let name = S::called(&applied.view);
            let line = format!("{}/{name} {}", S::KIND, applied.result);
            app.ui.done((S::KIND, name), &applied, line)?;
        }
        all.push(applied);
    }
    if is_one {
        let count = |result: &str| all.iter().filter(|one| one.result == result).count();
        let several = S::PATH.trim_start_matches('/');
        app.ui.structured(&json!({
            "created": count("created"), "updated": count("updated"), "unchanged": count("unchanged"),
            several: all,
        }))?;
    }
    Ok(())
}

async fn put<S: Spec>(
    client: &Client,
    one: &Named<S>,
    before: Option<&S::View>,
) -> Result<Applied<S::View>, Failure> {
    let call = Call::put(&format!("{}/{}", S::PATH, segment(&one.name)));
    let view: S::View = client.json(call.json(&one.spec)?).await?;
    let result = match before {
        None => "created",
        Some(before) if S::is_alike(before, &view) => "unchanged",
        Some(_) => "updated",
    };
    Ok(Applied {
        view,
        file: one.place.clone(),
        result,
    })
}

/// A thing that a document wants, and where it stands.
struct Named<S> {
    name: String,
    place: String,
    spec: S,
}

/// Reads all of them before any is applied.
fn named<S: Spec>(documents: &[Document]) -> Result<Vec<Named<S>>, Failure> {
    let mut places: BTreeMap<String, &str> = BTreeMap::new();
    let mut all = Vec::new();
    let kind = S::KIND;
    for document in documents {
        let place = &document.place;
        let spec: S = read(document)?;
        let Some(name) = spec.name().map(str::to_owned) else {
            return Err(Failure::usage(format!("a {kind} in {place} has no name"))
                .hint(format!("add a line such as `name: {}`", S::NAME)));
        };
        if let Some(other) = places.insert(name.clone(), place) {
            return Err(Failure::usage(format!(
                "{other} and {place} both hold the {kind} {name}"
            )));
        }
        all.push(Named {
            name,
            place: place.clone(),
            spec,
        });
    }
    Ok(all)
}

fn read<S: Spec>(document: &Document) -> Result<S, Failure> {
    // So the lines that the parser speaks of are those of the file.
    let above = usize::try_from(document.lines_before).unwrap_or_default();
    let text = "\n".repeat(above) + &document.text;
    serde_yaml::from_str(&text).map_err(|error| {
        let place = &document.place;
        let at = error
            .location()
            .map(|at| format!(":{}:{}", at.line(), at.column()));
        let at = at.unwrap_or_default();
        Failure::usage(format!("{place}{at}: this is no {}", S::KIND))
            .because(&error)
            .hint(S::EXAMPLE)
    })
}
