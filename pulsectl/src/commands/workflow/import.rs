//! `workflow import`: the JSON of an earlier pulse, as documents.

use clap::Args;
use serde_json::{Map, Value};

use super::{
    apply::{Note, put, sum_up},
    documents::{self, Document},
    validate::named,
};
use crate::{
    app::App,
    error::{Exit, Failure},
};

/// Store workflows that an earlier pulse has written as JSON
///
/// What stands around the steps there, `{"name", "description", "definition": {"steps"}}`, goes; the
/// name becomes one of small letters, digits and `-`. Times without a unit are milliseconds, as they
/// were.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow import -f disk-space.json
  pulsectl workflow import exported/ --dry-run")]
pub(crate) struct Import {
    #[command(flatten)]
    from: documents::From,
    /// Print the documents, and store nothing
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let read = self.from.read()?;
        let documents: Vec<Document> = read.iter().map(unwrapped).collect::<Result<_, _>>()?;
        let documents = named(app, documents)?;
        if self.dry_run {
            let texts = documents.iter().map(|named| &named.document.text);
            texts.into_iter().try_for_each(|text| app.ui.data(text))?;
            return Ok(Exit::OK);
        }
        let client = app.client()?;
        let mut all = Vec::new();
        for one in &documents {
            let applied = put(app, &client, (one, &Note::default())).await?;
            applied.print(app)?;
            all.push(applied);
        }
        sum_up(app, &all)?;
        Ok(Exit::OK)
    }
}

/// The document in what an earlier pulse has written; what has nothing around it stays as it is.
fn unwrapped(read: &Document) -> Result<Document, Failure> {
    let wrong = || {
        Failure::usage(format!("{} holds no JSON object", read.place))
            .hint("`pulsectl workflow apply` takes YAML")
    };
    let outer: Map<String, Value> =
        serde_json::from_str(&read.text).map_err(|error| wrong().because(&error))?;
    let Some(Value::Object(definition)) = outer.get("definition") else {
        return Ok(read.clone());
    };
    let mut document = Map::new();
    if let Some(name) = outer.get("name").and_then(Value::as_str) {
        document.insert("name".to_owned(), slug(name).into());
    }
    if let Some(Value::String(description)) = outer.get("description") {
        document.insert("description".to_owned(), description.as_str().into());
    }
    document.extend(definition.clone());
    let text = serde_json::to_string_pretty(&document)
        .map_err(|error| Failure::general("could not write JSON").because(&error))?;
    Ok(Document {
        text,
        ..read.clone()
    })
}

/// `Disk Space Check` as `disk-space-check`.
fn slug(name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let plain: String = name.chars().map(plain).collect();
    let words = plain.split('-').filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(63);
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(text: &str) -> Value {
        let read = Document {
            place: "x.json".to_owned(),
            stem: None,
            text: text.to_owned(),
            lines_before: 0,
        };
        serde_json::from_str(&unwrapped(&read).unwrap().text).unwrap()
    }

    #[test]
    fn what_stands_around_the_steps_goes() {
        let text =
            r#"{"name": "Disk  Space (Check)!", "description": "d", "definition": {"steps": []}}"#;

        assert_eq!(
            import(text),
            serde_json::json!({"name": "disk-space-check", "description": "d", "steps": []})
        );
        assert_eq!(import(r#"{"steps": []}"#), serde_json::json!({"steps": []}));
    }
}
