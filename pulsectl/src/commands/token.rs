//! `token`: ways in for people and scripts.

use std::time::Duration;

use clap::{Args, Subcommand};
use pulse_api::{
    http::tokens::{CreateToken, CreatedToken, TokenView},
    status::Role,
};

use crate::{
    app::App,
    client::{Call, segment},
    clock,
    commands::references,
    duration,
    error::{Exit, Failure},
    ui::{Cell, Column, Row, Tone, time_cell},
};

/// Create, list and revoke tokens of people and scripts
#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    Create(Create),
    #[command(visible_alias = "list")]
    Ls(Ls),
    Revoke(Revoke),
}

impl Token {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Create(command) => command.run(app).await,
            Self::Ls(command) => command.run(app).await,
            Self::Revoke(command) => command.run(app).await,
        }
    }
}

impl Row for TokenView {
    const KIND: &'static str = "token";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("ID", |token, _| Cell::new(token.id.to_string())),
            Column::new("NAME", |token, _| Cell::new(&token.name)),
            Column::new("USER", |token, _| Cell::new(&token.username)),
            Column::new("ROLE", |token, _| Cell::new(token.role.as_str())),
            Column::new("STATUS", |token, _| status(token)),
            Column::new("EXPIRES", |token, times| {
                time_cell(Some(token.expires_at), times)
            }),
            Column::wide("GROUPS", |token, _| Cell::new(token.groups.join(","))),
            Column::wide("WORKFLOWS", |token, _| {
                Cell::maybe(token.workflows.as_ref().map(|names| names.join(",")))
            }),
            Column::wide("CREATED", |token, times| {
                time_cell(Some(token.created_at), times)
            }),
        ]
    }

    fn key(&self) -> String {
        self.id.to_string()
    }
}

fn status(token: &TokenView) -> Cell {
    if token.revoked_at.is_some() {
        Cell::toned("revoked", Tone::Dim)
    } else if token.expires_at < clock::now() {
        Cell::toned("expired", Tone::Dim)
    } else {
        Cell::toned("valid", Tone::Good)
    }
}

/// Create a token; its secret is shown this one time
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl token create --name ci --role operator --ttl 30d -q > ci.token")]
pub(crate) struct Create {
    /// What it is for
    #[arg(long)]
    name: String,
    /// What it may do: viewer, operator or admin
    #[arg(long)]
    role: Role,
    /// How long it is valid
    #[arg(long, value_name = "DURATION", value_parser = duration::parse, default_value = "90d")]
    ttl: Duration,
    /// Only for this workflow; may be given again for more
    #[arg(long = "workflow", value_name = "NAME")]
    workflows: Vec<String>,
    /// In this group too; may be given again for more
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
}

impl Create {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let body = CreateToken {
            name: self.name,
            role: self.role,
            ttl_seconds: u32::try_from(self.ttl.as_secs()).unwrap_or(u32::MAX),
            groups: some(self.groups),
            workflows: some(self.workflows),
        };
        let created: CreatedToken = app
            .client()?
            .json(Call::post("/tokens").json(&body)?)
            .await?;
        app.ui.changed(&created.token, &created, &created.token)?;
        if !app.ui.is_structured() {
            app.ui.say(format!(
                "token {} of {}, valid until {}; the secret is shown only now",
                created.name,
                created.role,
                app.ui.times.show(created.expires_at)
            ));
        }
        Ok(Exit::OK)
    }
}

/// A list that was given, or nothing.
fn some(list: Vec<String>) -> Option<Vec<String>> {
    (!list.is_empty()).then_some(list)
}

/// List tokens
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let tokens: Vec<TokenView> = app.client()?.list(Call::get("/tokens"), None).await?;
        app.ui.list(&tokens)?;
        Ok(Exit::OK)
    }
}

/// End tokens at once
#[derive(Debug, Args)]
pub(crate) struct Revoke {
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Revoke {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        for id in &self.ids {
            client
                .send(&Call::delete(&format!("/tokens/{}", segment(id))))
                .await
                .map_err(|failure| {
                    references::or_list(failure, "`pulsectl token ls` shows the tokens")
                })?;
            let done = serde_json::json!({"id": id, "revoked": true});
            app.ui.changed(id, &done, format!("token/{id} revoked"))?;
        }
        Ok(Exit::OK)
    }
}
