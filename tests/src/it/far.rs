//! An agent in a network of its own.

use std::time::Duration;

use pulse_tests::{
    World,
    agent::Agent,
    eventually::{PATIENCE, eventually_async},
    namespace::Namespace,
    proxy::Proxy,
    skip, steps,
    world::step_of,
};

/// A world whose one worker is behind a cable.
pub(crate) struct Far {
    pub(crate) world: World,
    pub(crate) cable: Namespace,
    pub(crate) proxy: Proxy,
}

impl Far {
    /// `None` where this host has no networks to give, with the reason told.
    pub(crate) async fn start(environment: &[(&str, &str)]) -> Option<Self> {
        let cable = match Namespace::make() {
            Ok(cable) => cable,
            Err(reason) => {
                skip(&reason);
                return None;
            }
        };
        let mut world = World::with(environment).await;
        let proxy = Proxy::on(cable.address(), world.servers[0].address());
        let token = world.enroll_token().await;
        let agent = Agent::new(world.folder(), "far", &proxy.url())
            .with("WORKER_ENROLLMENT_TOKEN", &token)
            .with("PULSE__SERVER__INSECURE", "true")
            .inside(cable.name());
        world.add(agent).await;
        Some(Self {
            world,
            cable,
            proxy,
        })
    }

    pub(crate) async fn status(&self) -> String {
        let page = self
            .world
            .admin()
            .get("/workers?findDeleted=true")
            .await
            .json();
        page["items"][0]["status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The statuses that follow each other until the last of them is reached.
    pub(crate) async fn passes(&self, expected: &[&str], bound: Duration) {
        let mut seen: Vec<String> = Vec::new();
        eventually_async(&format!("{expected:?}"), bound, async || {
            let status = self.status().await;
            if seen.last() != Some(&status) {
                seen.push(status);
            }
            let is_there = seen
                .last()
                .is_some_and(|last| Some(last.as_str()) == expected.last().copied());
            is_there.then_some(()).ok_or_else(|| format!("{seen:?}"))
        })
        .await;
        assert_eq!(seen, expected);
    }

    /// Starts a step that takes as long as this, and waits until it runs.
    pub(crate) async fn works_for(&self, seconds: u32) -> i64 {
        let command = format!("sleep {seconds}; echo done");
        let number = self.world.run(&steps::one(&command, &["far"])).await;
        self.world.step_is(number, "only", "running").await;
        eventually_async("the job runs", PATIENCE, async || {
            let view = self.world.execution(number).await;
            let status = step_of(&view, "only")["jobs"][0]["status"].clone();
            (status == "running")
                .then_some(())
                .ok_or_else(|| view.to_string())
        })
        .await;
        number
    }
}
