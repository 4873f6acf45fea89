//! `token`: ways in for people and scripts.

use std::time::Duration;

use clap::{Args, Subcommand};
use pulse_api::{
    http::{
        health::UserView,
        tokens::{CreateToken, CreatedToken, RotateToken, RotatedToken, TokenView},
    },
    status::{Role, UnknownStatus},
};
use uuid::Uuid;

use crate::{
    app::App,
    client::{Call, Client, segment},
    clock,
    commands::references::{self, Known, Noun, or_missing},
    duration,
    error::{Exit, Failure},
    flags::Output,
    names,
    ui::{Cell, Column, Row, Tone, time_cell},
};

/// Create, list, rotate and revoke tokens of people and scripts
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Token {
    Create(Create),
    #[command(visible_alias = "list")]
    Ls(Ls),
    Rotate(Rotate),
    Revoke(Revoke),
}

impl Token {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Create(command) => command.run(app).await,
            Self::Ls(command) => command.run(app).await,
            Self::Rotate(command) => command.run(app).await,
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
    /// What it may do: viewer, approver, operator or admin
    #[arg(long, value_parser = role)]
    role: Role,
    /// How long it is valid; without it as long as it may be, 90d at most
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    ttl: Option<Duration>,
    /// Only for this workflow; may be given again for more
    #[arg(long = "workflow", value_name = "NAME")]
    workflows: Vec<String>,
    /// In this group too; may be given again for more
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
}

/// The longest life of a token.
const LONGEST: Duration = Duration::from_hours(90 * 24);

/// A role by its name, or by that of the group which gives it.
fn role(text: &str) -> Result<Role, UnknownStatus> {
    match text {
        "employee" => Ok(Role::Operator),
        other => other.parse(),
    }
}

impl Create {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        shows_secret(app)?;
        let asked = self.ttl;
        let body = CreateToken {
            name: self.name,
            role: self.role,
            ttl_seconds: u32::try_from(asked.unwrap_or(LONGEST).as_secs()).unwrap_or(u32::MAX),
            groups: some(self.groups),
            workflows: some(self.workflows),
        };
        let client = app.client()?;
        let created = client.json(Call::post("/tokens").json(&body)?).await;
        let created: CreatedToken = match created {
            Ok(created) => created,
            Err(failure) => {
                let named = body.workflows.as_deref().unwrap_or_default();
                return Err(or_missing(&client, (Noun::Workflow, named), failure).await);
            }
        };
        tell_secret(app, &created.token, &created)?;
        if let Some(asked) = asked {
            warn_if_shorter(app, asked, &created);
        }
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

/// Prints a new token: what has not its secret in it is refused before there is one.
pub(super) fn tell_secret(
    app: &App,
    token: &str,
    created: &impl serde::Serialize,
) -> Result<(), Failure> {
    if app.ui.is_structured() && !app.ui.quiet {
        return app.ui.structured(created);
    }
    app.ui.data(token)
}

/// Refuses forms that would leave the secret out, which is shown this one time.
pub(super) fn shows_secret(app: &App) -> Result<(), Failure> {
    if matches!(app.ui.output, Output::Name | Output::Csv) && !app.ui.quiet {
        return Err(Failure::usage(
            "the secret of a token is shown once, and this form of output has no place for it",
        )
        .hint("-q prints the secret alone, -o json the token with its id"));
    }
    Ok(())
}

/// Says so when the server has given less than was asked for.
fn warn_if_shorter(app: &App, asked: Duration, created: &CreatedToken) {
    let Ok(got) = Duration::try_from(created.expires_at.duration_since(clock::now())) else {
        return;
    };
    // Clocks differ, and so do the moments of asking and of reading the answer.
    if asked.saturating_sub(got) > Duration::from_mins(5) {
        app.ui.warn(format!(
            "the token is valid for {} and not for {}: none outlives the token that makes it",
            duration::age(got.as_secs()),
            duration::age(asked.as_secs())
        ));
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

/// Give a token a new secret, shown this one time; its name, role and end stay
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl token rotate ci -q > ci.token
  pulsectl token rotate ci --overlap 1h -q > ci.token")]
pub(crate) struct Rotate {
    /// Its name or id
    #[arg(value_parser = crate::names::given("token"), value_name = "TOKEN")]
    token: String,
    /// For how long the old secret is still good, 7d at most; without it, it ends at once
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    overlap: Option<Duration>,
}

impl Rotate {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        shows_secret(app)?;
        let client = app.client()?;
        let id = find(&all(&client).await?, &self.token)?.id.to_string();
        let overlap = self.overlap.unwrap_or_default().as_secs();
        let body = RotateToken {
            overlap_seconds: u32::try_from(overlap).unwrap_or(u32::MAX),
        };
        let call = Call::post(&format!("/tokens/{}/rotate", segment(&id))).json(&body)?;
        let rotated: RotatedToken = client.json(call).await?;
        tell_secret(app, &rotated.token, &rotated)?;
        if app.ui.is_structured() {
            return Ok(Exit::OK);
        }
        let old = match rotated.previous_until {
            Some(until) => format!("until {} the old one is too", app.ui.times.show(until)),
            None => "the old one is not".to_owned(),
        };
        app.ui.say(format!(
            "the new secret of {} is valid until {}, {old}; it is shown only now",
            rotated.name,
            app.ui.times.show(rotated.expires_at)
        ));
        Ok(Exit::OK)
    }
}

/// End tokens at once
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl token revoke ci
  pulsectl token revoke ci release --yes")]
pub(crate) struct Revoke {
    /// Names or ids
    #[arg(value_parser = crate::names::given("token"), required = true, value_name = "TOKEN")]
    tokens: Vec<String>,
}

impl Revoke {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let known = all(&client).await?;
        let mut meant: Vec<&TokenView> = Vec::new();
        for given in &self.tokens {
            meant.push(find(&known, given)?);
        }
        if !app.ui.yes {
            let me: UserView = client.get("/user").await?;
            app.confirm(&question(&known, &meant, &me), "--yes")?;
        }
        for token in meant {
            let id = token.id.to_string();
            client
                .send(&Call::delete(&format!("/tokens/{}", segment(&id))))
                .await
                .map_err(|failure| references::or_list(failure, LIST))?;
            let done = serde_json::json!({"id": id, "name": token.name, "revoked": true});
            let line = format!("token/{} revoked ({id})", token.name);
            app.ui.done(("token", &id), &done, line)?;
        }
        Ok(Exit::OK)
    }
}

/// What is asked before tokens are revoked: each in full, and what it takes from whoever asks.
fn question(known: &[TokenView], meant: &[&TokenView], me: &UserView) -> String {
    let named: Vec<String> = meant
        .iter()
        .map(|token| {
            let of = format!("{} of {}, {}", token.name, token.username, token.id);
            let is_own =
                token.username == me.username && me.token_expires_at == Some(token.expires_at);
            let own = if is_own { ", which you use now" } else { "" };
            format!("{of}{own}")
        })
        .collect();
    let is_admin = |token: &&TokenView| token.role == Role::Admin && is_valid(token);
    let mut admins = known.iter().filter(is_admin).peekable();
    let is_last = admins.peek().is_some()
        && admins.all(|admin| meant.iter().any(|token| token.id == admin.id));
    let last = if is_last {
        "; no token of an admin is left then"
    } else {
        ""
    };
    let noun = if meant.len() == 1 { "token" } else { "tokens" };
    format!("revoke the {noun} {}{last}", named.join("; "))
}

/// Where tokens are found.
const LIST: &str = "`pulsectl token ls` shows the tokens";

async fn all(client: &Client) -> Result<Vec<TokenView>, Failure> {
    let tokens = client.list(Call::get("/tokens"), None).await;
    tokens.map_err(|failure| references::or_list(failure, LIST))
}

fn is_valid(token: &TokenView) -> bool {
    token.revoked_at.is_none() && token.expires_at >= clock::now()
}

/// A token by its id, the beginning of it, or the name of one that is valid.
fn find<'a>(tokens: &'a [TokenView], given: &str) -> Result<&'a TokenView, Failure> {
    let by_id = |id: Uuid| tokens.iter().find(|token| token.id.0 == id);
    if let Some(token) = given.parse().ok().and_then(by_id) {
        return Ok(token);
    }
    let valid = tokens.iter().filter(|token| is_valid(token));
    let named: Vec<&TokenView> = valid.clone().filter(|token| token.name == given).collect();
    match named.as_slice() {
        [only] => Ok(only),
        [] => {
            let known = tokens
                .iter()
                .map(|token| Known::new(token.id.0, &token.name));
            let known: Vec<Known> = known.collect();
            let begins = references::by_beginning(("token", given), &known)?;
            if let Some(token) = begins.and_then(|known| known.id).and_then(by_id) {
                return Ok(token);
            }
            let failure = Failure::not_found(format!("there is no valid token {given}"));
            Err(
                match names::nearest(given, valid.map(|token| token.name.as_str())) {
                    Some(near) => failure.hint(format!("did you mean `{near}`?")),
                    None => failure.hint(LIST),
                },
            )
        }
        several => {
            let lines = several.iter().map(|token| {
                let made = token.created_at;
                format!(
                    "{}  {} of {}, made {made}",
                    token.id, token.role, token.username
                )
            });
            let failure = Failure::usage(format!("{} tokens are called {given}", several.len()));
            Err(failure.details(lines.collect()).hint("give the id of one"))
        }
    }
}
