//! Groups, rollouts, and steps that do something to agents.

use super::fields::{Fields, Keys, join};
use super::step::List;
use super::{Decoder, keys};
use crate::document::{Complaint, Node, Shape};
use crate::expression::Place;
use crate::model::{
    After, Agent, AgentVerb, Call, Check, Expect, Group, Health, NewErrors, OnExceed, Order,
    Rollout, Runtime, Share, Step, question, trial,
};

const KEYS: Keys = Keys {
    known: keys::ROLLOUT,
    later: &[],
};
const HEALTH: Keys = Keys {
    known: keys::HEALTH,
    later: &[],
};

impl Decoder<'_> {
    pub(super) fn group(&mut self, fields: Fields<'_>, path: &str, list: List<'_>) -> Group {
        if !fields.has("steps") {
            self.fault(fields.node.at, path, "a group needs `steps`");
        }
        let rollout = self.own_rollout(fields, path, list);
        Group {
            rollout,
            targets: self.targets(fields, path, list.targets),
            spread: self.spread(fields, path),
            instance: None,
        }
    }

    pub(super) fn agent(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        list: List<'_>,
    ) -> Option<Agent> {
        let Some(node) = fields.get("agent") else {
            self.fault(
                fields.node.at,
                path,
                "an agent step needs `agent`: drain, resume, restart or doctor",
            );
            return None;
        };
        let words = AgentVerb::ALL.map(AgentVerb::as_str);
        let word = self.word(node, &join(path, "agent"), &words)?;
        let verb = AgentVerb::ALL
            .into_iter()
            .find(|verb| verb.as_str() == word)?;
        if let Some((key, _)) = fields.entry("version")
            && verb != AgentVerb::Restart
        {
            let message = format!("`version` has no meaning with `agent: {word}`");
            let complaint = Complaint::new(key.at, message).hint("it belongs to `agent: restart`");
            self.complain(complaint, &join(path, "version"));
        }
        Some(Agent {
            verb,
            targets: self.targets(fields, path, list.targets),
            version: fields
                .get("version")
                .and_then(|node| self.template(node, &join(path, "version"), Place::Job)),
        })
    }

    pub(super) fn expect(&mut self, fields: Fields<'_>, path: &str) -> Expect {
        let word = fields
            .get("expect")
            .and_then(|node| self.word(node, &join(path, "expect"), &["success", "reboot"]));
        match word {
            Some("reboot") => Expect::Reboot,
            Some(_) | None => Expect::Success,
        }
    }

    pub(super) fn own_rollout(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        list: List<'_>,
    ) -> Option<Rollout> {
        let shell = list.runtime.unwrap_or_default();
        let node = fields.get("rollout")?;
        let path = join(path, "rollout");
        let fields = self.fields(node, &path, KEYS)?;
        let batches = match fields.get("batches") {
            Some(node) => self.batches(node, &join(&path, "batches")),
            None => vec![Share::Hosts(1)],
        };
        Some(Rollout {
            batches,
            max_unavailable: self.max_unavailable(fields, &path),
            order: self.order(fields, &path),
            pause_ms: self.length(fields, (&path, "pause")).unwrap_or(0),
            max_fail: match fields.get("max_fail") {
                Some(node) => self
                    .share(node, &join(&path, "max_fail"))
                    .unwrap_or(Share::Hosts(0)),
                None => Share::Hosts(0),
            },
            on_exceed: self.on_exceed(fields, &path),
            health: fields
                .get("health")
                .map(|node| self.healths(node, &join(&path, "health"), shell))
                .unwrap_or_default(),
        })
    }

    fn max_unavailable(&mut self, fields: Fields<'_>, path: &str) -> Option<u32> {
        let node = fields.get("max_unavailable")?;
        let path = join(path, "max_unavailable");
        let most = self.whole(node, &path)?;
        if most == 0 {
            self.fault(node.at, &path, "with no host at a time it would never end");
        }
        Some(most)
    }

    fn length(&mut self, fields: Fields<'_>, (path, key): (&str, &str)) -> Option<u64> {
        let node = fields.get(key)?;
        self.duration(node, &join(path, key))
    }

    fn order(&mut self, fields: Fields<'_>, path: &str) -> Order {
        let words = ["name", "reverse", "least_loaded"];
        let word = fields
            .get("order")
            .and_then(|node| self.word(node, &join(path, "order"), &words));
        match word {
            Some("reverse") => Order::Reverse,
            Some("least_loaded") => Order::LeastLoaded,
            Some(_) | None => Order::Name,
        }
    }

    fn on_exceed(&mut self, fields: Fields<'_>, path: &str) -> OnExceed {
        let Some(node) = fields.get("on_exceed") else {
            return OnExceed::Stop;
        };
        let path = join(path, "on_exceed");
        match self.word(node, &path, &["stop", "rollback", "prompt"]) {
            Some("rollback") => OnExceed::Rollback,
            Some("prompt") => OnExceed::Prompt,
            Some(_) | None => OnExceed::Stop,
        }
    }

    /// Reads one share or a list of them.
    fn batches(&mut self, node: &Node, path: &str) -> Vec<Share> {
        let Shape::List(items) = &node.shape else {
            return self.batch(node, path).into_iter().collect();
        };
        if items.is_empty() {
            self.fault(node.at, path, "`batches` is empty");
        }
        items
            .iter()
            .zip(0..)
            .filter_map(|(item, at)| self.batch(item, &format!("{path}[{at}]")))
            .collect()
    }

    fn batch(&mut self, node: &Node, path: &str) -> Option<Share> {
        let share = self.share(node, path)?;
        if let Share::Hosts(0) | Share::Percent(0) = share {
            self.fault(node.at, path, "a batch of 0 hosts would never end");
            return None;
        }
        Some(share)
    }

    /// Reads a number of hosts or a percentage of them.
    fn share(&mut self, node: &Node, path: &str) -> Option<Share> {
        let text = match &node.shape {
            Shape::Scalar(scalar) => scalar.text.trim(),
            Shape::List(_) | Shape::Mapping(_) => "",
        };
        let share = match text.strip_suffix('%') {
            Some(percent) => percent
                .trim()
                .parse()
                .ok()
                .filter(|percent| *percent <= 100)
                .map(Share::Percent),
            None => text.parse().ok().map(Share::Hosts),
        };
        if share.is_none() {
            let complaint = Complaint::new(node.at, "expected a number of hosts")
                .hint("write `2`, or a part of all hosts as in `\"25%\"`");
            self.complain(complaint, path);
        }
        share
    }

    /// Reads what must hold, or a list of that, each after its own batches.
    fn healths(&mut self, node: &Node, path: &str, shell: Runtime) -> Vec<Health> {
        let Shape::List(items) = &node.shape else {
            return self.health(node, path, shell).into_iter().collect();
        };
        if items.is_empty() {
            self.fault(node.at, path, "`health` is empty");
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut healths = Vec::new();
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{path}[{at}]");
            let Some(health) = self.health(item, &path, shell) else {
                continue;
            };
            if let Some(what) = runs(&health).find(|what| seen.contains(what)) {
                let complaint = Complaint::new(item.at, format!("a second `{what}`"))
                    .hint("each of `doctor`, `command` and `workflow` stands in one entry");
                self.complain(complaint, &path);
                continue;
            }
            seen.extend(runs(&health));
            healths.push(health);
        }
        healths
    }

    /// Reads what must hold: keys, or the one word that stands for a check alone.
    fn health(&mut self, node: &Node, path: &str, shell: Runtime) -> Option<Health> {
        if let Shape::Scalar(_) = node.shape {
            self.word(node, path, &["doctor"])?;
            return Some(Health {
                checks: vec![Check::Doctor],
                ..Health::default()
            });
        }
        let fields = self.fields(node, path, HEALTH)?;
        let mut number = |key: &str| {
            fields
                .get(key)
                .and_then(|node| self.whole(node, &join(path, key)))
        };
        let runs = number("runs").unwrap_or(0);
        let max_failures = number("max_failures").unwrap_or(0);
        let mut word = |key: &str, words: &[&'static str]| {
            fields
                .get(key)
                .and_then(|node| self.word(node, &join(path, key), words))
        };
        let after = match word("after", &["first", "each"]) {
            Some("first") => After::First,
            Some(_) | None => After::Each,
        };
        let new_errors = match word("new_errors", &["fail", "ignore"]) {
            Some("ignore") => NewErrors::Ignore,
            Some(_) | None => NewErrors::Refuse,
        };
        Some(Health {
            after,
            checks: self.checks(fields, path, shell),
            workflow: self.health_workflow(fields, path).map(Box::new),
            timeout_ms: self.health_timeout(fields, path),
            watch_ms: self.length(fields, (path, "for")).unwrap_or(0),
            runs,
            within_ms: self
                .length(fields, (path, "within"))
                .unwrap_or(Health::default().within_ms),
            max_failures,
            new_errors,
        })
    }

    fn health_workflow(&mut self, fields: Fields<'_>, path: &str) -> Option<Call> {
        let Some(node) = fields.get("workflow") else {
            if let Some((key, _)) = fields.entry("with") {
                let message = "`with` has no meaning without `workflow`";
                let complaint = Complaint::new(key.at, message)
                    .hint("it is what the workflow is given as its inputs");
                self.complain(complaint, &join(path, "with"));
            }
            return None;
        };
        self.called((fields, node), path)
    }

    fn health_timeout(&mut self, fields: Fields<'_>, path: &str) -> Option<u64> {
        let (key, node) = fields.entry("timeout")?;
        if !["doctor", "command", "workflow"]
            .iter()
            .any(|key| fields.has(key))
        {
            let message = "`timeout` has no meaning without `doctor`, `command` or `workflow`";
            let complaint =
                Complaint::new(key.at, message).hint("`within` is how long to wait for `runs`");
            self.complain(complaint, &join(path, "timeout"));
        }
        self.timeout(node, &join(path, "timeout"))
    }

    fn checks(&mut self, fields: Fields<'_>, path: &str, shell: Runtime) -> Vec<Check> {
        let doctor = fields
            .get("doctor")
            .and_then(|node| self.boolean(node, &join(path, "doctor")));
        let line = fields
            .get("command")
            .and_then(|node| self.body(node, &join(path, "command"), shell));
        let doctor = doctor.filter(|is_asked| *is_asked).map(|_| Check::Doctor);
        let command = line.map(|line| Check::Command { line, shell });
        doctor.into_iter().chain(command).collect()
    }
}

/// The keys by which it runs something.
fn runs(health: &Health) -> impl Iterator<Item = &'static str> {
    let checks = health.checks.iter().map(|check| match check {
        Check::Doctor => "doctor",
        Check::Command { .. } => "command",
    });
    checks.chain(health.workflow.as_ref().map(|_| "workflow"))
}

/// The steps of a rollout that nobody wrote, after the steps of its group: the checks of its health, what
/// runs its workflow, and what is asked when it goes worse than it may.
pub(super) fn unwritten(owner: &Step, inside: &[Step]) -> Vec<Step> {
    let Some(rollout) = owner.rollout() else {
        return Vec::new();
    };
    let mut before = inside.last().map(|step| step.path.clone());
    let mut steps = Vec::new();
    let mut called = None;
    for health in &rollout.health {
        called = health
            .workflow
            .as_ref()
            .map(|call| (health, &**call))
            .or(called);
        for check in &health.checks {
            let place = (&owner.path, health.timeout_ms);
            let step = check.step(place, before.take().into_iter().collect());
            before = Some(step.path.clone());
            steps.push(step);
        }
    }
    if let Some(called) = called {
        let needs = before.into_iter().collect();
        steps.push(trial::step(&owner.path, called, needs));
    }
    if rollout.on_exceed == OnExceed::Prompt {
        steps.push(question::step(owner, inside));
    }
    steps
}
