//! Having a channel be as somebody says, after a look at whether that can be.

use pulse_api::{
    http::notifications::{
        Address, ChannelSpec, ChannelView, EmailSpec, MailTls, SecretName, StartSpec,
    },
    status::NotificationEvent,
};
use serde_json::json;

use super::way;
use crate::{
    app::App,
    courier::{mail, plain_fault},
    domain::{Verb, secrets::delivery::SecretFault},
    model::{grant::Reach, notification::Way, workflow::is_valid_name},
    store::{self, StoreError, Tx, workflows::Name},
};

/// How many workflows, recipients or inputs a channel may name.
const MOST_NAMED: usize = 100;
/// The longest address, name of a server or value of an input.
const LONGEST: usize = 1_024;

/// Has a channel be like this, whether it is there or not.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) name: String,
    pub(crate) spec: ChannelSpec,
    pub(crate) by: String,
}

/// What is wrong with a channel.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChannelFault {
    #[error("{0} cannot be a channel's name: lower case letters, digits and `-`, at most 63")]
    Name(String),
    #[error("a channel has exactly one of slack, discord, webhook, email and start")]
    Ways,
    #[error(
        "`on` takes completed, failed, cancelled, timed_out, prompt, monitor_down and monitor_up, each once"
    )]
    Events,
    #[error("webhook.url: {0}")]
    Url(&'static str),
    #[error("email.{0}")]
    Mail(String),
    #[error("start.inputs: at most {MOST_NAMED}, each with at most {LONGEST} characters")]
    Inputs,
    #[error("a channel names at most {MOST_NAMED} workflows, and as many monitors")]
    TooMany,
    #[error("there is no workflow {0}")]
    NoWorkflow(String),
    #[error("there is no monitor {0}")]
    NoMonitor(String),
}

/// Why a channel was not made or changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PutError {
    #[error(transparent)]
    Channel(#[from] ChannelFault),
    #[error(transparent)]
    Secret(#[from] SecretFault),
    #[error("could not store the channel")]
    Store(#[from] StoreError),
}

impl Verb for Put {
    type Output = ChannelView;
    type Error = PutError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<ChannelView, PutError> {
        if !is_valid_name(&self.name) {
            let shown = self.name.chars().take(80).collect();
            return Err(ChannelFault::Name(shown).into());
        }
        let way = self.check()?;
        self.check_names(tx, way).await?;
        way::secrets(app, tx, way).await?;
        let spec = ChannelSpec {
            name: None,
            ..self.spec.clone()
        };
        if store::notifications::channels::find(tx, &self.name).await? != Some(spec.clone()) {
            let kind = way.kind();
            store::notifications::channels::put(tx, (&self.name, kind), (&spec, &self.by)).await?;
            let detail = json!({"kind": kind, "on": spec.on, "workflows": spec.workflows, "monitors": spec.monitors});
            store::audit::insert(tx, (&self.by, "channel.put", &self.name), detail);
        }
        // Only admins make one, and they see all of it.
        let everything = Reach {
            groups: None,
            workflows: None,
        };
        let view = super::get(tx, (&self.name, &everything)).await?;
        view.ok_or(PutError::Store(StoreError::Stale))
    }

    fn store_error(error: &PutError) -> Option<&StoreError> {
        match error {
            PutError::Store(error) => Some(error),
            PutError::Secret(fault) => fault.store(),
            PutError::Channel(_) => None,
        }
    }
}

impl Put {
    /// What can be seen without a look at what there is.
    fn check(&self) -> Result<Way<'_>, ChannelFault> {
        let way = Way::of(&self.spec).ok_or(ChannelFault::Ways)?;
        let on = &self.spec.on;
        let is_odd = |event: &NotificationEvent| {
            let is_said = matches!(event, NotificationEvent::Step | NotificationEvent::Test);
            is_said || on.iter().filter(|other| *other == event).count() > 1
        };
        if on.iter().any(is_odd) {
            return Err(ChannelFault::Events);
        }
        if self.spec.workflows.len().max(self.spec.monitors.len()) > MOST_NAMED {
            return Err(ChannelFault::TooMany);
        }
        match way {
            Way::Webhook(webhook) => {
                if let Address::Plain(url) = &webhook.url
                    && let Some(fault) = plain_fault(url)
                {
                    return Err(ChannelFault::Url(fault));
                }
            }
            Way::Email(spec) => check_mail(spec).map_err(ChannelFault::Mail)?,
            Way::Start(spec) => check_inputs(spec)?,
            Way::Slack(_) | Way::Discord(_) => {}
        }
        Ok(way)
    }

    /// Whether the workflows and monitors are there that it names.
    async fn check_names(&self, tx: &mut Tx, way: Way<'_>) -> Result<(), PutError> {
        let started = match way {
            Way::Start(spec) => Some(&spec.workflow),
            Way::Slack(_) | Way::Discord(_) | Way::Webhook(_) | Way::Email(_) => None,
        };
        for workflow in self.spec.workflows.iter().chain(started) {
            let name = Name::Name(workflow.replace('\0', ""));
            if store::workflows::version(tx, &name, None).await?.is_none() {
                return Err(ChannelFault::NoWorkflow(workflow.clone()).into());
            }
        }
        let monitors = &self.spec.monitors;
        let asked: Vec<String> = monitors.iter().map(|it| it.replace('\0', "")).collect();
        let known = store::monitors::known(tx, &asked).await?;
        match monitors.iter().find(|name| !known.contains(name)) {
            Some(other) => Err(ChannelFault::NoMonitor(other.clone()).into()),
            None => Ok(()),
        }
    }
}

fn check_mail(spec: &EmailSpec) -> Result<(), String> {
    let is_long = |text: &String| text.is_empty() || text.len() > LONGEST;
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if is_long(&spec.server) || !spec.server.chars().all(is_host) {
        return Err("server: it is no name of a host".to_owned());
    }
    if spec.to.is_empty() || spec.to.len() > MOST_NAMED {
        return Err(format!("to: 1 to {MOST_NAMED} addresses"));
    }
    for (key, address) in
        std::iter::once(("from", &spec.from)).chain(spec.to.iter().map(|to| ("to", to)))
    {
        if is_long(address) || !mail::is_address(address) {
            let shown: String = address.chars().take(80).collect();
            return Err(format!("{key}: {shown} is no address"));
        }
    }
    match (&spec.user, &spec.password, spec.tls) {
        (None, None, _) => Ok(()),
        (Some(_), Some(_), MailTls::None) => {
            Err("tls: nobody signs in where everybody can listen".to_owned())
        }
        (Some(user), Some(_), MailTls::Starttls | MailTls::Tls) if !is_long(user) => Ok(()),
        _ => Err("user: a user has a password, and both are given or none".to_owned()),
    }
}

fn check_inputs(spec: &StartSpec) -> Result<(), ChannelFault> {
    let is_long = |text: &String| text.chars().count() > LONGEST;
    let mut inputs = spec.inputs.iter();
    if spec.inputs.len() > MOST_NAMED || inputs.any(|(name, value)| is_long(name) || is_long(value))
    {
        return Err(ChannelFault::Inputs);
    }
    Ok(())
}

/// The secrets that a way names.
pub(super) fn named(way: Way<'_>) -> Vec<String> {
    let names: Vec<&SecretName> = match way {
        Way::Slack(hook) | Way::Discord(hook) => vec![&hook.url],
        Way::Webhook(webhook) => {
            let url = match &webhook.url {
                Address::Secret(name) => Some(name),
                Address::Plain(_) => None,
            };
            url.into_iter().chain(&webhook.sign_with).collect()
        }
        Way::Email(spec) => spec.password.iter().collect(),
        Way::Start(_) => Vec::new(),
    };
    names.into_iter().map(|name| name.secret.clone()).collect()
}
