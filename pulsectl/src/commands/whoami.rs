//! `whoami`: who the token belongs to.

use clap::Args;
use pulse_api::http::health::UserView;
use serde::Serialize;

use crate::{
    app::App,
    error::{Exit, Failure},
    ui::{Cell, Column, Row, document},
};

/// Show whose token is in use, and what it may do
#[derive(Debug, Args)]
pub(crate) struct Whoami {}

#[derive(Serialize)]
struct Me {
    #[serde(flatten)]
    user: UserView,
    url: String,
    context: Option<String>,
    token_origin: Option<String>,
}

impl Row for Me {
    const KIND: &'static str = "user";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("USER", |me, _| Cell::new(&me.user.username)),
            Column::new("ROLE", |me, _| Cell::new(me.user.role.as_str())),
            Column::new("URL", |me, _| Cell::new(&me.url)),
            Column::new("CONTEXT", |me, _| Cell::maybe(me.context.as_ref())),
        ]
    }

    fn key(&self) -> String {
        self.user.username.clone()
    }
}

impl Whoami {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let settings = &app.settings;
        let url = settings.url()?.value;
        let token_origin = settings.token(&url)?.map(|token| token.origin);
        let user: UserView = app.client()?.get("/user").await?;
        let context = settings.context_name()?.map(|name| name.value);
        let me = Me {
            user,
            url,
            context,
            token_origin,
        };
        app.ui.object(&me, || {
            let user = &me.user;
            let expiry = user.token_expires_at.map(|at| app.ui.times.show(at));
            document(&[
                ("User", user.username.clone()),
                ("Name", user.display_name.clone().unwrap_or_default()),
                ("Email", user.email.clone().unwrap_or_default()),
                ("Role", user.role.to_string()),
                ("Groups", user.groups.join(", ")),
                ("Token expires", expiry.unwrap_or_default()),
                ("Token from", me.token_origin.clone().unwrap_or_default()),
                ("Server", me.url.clone()),
                ("Context", me.context.clone().unwrap_or_default()),
            ])
        })?;
        Ok(Exit::OK)
    }
}
