//! `worker token`: one-shot rights to enrol a host.

use std::time::Duration;

use clap::{Args, Subcommand};
use pulse_api::{
    http::{
        regions::RegionView,
        workers::{EnrollTokenView, IssueEnrollToken, IssuedEnrollToken},
    },
    status::WorkerRole,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::{
        each::Each,
        references::{self, Known, Noun},
        token,
    },
    duration,
    error::{Exit, Failure},
    flags::Pairs,
    ui::{Cell, Column, Row, Toned as _, quote, time_cell},
};

/// Create, list and revoke enrolment tokens
#[derive(Debug, Subcommand)]
#[command(defer = true)]
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

/// Create a token that enrols a host, once unless told otherwise; its secret is shown this one time
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker token create --region fra --ttl 15m -q |
    ssh host2 'sudo pulse-agent enroll --url https://pulse.example --token-file -'
  pulsectl worker token create --region fra --print-install")]
pub(crate) struct Create {
    /// Region of the host; not needed where there is only one
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// What it may do: action, sensor or hybrid
    #[arg(long, default_value = "action")]
    role: WorkerRole,
    /// Group of the host; may be repeated
    #[arg(long, value_name = "NAME")]
    group: Vec<String>,
    /// Label of the host; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    label: Vec<String>,
    /// The only name that may be enrolled with it
    #[arg(long)]
    name: Option<String>,
    /// How long it may be used
    #[arg(long, value_name = "DURATION", value_parser = duration::parse, default_value = "15m")]
    ttl: Duration,
    /// How many hosts it enrols
    #[arg(long, value_name = "N", default_value_t = 1)]
    uses: u32,
    /// Print a block for the host's shell instead
    #[arg(long)]
    print_install: bool,
}

impl Create {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        if !self.print_install {
            token::shows_secret(app)?;
        }
        let client = app.client()?;
        let body = IssueEnrollToken {
            region: match self.region {
                Some(region) => region,
                None => only_region(&client).await?,
            },
            ttl_seconds: u32::try_from(self.ttl.as_secs()).unwrap_or(u32::MAX),
            role: self.role,
            groups: self.group.clone(),
            labels: LABELS.read(&self.label)?,
            name: self.name.clone(),
            uses: self.uses,
        };
        let call = Call::post("/workers/enroll-tokens").json(&body)?;
        let issued: IssuedEnrollToken = match client.json(call).await {
            Ok(issued) => issued,
            Err(failure) => {
                let named = (Noun::Region, std::slice::from_ref(&body.region));
                return Err(references::or_missing(&client, named, failure).await);
            }
        };
        if self.print_install {
            let host = (self.name.as_deref(), self.uses);
            let install = install_block(client.url(), &issued, host);
            if app.ui.is_structured() {
                app.ui.structured(&Installing { issued, install })?;
            } else {
                app.ui.text(&install)?;
            }
            return Ok(Exit::OK);
        }
        token::tell_secret(app, &issued.token, &issued)?;
        if !app.ui.is_structured() {
            app.ui.say(format!(
                "enrols {} in region {} until {}; the secret is shown only now",
                hosts(self.uses),
                issued.region,
                app.ui.times.show(issued.expires_at)
            ));
            app.ui.say(format!(
                "on the host: sudo pulse-agent enroll --url {} --token-file -",
                quote(client.url())
            ));
        }
        Ok(Exit::OK)
    }
}

/// The server's region, where it has exactly one.
async fn only_region(client: &Client) -> Result<String, Failure> {
    let regions: Vec<RegionView> = client.list(Call::get("/regions"), None).await?;
    match regions.as_slice() {
        [only] => Ok(only.code.clone()),
        [] => Err(Failure::usage("the server has no region yet")
            .hint("`pulsectl region create CODE --name NAME` makes one")),
        several => {
            let lines = several
                .iter()
                .map(|region| format!("{}  {}", region.code, region.name));
            Err(Failure::usage("the server has several regions; name one")
                .details(lines.collect())
                .hint(format!("add --region {}", quote(&several[0].code))))
        }
    }
}

/// A token with what to paste into the shell of the host.
#[derive(Debug, Serialize)]
struct Installing {
    #[serde(flatten)]
    issued: IssuedEnrollToken,
    install: String,
}

/// What to paste into the shell of the host.
fn install_block(
    url: &str,
    issued: &IssuedEnrollToken,
    (name, uses): (Option<&str>, u32),
) -> String {
    let name = name
        .map(|name| format!(" --name {}", quote(name)))
        .unwrap_or_default();
    format!(
        "# Enrols {}, until {}.\n\
         sudo apt-get install -y pulse-agent &&\n\
         printf '%s\\n' {} | sudo pulse-agent enroll --url {} --token-file -{name} &&\n\
         sudo systemctl enable --now pulse-agent\n",
        if uses == 1 {
            "this host, once".to_owned()
        } else {
            hosts(uses)
        },
        issued.expires_at,
        quote(&issued.token),
        quote(url)
    )
}

const LABELS: Pairs = Pairs {
    flag: "--label",
    example: "rack=b7",
};

fn hosts(uses: u32) -> String {
    match uses {
        1 => "one host".to_owned(),
        uses => format!("{uses} hosts"),
    }
}

impl Row for EnrollTokenView {
    const KIND: &'static str = "token";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("ID", |token, _| Cell::new(token.id.to_string())),
            Column::new("STATUS", |token, _| token.status.to_cell()),
            Column::new("REGION", |token, _| Cell::new(&token.region)),
            Column::new("NAME", |token, _| Cell::maybe(token.name.as_ref())),
            Column::new("USED", |token, _| {
                Cell::new(format!("{}/{}", token.used, token.uses))
            }),
            Column::new("BY", |token, _| Cell::new(&token.created_by)),
            Column::new("EXPIRES", |token, times| {
                time_cell(Some(token.expires_at), times)
            }),
            Column::wide("ROLE", |token, _| Cell::new(token.role.as_str())),
            Column::wide("GROUPS", |token, _| Cell::list(&token.groups)),
            Column::wide("WORKER", |token, _| {
                Cell::maybe(token.worker_id.map(|id| id.to_string()))
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

/// List enrolment tokens
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let tokens: Vec<EnrollTokenView> = app
            .client()?
            .list(Call::get("/workers/enroll-tokens"), None)
            .await?;
        app.ui.list(&tokens)?;
        Ok(Exit::OK)
    }
}

/// Make enrolment tokens worthless
#[derive(Debug, Args)]
pub(crate) struct Revoke {
    /// Ids, or their beginnings
    #[arg(value_parser = crate::names::given("token"), required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Revoke {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let mut each = Each::of(self.ids.len(), "token");
        for given in &self.ids {
            each.take(given, revoke(app, &client, given).await)?;
        }
        each.end()
    }
}

async fn revoke(app: &App, client: &Client, given: &str) -> Result<(), Failure> {
    let id = id_of(client, given).await?;
    let path = format!("/workers/enroll-tokens/{}", segment(&id));
    let sent = client.send(&Call::delete(&path)).await;
    sent.map_err(|failure| references::or_list(failure, LIST))?;
    let done = serde_json::json!({"id": id, "revoked": true});
    let line = format!("token/{id} revoked");
    app.ui.done(("token", &id), &done, line)
}

const LIST: &str = "`pulsectl worker token ls` shows the tokens";

/// The id of a token, from its id or the beginning of it.
async fn id_of(client: &Client, given: &str) -> Result<String, Failure> {
    if given.parse::<Uuid>().is_ok() {
        return Ok(given.to_owned());
    }
    let tokens: Vec<EnrollTokenView> = client
        .list(Call::get("/workers/enroll-tokens"), None)
        .await
        .map_err(|failure| references::or_list(failure, LIST))?;
    let named = |token: &EnrollTokenView| {
        Known::new(token.id.0, token.name.as_deref().unwrap_or(&token.region))
    };
    let known: Vec<Known> = tokens.iter().map(named).collect();
    let found = references::by_beginning(("token", given), &known)?;
    found.map(Known::reference).ok_or_else(|| {
        Failure::not_found(format!("there is no enrolment token {given}")).hint(LIST)
    })
}
