//! `login`: stores a token after checking it.

use clap::Args;
use pulse_api::http::health::UserView;

use crate::{
    app::App,
    config::{
        Context, Credential, LOGIN, Sourced, Stored, full_path, read_token_file, same_server,
        tidy_url,
    },
    error::{Exit, Failure},
    ui,
};

/// Store a token for a server, after checking it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl login https://pulse.example
  pulsectl login https://pulse.example --token-file - < token
  pulsectl login http://127.0.0.1:8080 --context dev --token-file dev.token")]
pub(crate) struct Login {
    /// Address of the server; that of the context in use without
    #[arg(value_name = "URL")]
    address: Option<String>,
}

impl Login {
    pub(crate) async fn run(mut self, app: &App) -> Result<Exit, Failure> {
        let settings = &app.settings;
        let url = match self.address.take() {
            Some(address) => tidy_url(&address)?,
            None => settings.url()?.value,
        };
        let token = ask_token(app, &url).await?;
        let client = app.connect(url.clone(), Some(token.clone()))?;
        let token = token.value;
        let user: UserView = client.get("/user").await?;
        let name = context_name(app, &url)?;
        store(
            app,
            &name,
            Credential {
                url: url.clone(),
                token: token.clone(),
            },
        )?;
        let line = format!(
            "logged in to {url} as {} ({}), context {name}",
            user.username, user.role
        );
        app.ui.done(("context", &name), &user, line)?;
        warn_of_environment(app, (&url, &token));
        Ok(Exit::OK)
    }
}

async fn ask_token(app: &App, url: &str) -> Result<Sourced<String>, Failure> {
    let settings = &app.settings;
    if let Some(path) = &settings.global.token_file {
        return Ok(Sourced::new(read_token_file(path)?, LOGIN));
    }
    if let Some(token) = settings.env_token(url)? {
        return Ok(token);
    }
    if !app.ui.interactive {
        return Err(
            Failure::usage("there is no terminal to ask for the token on")
                .hint("give it with --token-file FILE, or --token-file - on stdin"),
        );
    }
    let token = ui::ask_hidden(&format!("Token for {url}: ")).await?;
    Ok(Sourced::new(token, LOGIN))
}

/// The context named by `--context`, else the one with this address, else one named by its host.
fn context_name(app: &App, url: &str) -> Result<String, Failure> {
    if let Some(name) = &app.settings.global.context {
        return Ok(name.clone());
    }
    let file = app.settings.file()?;
    let known = file
        .contexts
        .iter()
        .find(|(_, context)| same_server(&context.url, url));
    if let Some((name, _)) = known {
        return Ok(name.clone());
    }
    let host = reqwest::Url::parse(url).ok().and_then(|url| {
        let host = url.host_str()?.to_owned();
        Some(
            url.port()
                .map_or_else(|| host.clone(), |port| format!("{host}:{port}")),
        )
    });
    Ok(host.unwrap_or_else(|| "default".to_owned()))
}

fn store(app: &App, name: &str, credential: Credential) -> Result<(), Failure> {
    let mut stored = Stored::open(&app.settings)?;
    let context = stored
        .file
        .contexts
        .entry(name.to_owned())
        .or_insert_with(Context::default);
    context.url.clone_from(&credential.url);
    if let Some(ca_cert) = &app.settings.global.ca_cert {
        context.ca_cert = Some(full_path(ca_cert));
    }
    stored.file.current = Some(name.to_owned());
    let contexts = &mut stored.credentials.contexts;
    contexts.insert(name.to_owned(), credential);
    stored.write()
}

/// What of the environment stands before the context that has just been made the current one.
fn warn_of_environment(app: &App, (url, token): (&str, &str)) {
    let env = &app.settings.env;
    let other_url = env.get("PULSE_URL").filter(|other| {
        let tidy = tidy_url(other);
        tidy.is_ok_and(|other| !same_server(&other, url))
    });
    let is_other = |file: &&str| read_token_file(file).is_ok_and(|own| own != token);
    let set = [
        other_url.map(|_| "PULSE_URL"),
        env.get("PULSE_TOKEN")
            .filter(|own| own.trim() != token)
            .map(|_| "PULSE_TOKEN"),
        env.get("PULSE_TOKEN_FILE")
            .filter(is_other)
            .map(|_| "PULSE_TOKEN_FILE"),
        env.get("PULSE_CONTEXT").map(|_| "PULSE_CONTEXT"),
    ];
    let set: Vec<&str> = set.into_iter().flatten().collect();
    if !set.is_empty() {
        app.ui.warn(format!(
            "{} in the environment comes before what is stored; unset it, or name the context with --context",
            set.join(", ")
        ));
    }
}
