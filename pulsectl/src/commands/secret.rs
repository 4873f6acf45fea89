//! `secret`: values that steps get in their environment. None is ever shown.

use std::{fs, io::Read as _};

use clap::{Args, Subcommand};
use pulse_api::http::secrets::{
    PutSecret, SecretText, SecretUseView, SecretVersionView, SecretView,
};

use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
    ui::{self, Cell, Column, Row, time_cell},
};

/// The longest value that a server takes, and room for the end of a line.
const LONGEST: u64 = 16 * 1024 + 2;

/// Keep values that steps get in their environment, and that nobody sees
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Secret {
    Set(Set),
    #[command(visible_alias = "list")]
    Ls(Ls),
    Rotate(Rotate),
    History(History),
    UsedBy(UsedBy),
    #[command(visible_aliases = ["remove", "delete"])]
    Rm(Remove),
}

impl Secret {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Set(command) => command.run(app).await,
            Self::Ls(command) => command.run(app).await,
            Self::Rotate(command) => command.run(app).await,
            Self::History(command) => command.run(app).await,
            Self::UsedBy(command) => command.run(app).await,
            Self::Rm(command) => command.run(app).await,
        }
    }
}

impl Row for SecretView {
    const KIND: &'static str = "secret";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |secret, _| Cell::new(&secret.name)),
            Column::new("VERSION", |secret, _| Cell::new(secret.version.to_string())),
            Column::new("WORKFLOWS", |secret, _| {
                Cell::new(all_or(secret.workflows.as_deref()))
            }),
            Column::new("REGIONS", |secret, _| {
                Cell::new(all_or(secret.regions.as_deref()))
            }),
            Column::new("SET", |secret, times| time_cell(Some(secret.set_at), times)),
            Column::new("BY", |secret, _| Cell::new(&secret.set_by)),
            Column::wide("CREATED", |secret, times| {
                time_cell(Some(secret.created_at), times)
            }),
            Column::wide("CREATED BY", |secret, _| Cell::new(&secret.created_by)),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

fn all_or(names: Option<&[String]>) -> String {
    names.map_or_else(|| "all".to_owned(), |names| names.join(","))
}

impl Row for SecretVersionView {
    const KIND: &'static str = "version";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("VERSION", |version, _| {
                Cell::new(version.version.to_string())
            }),
            Column::new("SET", |version, times| {
                time_cell(Some(version.set_at), times)
            }),
            Column::new("BY", |version, _| Cell::new(&version.set_by)),
        ]
    }

    fn key(&self) -> String {
        self.version.to_string()
    }
}

impl Row for SecretUseView {
    const KIND: &'static str = "use";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("KIND", |found, _| Cell::new(found.kind.as_str())),
            Column::new("NAME", |found, _| Cell::new(&found.name)),
            Column::new("VERSION", |found, _| {
                Cell::new(
                    found
                        .version
                        .map_or_else(String::new, |version| version.to_string()),
                )
            }),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

/// Where the value comes from.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// Read the value from this file, `-` for stdin, without the end of its last line; asked for
    /// without showing it otherwise
    #[arg(long, value_name = "FILE|-")]
    from_file: Option<String>,
}

impl Source {
    pub(crate) async fn read(&self, app: &App, name: &str) -> Result<SecretText, Failure> {
        let Some(path) = &self.from_file else {
            if !app.ui.interactive {
                return Err(
                    Failure::usage("there is no terminal to ask for the value on").hint(
                        "give it with --from-file FILE, or --from-file - on stdin; a value on the \
                         command line could be seen by everybody on this host",
                    ),
                );
            }
            let value = ui::ask_hidden(&format!("Value of {name}: ")).await?;
            return Ok(SecretText::new(value));
        };
        let failed = |error| Failure::usage(format!("cannot read {path}")).because(&error);
        let mut text = String::new();
        if path == "-" {
            std::io::stdin()
                .take(LONGEST + 1)
                .read_to_string(&mut text)
                .map_err(failed)?;
        } else {
            let file = fs::File::open(path).map_err(failed)?;
            file.take(LONGEST + 1)
                .read_to_string(&mut text)
                .map_err(failed)?;
        }
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        Ok(SecretText::new(line))
    }
}

/// What may use it.
#[derive(Debug, Args)]
struct Restrictions {
    /// Only steps of this workflow get it (repeatable)
    #[arg(long = "workflow", value_name = "WORKFLOW", value_parser = crate::names::given("workflow"))]
    workflows: Vec<String>,
    /// Only workers in this region get it (repeatable)
    #[arg(long = "region", value_name = "REGION", value_parser = crate::names::given("region"))]
    regions: Vec<String>,
    /// The same in one flag: workflow=NAME or region=CODE (repeatable)
    #[arg(long = "scope", value_name = "KIND=NAME")]
    scopes: Vec<String>,
    /// Every workflow may name it, in every region
    #[arg(long, conflicts_with_all = ["workflows", "regions", "scopes"])]
    unrestricted: bool,
}

impl Restrictions {
    /// Puts what `--scope` says where the flag of its kind would have put it.
    fn sorted(mut self) -> Result<Self, Failure> {
        for scope in std::mem::take(&mut self.scopes) {
            match scope.split_once('=') {
                Some(("workflow", name)) if !name.is_empty() => {
                    self.workflows.push(name.to_owned());
                }
                Some(("region", code)) if !code.is_empty() => self.regions.push(code.to_owned()),
                Some(_) | None => return Err(no_scope(&scope)),
            }
        }
        Ok(self)
    }

    fn one(&self, given: &[String]) -> Option<Vec<String>> {
        let is_said = self.unrestricted || !given.is_empty();
        is_said.then(|| given.to_vec())
    }
}

fn no_scope(given: &str) -> Failure {
    let hint = match given.split('=').next() {
        Some("region") => "write --scope region=fra, or --region fra",
        Some("workflow") => "write --scope workflow=deploy, or --workflow deploy",
        Some(_) | None => "write --scope workflow=deploy or --scope region=fra",
    };
    Failure::usage(format!("`--scope {given}` does not say who may use it")).hint(hint)
}

/// Set the value of a secret
///
/// A workflow that lists NAME under `secrets` finds the value in the variable NAME of its steps; in what
/// they write, it is replaced by ***. What was said before about who may use it stays, unless it is said
/// anew.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl secret set DB_PASSWORD
  pulsectl secret set DEPLOY_KEY --from-file id_ed25519 --workflow deploy
  vault read -field=token secret/ci | pulsectl secret set TOKEN --from-file - --region fra")]
pub(crate) struct Set {
    /// 1 to 63 of A-Z, 0-9 and _
    #[arg(value_parser = crate::names::given("secret"))]
    name: String,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    restrictions: Restrictions,
}

impl Set {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        if let Some(fault) = pulse_workflow::secrets::fault_of_name(&self.name) {
            let failure = Failure::usage(format!("`{}` cannot be a secret: {fault}", self.name));
            return Err(failure.hint("such as DB_PASSWORD"));
        }
        let only = self.restrictions.sorted()?;
        let wish = PutSecret {
            value: self.source.read(app, &self.name).await?,
            workflows: only.one(&only.workflows),
            regions: only.one(&only.regions),
            must_exist: false,
        };
        let client = app.client()?;
        let secret = match put(&client, &self.name, &wish).await {
            Ok(secret) => secret,
            Err(failure) => {
                let named = (Noun::Workflow, only.workflows.as_slice());
                let failure = references::or_missing(&client, named, failure).await;
                let named = (Noun::Region, only.regions.as_slice());
                return Err(references::or_missing(&client, named, failure).await);
            }
        };
        tell(app, &secret)
    }
}

async fn put(client: &Client, name: &str, wish: &PutSecret) -> Result<SecretView, Failure> {
    let path = format!("/secrets/{}", segment(name));
    client.json(Call::put(&path).json(wish)?).await
}

fn tell(app: &App, secret: &SecretView) -> Result<Exit, Failure> {
    let line = format!("secret/{} is at version {}", secret.name, secret.version);
    app.ui.changed(secret, line)?;
    Ok(Exit::OK)
}

/// List secrets, without their values
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let secrets: Vec<SecretView> = app.client()?.list(Call::get("/secrets"), None).await?;
        app.ui.list(&secrets)?;
        Ok(Exit::OK)
    }
}

/// Set another value for a secret that is there
///
/// Steps that start from now on get it; those that run keep the one that they have.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl secret rotate DB_PASSWORD
  openssl rand -hex 32 | pulsectl secret rotate DB_PASSWORD --from-file -")]
pub(crate) struct Rotate {
    /// Its name
    #[arg(id = "secret", value_name = "NAME", value_parser = crate::names::given("secret"))]
    name: String,
    #[command(flatten)]
    source: Source,
}

impl Rotate {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let wish = PutSecret {
            value: self.source.read(app, &self.name).await?,
            workflows: None,
            regions: None,
            must_exist: true,
        };
        let client = app.client()?;
        let rotated = references::with(&client, (Noun::Secret, &self.name), async |name| {
            put(&client, name, &wish).await
        });
        tell(app, &rotated.await?)
    }
}

/// Show who has set a secret, and when
///
/// Earlier values are not kept.
#[derive(Debug, Args)]
pub(crate) struct History {
    /// Its name
    #[arg(id = "secret", value_name = "NAME", value_parser = crate::names::given("secret"))]
    name: String,
}

impl History {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let versions: Vec<SecretVersionView> =
            references::with(&client, (Noun::Secret, &self.name), async |name| {
                let path = format!("/secrets/{}/versions", segment(name));
                client.list(Call::get(&path), None).await
            })
            .await?;
        app.ui.list(&versions)?;
        Ok(Exit::OK)
    }
}

/// List the workflows whose newest version names a secret
#[derive(Debug, Args)]
pub(crate) struct UsedBy {
    /// Its name
    #[arg(id = "secret", value_name = "NAME", value_parser = crate::names::given("secret"))]
    name: String,
}

impl UsedBy {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let found: Vec<SecretUseView> =
            references::with(&client, (Noun::Secret, &self.name), async |name| {
                let path = format!("/secrets/{}/uses", segment(name));
                client.list(Call::get(&path), None).await
            })
            .await?;
        app.ui.list(&found)?;
        Ok(Exit::OK)
    }
}

/// Remove a secret with its history
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Its name
    #[arg(id = "secret", value_name = "NAME", value_parser = crate::names::given("secret"))]
    name: String,
}

impl Remove {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        // Nobody is asked about what is not there.
        if !app.ui.yes {
            references::with(&client, (Noun::Secret, &self.name), async |name| {
                let path = format!("/secrets/{}", segment(name));
                client.get::<SecretView>(&path).await.map(drop)
            })
            .await?;
        }
        app.confirm(&format!("remove the secret {}", self.name), "--yes")?;
        references::with(&client, (Noun::Secret, &self.name), async |name| {
            let path = format!("/secrets/{}", segment(name));
            client.send(&Call::delete(&path)).await.map(drop)
        })
        .await?;
        let done = serde_json::json!({"name": self.name, "removed": true});
        let line = format!("secret/{} removed", self.name);
        app.ui.done(("secret", &self.name), &done, line)?;
        Ok(Exit::OK)
    }
}
