//! `workflow apply`: stores documents.

use clap::Args;
use pulse_api::http::workflows::{AppliedWorkflow, WorkflowView};
use reqwest::StatusCode;
use serde::Serialize;

use super::{
    circles,
    diff::unified,
    documents, prune,
    validate::{Named, named},
};
use crate::{
    app::App,
    client::{Call, Client, read_json, segment},
    commands::selectors,
    error::{Exit, Failure, Kind},
    flags::Form,
    ui,
};

/// Store documents; what is already so stays as it is
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow apply interactive-update.yaml
  pulsectl workflow apply workflows/ -R -m \"$CI_COMMIT\"
  pulsectl workflow apply deploy.yaml --expect-rev 3
  pulsectl workflow apply workflows/ -R --prune -l 'name!=backup' --dry-run")]
pub(crate) struct Apply {
    #[command(flatten)]
    from: documents::From,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Show the difference of what changes
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    note: Note,
    /// Then delete the workflows that match -l, are in none of the documents, and were made by you
    #[arg(long, requires = "selector")]
    prune: bool,
    /// What --prune may delete, by name: `name in (deploy, release)`, `name!=backup`
    #[arg(short = 'l', long, value_name = "SELECTOR", requires = "prune")]
    selector: Vec<String>,
}

/// What became of one document.
#[derive(Debug, Serialize)]
pub(super) struct Applied {
    name: String,
    file: String,
    version: Option<i32>,
    /// `created`, `updated`, `unchanged`, `pruned` or `kept`.
    result: &'static str,
    dry_run: bool,
    /// Of one that was kept, because somebody else has made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
}

impl Apply {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let documents = named(app, self.from.read()?)?;
        circles::refuse(&documents)?;
        if self.note.expect_rev.is_some() && documents.len() != 1 {
            return Err(Failure::usage("--expect-rev goes with one document"));
        }
        let client = app.client()?;
        let doomed = self.doomed(app, &client, &documents).await?;
        let mut all = Vec::new();
        for document in &documents {
            if self.diff {
                let (before, _) = stored(&client, &document.name).await?;
                let text = unified(
                    &document.name,
                    &before.unwrap_or_default(),
                    &document.document.text,
                );
                if !text.is_empty() && !app.ui.is_structured() {
                    app.ui.text(&text)?;
                }
            }
            let applied = if self.dry_run {
                Self::compare(&client, document).await?
            } else {
                put(app, &client, (document, &self.note)).await?
            };
            applied.print(app)?;
            all.push(applied);
        }
        if let Some(doomed) = doomed {
            all.extend(self.prune(app, &client, doomed).await?);
        }
        sum_up(app, &all)?;
        Ok(Exit::OK)
    }

    /// What matches and is in none of the documents, once somebody has said yes to the deletion of what
    /// the caller has made. Before anything is stored: a call that is refused has changed nothing.
    async fn doomed(
        &self,
        app: &App,
        client: &Client,
        documents: &[Named],
    ) -> Result<Option<prune::Found>, Failure> {
        let Some(selector) = selectors::all(&self.selector)? else {
            return Ok(None);
        };
        let kept: Vec<&str> = documents.iter().map(|named| named.name.as_str()).collect();
        let found = prune::find(client, &selector, &kept).await?;
        let names: Vec<&str> = found.mine.iter().map(|one| one.name.as_str()).collect();
        if !self.dry_run && !names.is_empty() {
            app.confirm(&format!("delete {}", names.join(", ")), "--yes")?;
        }
        Ok(Some(found))
    }

    /// Deletes what the caller has made, and says what is kept.
    async fn prune(
        &self,
        app: &App,
        client: &Client,
        found: prune::Found,
    ) -> Result<Vec<Applied>, Failure> {
        let mut all = Vec::new();
        for workflow in found.mine {
            if !self.dry_run {
                // By its id: another one may have been given that name since.
                let call = Call::delete(&format!("/workflows/{}", workflow.id));
                client.send(&call).await?;
            }
            all.push(self.gone_over(app, (workflow.name, "pruned"), None)?);
        }
        if !found.others.is_empty() {
            let me = ui::sanitize::line(&found.me);
            app.ui
                .say(format!("--prune deletes only what {me} has made"));
        }
        for workflow in found.others {
            let created_by = Some(workflow.created_by);
            all.push(self.gone_over(app, (workflow.name, "kept"), created_by)?);
        }
        Ok(all)
    }

    /// Prints what became of a workflow that is in none of the documents.
    fn gone_over(
        &self,
        app: &App,
        (name, result): (String, &'static str),
        created_by: Option<String>,
    ) -> Result<Applied, Failure> {
        let one = Applied {
            name,
            file: String::new(),
            version: None,
            result,
            dry_run: self.dry_run,
            created_by,
        };
        one.print(app)?;
        Ok(one)
    }

    async fn compare(client: &Client, named: &Named) -> Result<Applied, Failure> {
        let (before, version) = stored(client, &named.name).await?;
        let result = match &before {
            None => "created",
            Some(before) if *before == named.document.text => "unchanged",
            Some(_) => "updated",
        };
        Ok(Applied {
            name: named.name.clone(),
            file: named.document.place.clone(),
            version,
            result,
            dry_run: true,
            created_by: None,
        })
    }
}

/// Stores one document.
pub(super) async fn put(
    app: &App,
    client: &Client,
    (named, note): (&Named, &Note),
) -> Result<Applied, Failure> {
    let text = named.document.text.clone().into_bytes();
    let mut call =
        Call::put(&format!("/workflows/{}", segment(&named.name))).body("application/yaml", text);
    if let Some(version) = note.expect_rev {
        call = call.header("If-Match", version.to_string());
    }
    if let Some(message) = &note.message {
        call = call.header("X-Pulse-Message", header_text(message));
    }
    let response = client.send(&call).await.map_err(|failure| {
        if failure.kind != Kind::Conflict {
            return placed(failure, named);
        }
        failure.hint(format!(
            "`pulsectl workflow history {}` shows who changed it",
            named.name
        ))
    })?;
    let is_new = response.status() == StatusCode::CREATED;
    let applied: AppliedWorkflow = read_json(response).await?;
    for warning in &applied.warnings {
        app.ui.say(format!(
            "warning: {}",
            ui::sanitize::lines(&warning.message)
        ));
    }
    let result = match (is_new, applied.changed) {
        (true, _) => "created",
        (false, true) => "updated",
        (false, false) => "unchanged",
    };
    Ok(Applied {
        name: applied.name,
        file: named.document.place.clone(),
        version: Some(applied.version),
        result,
        dry_run: false,
        created_by: None,
    })
}

/// Says of which file the places are that the server speaks of, and counts its lines.
fn placed(mut failure: Failure, named: &Named) -> Failure {
    let document = &named.document;
    for detail in &mut failure.details {
        let place = detail.split_once(':');
        if let Some((Ok(line), rest)) = place.map(|(line, rest)| (line.parse::<u32>(), rest)) {
            let line = line + document.lines_before;
            *detail = format!("{}:{line}:{rest}", document.place);
        }
    }
    failure
}

/// What goes along with a document.
#[derive(Debug, Default, Args)]
pub(super) struct Note {
    /// Refuse unless this is the newest version; 0 for none
    #[arg(long, value_name = "VERSION")]
    expect_rev: Option<u32>,
    /// Note for the history
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
}

/// Prints what became of all documents, where that is one document.
pub(super) fn sum_up(app: &App, all: &[Applied]) -> Result<(), Failure> {
    if app.ui.output.form() == Form::Document && !app.ui.quiet {
        app.ui.structured(&counted(all))?;
    }
    Ok(())
}

impl Applied {
    /// Prints it, where it is not kept for one document at the end.
    pub(super) fn print(&self, app: &App) -> Result<(), Failure> {
        if app.ui.quiet && self.result == "kept" {
            return Ok(());
        }
        if app.ui.quiet {
            return app.ui.data(&self.name);
        }
        // A document comes when all of them are applied.
        if app.ui.output.form() == Form::Document {
            return Ok(());
        }
        app.ui.done(("workflow", &self.name), self, self.line())
    }

    /// `workflow/interactive-update created (version 1)`.
    fn line(&self) -> String {
        let version = self
            .version
            .filter(|_| !self.dry_run)
            .map(|version| format!(" (version {version})"));
        let dry = if self.dry_run { " (dry run)" } else { "" };
        let by = self.created_by.as_ref();
        let why = by.map(|by| format!(": {} has made it", ui::sanitize::line(by)));
        format!(
            "workflow/{} {}{}{dry}{}",
            self.name,
            self.result,
            version.unwrap_or_default(),
            why.unwrap_or_default()
        )
    }
}

#[derive(Serialize)]
struct Counted<'a> {
    created: usize,
    updated: usize,
    unchanged: usize,
    pruned: usize,
    kept: usize,
    workflows: &'a [Applied],
}

fn counted(all: &[Applied]) -> Counted<'_> {
    let count = |result: &str| all.iter().filter(|one| one.result == result).count();
    Counted {
        created: count("created"),
        updated: count("updated"),
        unchanged: count("unchanged"),
        pruned: count("pruned"),
        kept: count("kept"),
        workflows: all,
    }
}

/// The stored text of a workflow and its version, where there is one.
pub(super) async fn stored(
    client: &Client,
    name: &str,
) -> Result<(Option<String>, Option<i32>), Failure> {
    match client
        .get::<WorkflowView>(&format!("/workflows/{}", segment(name)))
        .await
    {
        Ok(workflow) => {
            let text = match workflow.source {
                Some(source) => source,
                None => ui::yaml(&workflow.definition)?,
            };
            Ok((Some(text), Some(workflow.version)))
        }
        Err(failure) if failure.kind == Kind::NotFound => Ok((None, None)),
        Err(failure) => Err(failure),
    }
}

/// A header takes one line of visible characters.
pub(super) fn header_text(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(500)
        .collect()
}
