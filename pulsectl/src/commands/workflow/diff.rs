//! `workflow diff`: what `apply` would change, or what it has changed.

use clap::Args;
use serde::Serialize;
use serde_json::json;
use similar::TextDiff;

use super::{apply::stored, documents, read::version_at, validate::named};
use crate::{
    app::App,
    error::{Exit, Failure, Kind},
    ui::{Paint, sanitize},
};

/// Show how documents differ from what is stored, or two stored versions from each other
///
/// Exit codes: 0 the same, 1 different, more for an error.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow diff workflows/ -R
  pulsectl workflow diff deploy@3 deploy@5")]
pub(crate) struct Diff {
    #[command(flatten)]
    from: documents::From,
}

impl Diff {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        if let Some(versions) = self.from.versions() {
            return stored_versions(app, versions).await;
        }
        let documents = named(app, self.from.read()?)?;
        let client = app.client()?;
        let mut all = Vec::new();
        for one in &documents {
            let (before, _) = stored(&client, &one.name).await?;
            let is_new = before.is_none();
            let text = unified(&one.name, &before.unwrap_or_default(), &one.document.text);
            all.push(Compared {
                name: one.name.clone(),
                same: !is_new && text.is_empty(),
                stored: !is_new,
                diff: text,
            });
        }
        tell(app, &all)
    }
}

/// How a document differs.
#[derive(Serialize)]
struct Compared {
    name: String,
    same: bool,
    /// Whether there is one to compare it with.
    stored: bool,
    diff: String,
}

/// Prints all that differ, as one document where that was asked for.
fn tell(app: &App, all: &[Compared]) -> Result<Exit, Failure> {
    let is_same = all.iter().all(|one| one.same);
    if app.ui.is_structured() && !app.ui.quiet {
        app.ui
            .structured(&json!({"same": is_same, "workflows": all}))?;
    } else {
        all.iter()
            .try_for_each(|one| print(app, &one.name, &one.diff))?;
    }
    Ok(if is_same {
        Exit::OK
    } else {
        Kind::General.into()
    })
}

/// Shows how one stored version differs from another.
async fn stored_versions(app: &App, versions: [(&str, i32); 2]) -> Result<Exit, Failure> {
    let client = app.client()?;
    let mut texts = Vec::new();
    for (name, version) in versions {
        let found = version_at(&client, name, version).await?;
        texts.push(found.source.unwrap_or_default());
    }
    let titles = versions.map(|(name, version)| format!("{name}@{version}"));
    let text = between((&titles[0], &texts[0]), (&titles[1], &texts[1]));
    let [_, name] = titles;
    let compared = Compared {
        name,
        same: text.is_empty(),
        stored: true,
        diff: text,
    };
    tell(app, &[compared])
}

fn print(app: &App, name: &str, text: &str) -> Result<(), Failure> {
    if app.ui.quiet && !text.is_empty() {
        app.ui.data(name)
    } else if app.ui.paint == Paint::Colored {
        app.ui.data(colored(text).trim_end_matches('\n'))
    } else {
        app.ui.text(text)
    }
}

/// A unified diff; empty when there is no difference.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    let titles = (format!("stored/{name}"), format!("given/{name}"));
    between((&titles.0, before), (&titles.1, after))
}

/// The same between texts with titles of their own.
fn between((old, before): (&str, &str), (new, after): (&str, &str)) -> String {
    if before == after {
        return String::new();
    }
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff()
        .context_radius(3)
        .header(old, new)
        .to_string()
}

pub(crate) fn colored(diff: &str) -> String {
    use anstyle::{AnsiColor, Style};

    let style = |line: &str| match line.as_bytes().first() {
        Some(b'+') => AnsiColor::Green.on_default(),
        Some(b'-') => AnsiColor::Red.on_default(),
        Some(b'@') => AnsiColor::Cyan.on_default(),
        Some(_) | None => Style::new(),
    };
    let lines = diff.lines().map(|line| {
        let style = style(line);
        format!("{style}{}{style:#}\n", sanitize::line(line))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(unified("a", "x\n", "x\n"), "");
    }

    #[test]
    fn a_diff_names_both_sides() {
        assert_eq!(
            unified("a", "x\n", "y\n"),
            "--- stored/a\n+++ given/a\n@@ -1 +1 @@\n-x\n+y\n"
        );
    }
}
