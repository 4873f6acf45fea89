//! A channel that starts a workflow: how people handle notifications in ways of their own.

use pulse_api::{ExecutionId, http::notifications::StartSpec, status::NotificationEvent};
use serde_json::{Map, Value};

use crate::{
    app::App,
    courier::Undelivered,
    domain::{
        Verb, engine,
        executions::{
            again,
            start::{Start, StartError, What},
        },
        perform,
        secret_inputs::Inputs,
        windows::Windows,
    },
    model::{grant::Reach, notification::Notice},
    store::{
        self, StoreError, Tx, executions,
        notifications::{BY_CHANNEL, is_reaction},
        workflows::Name,
    },
};

/// Starts the execution that a notification becomes, unless it has begun already: both have one id.
#[derive(Debug)]
struct Begin<'a> {
    spec: &'a StartSpec,
    notice: &'a Notice,
}

impl Verb for Begin<'_> {
    type Output = ();
    type Error = StartError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), StartError> {
        let id = ExecutionId(self.notice.id);
        let everything = Reach {
            groups: None,
            workflows: None,
        };
        let begun = executions::find(tx, executions::Name::Id(id), &everything).await?;
        if begun.is_some() {
            return Ok(());
        }
        let reach = self.reach(tx).await?.unwrap_or(everything);
        let name = Name::Name(self.spec.workflow.clone());
        let inputs = self.inputs(app, tx, &name).await?;
        let start = Start {
            id,
            what: What::Workflow(name, None),
            inputs: Inputs::open(inputs),
            targets: None,
            reason: Some(format!("notification: {}", self.notice.title())),
            by: format!("{BY_CHANNEL}{}", self.notice.channel),
            reach,
            windows: Windows::Obeyed,
        };
        again::start_within(app, tx, (&start, None)).await?;
        Ok(())
    }

    fn store_error(error: &StartError) -> Option<&StoreError> {
        error.store()
    }
}

impl Begin<'_> {
    /// How far whoever has it told reaches, where it is not the channel by itself: that an admin has made.
    async fn reach(&self, tx: &mut Tx) -> Result<Option<Reach>, StoreError> {
        if self.notice.event != NotificationEvent::Step {
            return Ok(None);
        }
        let reach = match &self.notice.execution {
            Some(about) => store::calls::reach(tx, ExecutionId(about.id)).await?,
            None => None,
        };
        Ok(Some(reach.unwrap_or_else(Reach::nobodys)))
    }

    /// What the channel gives, and of the notification what the workflow takes.
    async fn inputs(
        &self,
        app: &App,
        tx: &mut Tx,
        name: &Name,
    ) -> Result<Map<String, Value>, StartError> {
        let mut inputs = self.notice.inputs();
        if let Some(version) = store::workflows::version(tx, name, None).await? {
            let workflow = engine::workflow(app, tx, &version.definition).await?;
            inputs.retain(|name, _| workflow.inputs.iter().any(|spec| spec.name == *name));
        }
        let given = self.spec.inputs.iter();
        inputs.extend(given.map(|(name, value)| (name.clone(), Value::String(value.clone()))));
        Ok(inputs)
    }
}

/// Starts the workflow of a channel.
pub(super) async fn start(app: &App, spec: &StartSpec, notice: &Notice) -> Result<(), Undelivered> {
    let is_told_by_a_step = notice.event == NotificationEvent::Step;
    let about = notice.execution.as_ref();
    if let Some(about) = about.filter(|about| is_told_by_a_step && is_reaction(&about.started_by)) {
        let (by, channel) = (&about.started_by, &notice.channel);
        return Err(Undelivered::Barred(
            "channel_cycle",
            format!(
                "it would run in circles: {by} has started this execution, and {channel} starts a workflow"
            ),
        ));
    }
    let begun = perform(app, &Begin { spec, notice }).await;
    begun.map_err(|error| {
        if is_told_by_a_step && error.is_of_rights() {
            // The workflow itself is not named to who may not see it.
            return Undelivered::Barred(
                "forbidden",
                format!(
                    "whoever started this execution may not run what the channel {} starts",
                    notice.channel
                ),
            );
        }
        let is_of_the_moment = matches!(
            error,
            StartError::Paused { .. } | StartError::Denied { .. } | StartError::Place(_)
        );
        if error.store().is_some() {
            Undelivered::later("the database could not be asked")
        } else if is_of_the_moment || error.is_of_this_server() {
            Undelivered::later(error.told())
        } else {
            // Who may see what is told of need not see the workflow: it is not named.
            Undelivered::Refused(error.told())
        }
    })
}
