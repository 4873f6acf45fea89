//! Telling a channel something to see whether it arrives.

use pulse_api::http::notifications::NotificationView;
use serde_json::json;
use uuid::Uuid;

use super::{Filter, deliver, way};
use crate::{
    app::App,
    domain::{
        EngineError, Verb,
        once::{Once, OnceError},
        perform, perform_once,
    },
    model::grant::Reach,
    store::{self, StoreError, Tx, notifications::Claimed},
};

/// Adds a test for a channel.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub(crate) channel: String,
    pub(crate) by: String,
}

/// Why nothing was tested.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TestError {
    #[error("there is no channel {0}")]
    Unknown(String),
    #[error("could not write down the test")]
    Engine(#[from] EngineError),
}

impl From<StoreError> for TestError {
    fn from(error: StoreError) -> Self {
        Self::Engine(error.into())
    }
}

impl Verb for Test {
    type Output = Uuid;
    type Error = TestError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Uuid, TestError> {
        let channel = &self.channel;
        if store::notifications::channels::find(tx, channel)
            .await?
            .is_none()
        {
            return Err(TestError::Unknown(channel.clone()));
        }
        let id = store::notifications::insert_test(tx, channel, deliver::LEASE_MS).await?;
        store::audit::insert(tx, (&self.by, "channel.test", channel), json!({"id": id}));
        Ok(id)
    }

    fn store_error(error: &TestError) -> Option<&StoreError> {
        match error {
            TestError::Engine(error) => error.store(),
            TestError::Unknown(_) => None,
        }
    }
}

/// Takes a test that nobody has tried.
#[derive(Debug)]
struct Take(Uuid);

impl Verb for Take {
    type Output = Option<Claimed>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Option<Claimed>, StoreError> {
        store::notifications::take_test(tx, self.0).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Tells a channel something, once, and gives what came of it. The same call made again tells nobody
/// anything.
pub(crate) async fn test(
    app: &App,
    once: Option<&Once>,
    wish: &Test,
) -> Result<NotificationView, OnceError<TestError>> {
    let id = perform_once(app, once, wish).await?;
    tried(app, id).await.map_err(OnceError::Verb)
}

async fn tried(app: &App, id: Uuid) -> Result<NotificationView, TestError> {
    if let Some(claimed) = perform(app, &Take(id)).await? {
        let open = way::open(app, &claimed.notice.channel).await?;
        deliver::attempt(app, &open, &claimed).await?;
    }
    let everything = Reach {
        groups: None,
        workflows: None,
    };
    let filter = Filter {
        id: Some(id),
        ..Filter::default()
    };
    let found = super::told(app, (&filter, &everything), (None, 1)).await?;
    found.into_iter().next().ok_or(StoreError::Stale.into())
}
