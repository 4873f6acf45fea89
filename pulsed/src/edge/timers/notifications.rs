//! Notifications that are due: each channel is served by a task of its own, so that one of which nobody
//! answers keeps none waiting but itself.

use std::time::Duration;

use crate::{
    app::App,
    causes::error_chain,
    domain::notifications::deliver::{self, Served},
};

/// Has the channels served for which something is due, and gives how long until the next look.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let mut next = Duration::from_secs(1);
    for (channel, wait_ms) in deliver::waiting(&app).await? {
        if wait_ms > 0 {
            next = next.min(Duration::from_millis(wait_ms));
        } else if app.courier().take(&channel) {
            let served = Place(app.clone(), channel);
            app.supervisor().spawn("notify", serve(served));
        }
    }
    Ok(next)
}

/// A channel that is served, until this is gone.
struct Place(App, String);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.courier().put_back(&self.1);
    }
}

async fn serve(place: Place) {
    let Place(app, channel) = &place;
    let app = app.clone();
    match deliver::serve(&app, channel).await {
        Ok(Served::Wholly) => {
            drop(place);
            // What has come since the last look found the channel taken.
            app.switchboard().doorbells().notifications.notify_one();
        }
        Ok(Served::InPart) => {}
        Err(error) => {
            tracing::warn!(channel.name = %channel, cause = %error_chain(&error), "notifications will be tried again");
        }
    }
}
