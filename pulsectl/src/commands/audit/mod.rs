//! `audit`: who did what, and whether the record of it is whole.

mod export;
mod ls;
mod verify;

use clap::Subcommand;
use pulse_api::http::{Page, audit::AuditEntry};

use crate::{
    app::App,
    client::{Call, Client, same_page},
    error::{Exit, Failure},
    ui::{Cell, Column, Row, time_cell},
};

/// See who did what, export the trail, and check that nobody changed it
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Audit {
    #[command(visible_alias = "list")]
    Ls(ls::Ls),
    Export(export::Export),
    Verify(verify::Verify),
}

impl Audit {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Export(command) => command.run(app).await,
            Self::Verify(command) => command.run(app).await,
        }
    }
}

impl Row for AuditEntry {
    const KIND: &'static str = "audit";

    fn nothing() -> String {
        "no entries of the audit trail".to_owned()
    }

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("AT", |entry, times| time_cell(Some(entry.at), times)),
            Column::new("ACTOR", |entry, _| Cell::new(actor(entry))),
            Column::new("ACTION", |entry, _| Cell::new(&entry.action)),
            Column::new("SUBJECT", |entry, _| Cell::new(subject(entry))),
            Column::new("DETAIL", |entry, _| Cell::new(detail(entry))),
            Column::wide("SUBJECT-ID", |entry, _| {
                Cell::maybe(entry.subject_name.as_ref().map(|_| &entry.subject))
            }),
            Column::wide("SEQ", |entry, _| {
                Cell::maybe(entry.seq.map(|seq| seq.to_string()))
            }),
            Column::wide("SHA256", |entry, _| Cell::maybe(entry.sha256.as_ref())),
        ]
    }

    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Who did it, by the name that people know.
fn actor(entry: &AuditEntry) -> &str {
    entry.actor_name.as_ref().unwrap_or(&entry.actor)
}

/// What it was done to, by the name that people know.
fn subject(entry: &AuditEntry) -> &str {
    entry.subject_name.as_ref().unwrap_or(&entry.subject)
}

/// What there is to tell, without what is empty.
fn detail(entry: &AuditEntry) -> String {
    let Some(detail) = entry.detail.as_object() else {
        return String::new();
    };
    let told = detail.iter().filter(|(_, value)| !value.is_null());
    let told = told.map(|(key, value)| match value.as_str() {
        Some(text) => format!("{key}={text}"),
        None => format!("{key}={value}"),
    });
    told.collect::<Vec<_>>().join(" ")
}

/// The next entries after a place in the chain, in its order.
async fn sealed_after(client: &Client, call: &Call, seq: i64) -> Result<Vec<AuditEntry>, Failure> {
    let call = call
        .clone()
        .query("sealed", "true")
        .query("since_seq", seq.to_string())
        .query("limit", "500");
    let page: Page<AuditEntry> = client.json(call).await?;
    if page.items.iter().any(|entry| entry.seq <= Some(seq)) {
        return Err(same_page());
    }
    Ok(page.items)
}
