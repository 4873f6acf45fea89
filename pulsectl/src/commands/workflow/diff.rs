//! `workflow diff`: what `apply` would change.

use clap::Args;
use similar::TextDiff;

use super::{apply::stored, documents, validate::named};
use crate::{
    app::App,
    error::{Exit, Failure, Kind},
    ui::{Paint, sanitize},
};

/// Show how documents differ from what is stored
///
/// Exit codes: 0 the same, 1 different, more for an error.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[command(flatten)]
    from: documents::From,
}

impl Diff {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let documents = named(app, self.from.read()?)?;
        let client = app.client()?;
        let mut differs = false;
        for one in &documents {
            let (before, _) = stored(&client, &one.name).await?;
            let is_new = before.is_none();
            let text = unified(&one.name, &before.unwrap_or_default(), &one.document.text);
            differs |= is_new || !text.is_empty();
            if app.ui.quiet && !text.is_empty() {
                app.ui.data(&one.name)?;
            } else if app.ui.paint == Paint::Colored {
                app.ui.data(colored(&text).trim_end_matches('\n'))?;
            } else {
                app.ui.text(&text)?;
            }
        }
        Ok(if differs {
            Kind::General.into()
        } else {
            Exit::OK
        })
    }
}

/// A unified diff; empty when there is no difference.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff()
        .context_radius(3)
        .header(&format!("stored/{name}"), &format!("given/{name}"))
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
