//! `user`: people who sign in through a proxy.

use clap::{Args, Subcommand, ValueEnum};
use pulse_api::http::users::{FixedRole, PatchUser, UserRow};

use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
    ui::{Cell, Column, Row, Tone, document, time_cell},
};

/// See who signs in through a proxy, set their roles, and lock them out
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum User {
    #[command(visible_alias = "list")]
    Ls(Ls),
    Show(Show),
    SetRole(SetRole),
    Disable(Disable),
    Enable(Enable),
}

impl User {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::SetRole(command) => command.run(app).await,
            Self::Disable(command) => command.run(app).await,
            Self::Enable(command) => command.run(app).await,
        }
    }
}

impl Row for UserRow {
    const KIND: &'static str = "user";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("USER", |user, _| Cell::new(&user.username)),
            Column::new("NAME", |user, _| Cell::maybe(user.display_name.as_ref())),
            Column::new("ROLE", |user, _| Cell::new(role(user))),
            Column::new("STATUS", |user, _| status(user)),
            Column::new("SEEN", |user, times| time_cell(Some(user.seen_at), times)),
            Column::wide("EMAIL", |user, _| Cell::maybe(user.email.as_ref())),
            Column::wide("GROUPS", |user, _| Cell::new(user.groups.join(","))),
        ]
    }

    fn key(&self) -> String {
        self.username.clone()
    }
}

fn role(user: &UserRow) -> String {
    match (user.role, user.fixed_role) {
        (None, _) => "none".to_owned(),
        (Some(role), None) => role.to_string(),
        (Some(role), Some(_)) => format!("{role} (set)"),
    }
}

fn status(user: &UserRow) -> Cell {
    if user.disabled {
        Cell::toned("disabled", Tone::Bad)
    } else {
        Cell::toned("enabled", Tone::Good)
    }
}

/// List who has signed in
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let users: Vec<UserRow> = app.client()?.list(Call::get("/users"), None).await?;
        app.ui.list(&users)?;
        Ok(Exit::OK)
    }
}

/// Show a user
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Their name, as `user ls` shows it
    #[arg(value_name = "USER")]
    username: String,
}

impl Show {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let user: UserRow = references::with(&client, (Noun::User, &self.username), async |name| {
            client.get(&format!("/users/{}", segment(name))).await
        })
        .await?;
        app.ui.object(&user, || {
            document(&[
                ("User", user.username.clone()),
                ("Name", user.display_name.clone().unwrap_or_default()),
                ("Email", user.email.clone().unwrap_or_default()),
                ("Role", role(&user)),
                ("Groups", user.groups.join(", ")),
                ("Disabled", user.disabled.to_string()),
                ("First seen", app.ui.times.show(user.created_at)),
                ("Last seen", app.ui.times.show(user.seen_at)),
            ])
        })?;
        Ok(Exit::OK)
    }
}

/// What decides on a role.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Choice {
    Viewer,
    Approver,
    #[value(alias = "employee")]
    Operator,
    Admin,
    /// The user's groups
    ByGroups,
}

/// Set the role of a user, whatever their groups give
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl user set-role alice admin
  pulsectl user set-role alice by-groups")]
pub(crate) struct SetRole {
    /// Their name, as `user ls` shows it
    #[arg(value_name = "USER")]
    username: String,
    /// The role they have from now on
    role: Choice,
}

impl SetRole {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let role = match self.role {
            Choice::Viewer => FixedRole::Viewer,
            Choice::Approver => FixedRole::Approver,
            Choice::Operator => FixedRole::Operator,
            Choice::Admin => FixedRole::Admin,
            Choice::ByGroups => FixedRole::ByGroups,
        };
        let wish = PatchUser {
            role: Some(role),
            disabled: None,
        };
        let user = change(app, &self.username, wish).await?;
        let line = format!("user/{} is {}", user.username, role_now(&user));
        app.ui.changed(&user, line)?;
        Ok(Exit::OK)
    }
}

fn role_now(user: &UserRow) -> String {
    user.role.map_or_else(
        || "in no group that lets them in".to_owned(),
        |role| role.to_string(),
    )
}

/// Lock a user out at once, with all tokens of their own
#[derive(Debug, Args)]
pub(crate) struct Disable {
    /// Their name, as `user ls` shows it
    #[arg(value_name = "USER")]
    username: String,
}

impl Disable {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let wish = PatchUser {
            role: None,
            disabled: Some(true),
        };
        let user = change(app, &self.username, wish).await?;
        let line = format!("user/{} disabled", user.username);
        app.ui.changed(&user, line)?;
        Ok(Exit::OK)
    }
}

/// Let a user in again
#[derive(Debug, Args)]
pub(crate) struct Enable {
    /// Their name, as `user ls` shows it
    #[arg(value_name = "USER")]
    username: String,
}

impl Enable {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let wish = PatchUser {
            role: None,
            disabled: Some(false),
        };
        let user = change(app, &self.username, wish).await?;
        let line = format!("user/{} enabled", user.username);
        app.ui.changed(&user, line)?;
        Ok(Exit::OK)
    }
}

async fn change(app: &App, username: &str, wish: PatchUser) -> Result<UserRow, Failure> {
    let client = app.client()?;
    references::with(&client, (Noun::User, username), async |name| {
        let call = Call::patch(&format!("/users/{}", segment(name))).json(&wish)?;
        client.json(call).await
    })
    .await
}
