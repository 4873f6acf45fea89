//! Notifications that are due: each channel is served by a task of its own, so that one of which nobody
//! answers keeps none waiting but itself.

use std::time::{Duration, Instant};

use crate::{
    app::App,
    causes::error_chain,
    domain::notifications::deliver::{self, Served},
};

/// Has the channels served for which something is due, and gives how long until the next look.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let left = &app.left_aside().channels;
    let waiting = deliver::waiting(&app).await?;
    let is_told = |name: &String| !waiting.iter().any(|(own, _)| own == name);
    for told in left.keys().iter().filter(|name| is_told(name)) {
        left.done(told);
    }
    let mut next = Duration::from_secs(1);
    let now = Instant::now();
    let until = |channel: &str| left.until(&channel.to_owned()).map(|until| ms(now, until));
    for (channel, wait_ms) in in_turn(waiting, until) {
        if let Ok(wait_ms @ 1..) = u64::try_from(wait_ms) {
            next = next.min(Duration::from_millis(wait_ms));
        } else if app.courier().take(&channel) {
            let served = Place(app.clone(), channel);
            app.supervisor().spawn("notify", serve(served));
        }
    }
    Ok(next)
}

/// Has the channels in the order in which they became ready, with in how many milliseconds they do or did:
/// one that is left aside is ready after that, and those that became ready meanwhile go before it.
fn in_turn(waiting: Vec<(String, i64)>, until: impl Fn(&str) -> Option<i64>) -> Vec<(String, i64)> {
    let mut all = waiting;
    for (channel, wait_ms) in &mut all {
        *wait_ms = until(channel).unwrap_or(*wait_ms).max(*wait_ms);
    }
    all.sort_by_key(|(_, wait_ms)| *wait_ms);
    all
}

/// In how many milliseconds it is then, or was.
fn ms(now: Instant, then: Instant) -> i64 {
    let ms = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    match then.checked_duration_since(now) {
        Some(wait) => ms(wait),
        None => -ms(now.duration_since(then)),
    }
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
    let (app, left) = (app.clone(), &app.left_aside().channels);
    match deliver::serve(&app, channel).await {
        Ok(Served::Wholly) => {
            left.done(channel);
            drop(place);
            // What has come since the last look found the channel taken.
            app.switchboard().doorbells().notifications.notify_one();
        }
        Ok(Served::InPart) => {
            left.put(channel.clone());
        }
        Ok(Served::Elsewhere(why)) => {
            if left.put(channel.clone()) {
                tracing::warn!(channel.name = %channel, %why, "notifications wait for another server");
            }
        }
        Err(error) => {
            tracing::warn!(channel.name = %channel, cause = %error_chain(&error), "notifications will be tried again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_served_in_the_order_in_which_they_became_ready() {
        let waiting = [
            ("dead", -9_000),
            ("resting", -9_000),
            ("new", -50),
            ("soon", 20),
        ];
        let waiting = waiting.map(|(name, wait_ms)| (name.to_owned(), wait_ms));
        let until = |channel: &str| match channel {
            "dead" => Some(-10),
            "resting" => Some(4_000),
            _ => None,
        };

        let turns = in_turn(waiting.to_vec(), until);

        let turns: Vec<_> = turns
            .iter()
            .map(|(name, ms)| (name.as_str(), *ms))
            .collect();
        assert_eq!(
            turns,
            [
                ("new", -50),
                ("dead", -10),
                ("soon", 20),
                ("resting", 4_000)
            ]
        );
    }
}
