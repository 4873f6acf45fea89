//! `audit ls`.

use std::time::Duration;

use clap::Args;
use pulse_api::http::audit::AuditEntry;

use super::sealed_after;
use crate::{
    app::App,
    client::{Call, Client, Rest},
    clock,
    error::{Exit, Failure, Kind},
    flags::Output,
    ui::{Row as _, sanitize},
};

/// How long a follower waits before it looks again.
const LOOK: Duration = Duration::from_secs(2);

/// List who did what, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl audit ls --actor alice --since 1d
  pulsectl audit ls --action refused -f")]
pub(crate) struct Ls {
    /// Only what somebody did
    #[arg(long, value_name = "USER")]
    actor: Option<String>,
    /// Only one action, such as token.create, or all of a kind, such as token
    #[arg(long)]
    action: Option<String>,
    /// Only what happened since then: a duration such as 1d, a day, or a time
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// How many at most
    #[arg(short = 'L', long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
    /// Go on with what happens from now on, oldest first
    #[arg(short, long)]
    follow: bool,
    /// Show every column, as with -o wide
    #[arg(short, long)]
    wide: bool,
}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let since = self.since.as_deref().map(clock::instant).transpose()?;
        let narrowed = Call::get("/audit")
            .maybe("actor", self.actor)
            .maybe("action", self.action);
        let call = narrowed.clone().maybe("since", since);
        let mut entries: Vec<AuditEntry> = client.list(call, Some(self.limit)).await?;
        if self.follow {
            entries.reverse();
            return follow(app, client, (narrowed, entries)).await;
        }
        app.ui
            .widened(self.wide.then_some(Output::Wide))
            .list(&entries)?;
        Ok(Exit::OK)
    }
}

/// Shows what there is, and what is added, until the time is over.
async fn follow(
    app: &App,
    client: Client,
    (call, entries): (Call, Vec<AuditEntry>),
) -> Result<Exit, Failure> {
    let mut seq = head(&client).await?;
    let mut shown: Vec<i64> = Vec::new();
    for entry in &entries {
        show(app, entry)?;
        shown.push(entry.id);
    }
    let never = client.watch(Rest::of(LOOK), async || {
        let mut fresh = sealed_after(&client, &call, seq).await?;
        let newest = fresh.iter().filter_map(|entry| entry.seq).max();
        seq = newest.unwrap_or(seq);
        // What was shown before it was sealed comes again with its seal.
        fresh.retain(|entry| !shown.contains(&entry.id));
        for entry in &fresh {
            show(app, entry)?;
            shown.push(entry.id);
        }
        let surplus = shown.len().saturating_sub(1_000);
        shown.drain(..surplus);
        Ok(None::<Exit>)
    });
    let ended = never.await?;
    ended.ok_or_else(|| Failure::new(Kind::WaitedTooLong, ""))
}

/// The newest place in the chain.
async fn head(client: &Client) -> Result<i64, Failure> {
    let newest: Vec<AuditEntry> = client.list(Call::get("/audit"), Some(50)).await?;
    Ok(newest
        .iter()
        .filter_map(|entry| entry.seq)
        .max()
        .unwrap_or_default())
}

fn show(app: &App, entry: &AuditEntry) -> Result<(), Failure> {
    if app.ui.quiet {
        return app.ui.data(entry.key());
    }
    if app.ui.is_structured() {
        return app.ui.entry(entry);
    }
    let (at, detail) = (app.ui.times.show(entry.at), super::detail(entry));
    let (actor, subject) = (super::actor(entry), super::subject(entry));
    let action = &entry.action;
    let line = sanitize::cell(&format!("{at}  {actor}  {action}  {subject}  {detail}"));
    app.ui.data(line.trim_end())
}
