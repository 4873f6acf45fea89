//! Which hosts a step runs on.
//!
//! Choosing is pure: the caller says which hosts exist, who is online and how loaded they are.

mod selector;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use selector::{Selector, SelectorError, is_label_key};

use crate::model::{Runtime, Step, StepPath, Workflow};

/// A worker as targets and expressions see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    pub id: String,
    pub name: String,
    pub groups: Vec<String>,
    pub role: String,
    pub region: String,
    pub runtimes: Vec<String>,
    pub labels: BTreeMap<String, String>,
    /// Everything it says it can do, as it says it.
    pub capabilities: Arc<Value>,
    /// The function blocks that it offers.
    pub blocks: Vec<String>,
    /// How many jobs run there now.
    pub load: u32,
    /// Whether it has no room for another job now.
    pub full: bool,
    pub online: bool,
}

/// What a host must have for a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Needs<'a> {
    pub runtime: Option<Runtime>,
    pub block: Option<&'a str>,
    /// An agent that masks secrets in what the step writes.
    pub masking: bool,
}

impl Host {
    /// Whether it has what a step needs. One that does not list its runtimes is tried.
    pub fn has(&self, needs: Needs<'_>) -> bool {
        let runs = |runtime: Runtime| {
            self.runtimes.is_empty() || self.runtimes.iter().any(|own| own == runtime.as_str())
        };
        let offers = |block: &str| self.blocks.iter().any(|own| own == block);
        let masks = || self.capabilities["masking"] == true;
        needs.runtime.is_none_or(runs)
            && needs.block.is_none_or(offers)
            && (!needs.masking || masks())
    }
}

impl fmt::Display for Needs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.block, self.runtime) {
            (Some(block), _) => write!(f, "the function block `{block}`")?,
            (None, Some(runtime)) => write!(f, "the runtime `{}`", runtime.as_str())?,
            (None, None) => f.write_str("nothing")?,
        }
        if self.masking {
            f.write_str(" and an agent that masks secrets")?;
        }
        Ok(())
    }
}

/// What a step does with a chosen host that is not connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    #[default]
    Fail,
    Skip,
    Wait {
        for_ms: u64,
    },
}

/// The hosts a step wants.
#[derive(Clone, Debug)]
pub struct Targets {
    pub wanted: Wanted,
    /// Only those of them that these mean too: the targets of a run narrow those of a step.
    pub within: Option<Wanted>,
    /// Whether they are the document's, which are a default for its steps.
    pub is_default: bool,
    /// Take this many of the hosts that match; all of them without it.
    pub pick: Option<u32>,
    pub offline: Offline,
}

#[derive(Clone, Debug)]
pub enum Wanted {
    /// Names of workers, names of groups, or `all`.
    List(Vec<String>),
    Matching(Selector),
}

/// What targets come to on a given fleet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Positions in the list of hosts, each once.
    pub chosen: Vec<usize>,
    /// The entries of the list that name no host and no group.
    pub unmatched: Vec<String>,
    /// The hosts that the list names themselves, but that lack what the step needs.
    pub unfit: Vec<String>,
    /// Whether hosts are meant, and none of them is among those that the run is narrowed to.
    pub left_out: bool,
}

/// The targets that a step or a group around it names.
fn named_targets<'a>(workflow: &'a Workflow, step: &'a Step) -> Option<&'a Targets> {
    let mut at = step;
    loop {
        if let Some(targets) = at.own_targets() {
            return Some(targets);
        }
        at = at
            .parent
            .as_ref()
            .and_then(|parent| workflow.step(parent))?;
    }
}

/// The targets of one step: its own, or its group's, as far as those that are given for the run mean them
/// too; else those that are given; else the workflow's, which are a default.
pub fn step_targets(
    workflow: &Workflow,
    step: &StepPath,
    given: Option<&Targets>,
) -> Option<Targets> {
    let step = workflow.step(step).filter(|step| step.has_targets())?;
    match (named_targets(workflow, step).cloned(), given) {
        (Some(named), Some(given)) if named.is_default => Some(Targets {
            wanted: given.wanted.clone(),
            ..named
        }),
        (Some(named), Some(given)) => Some(Targets {
            within: Some(given.wanted.clone()),
            ..named
        }),
        (Some(named), None) => Some(named),
        (None, Some(given)) => Some(given.clone()),
        (None, None) => workflow.targets.clone(),
    }
}

impl Targets {
    /// Targets as a call gives them: a list of names and groups, or a selector.
    pub fn given(value: &Value) -> Option<Self> {
        match value {
            Value::Array(list) => {
                let names: Option<Vec<String>> = list
                    .iter()
                    .map(|name| name.as_str().map(str::to_owned))
                    .collect();
                names.filter(|names| !names.is_empty()).map(Self::list)
            }
            Value::String(text) => {
                let selector = Selector::parse(text).ok()?;
                Some(Self::wanting(Wanted::Matching(selector)))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
        }
    }

    /// Targets named at run time.
    pub fn list(entries: Vec<String>) -> Self {
        Self::wanting(Wanted::List(entries))
    }

    /// All hosts that are wanted, as steps have them that say nothing else.
    pub fn wanting(wanted: Wanted) -> Self {
        Self {
            wanted,
            within: None,
            is_default: false,
            pick: None,
            offline: Offline::default(),
        }
    }

    /// Finds the hosts these targets mean.
    ///
    /// Only hosts that have what the step needs are chosen; a host that the list names itself
    /// and that lacks it is told, since leaving it out would be silent.
    ///
    /// Without `pick` the order is by name; with it the least loaded online hosts come first.
    pub fn select(&self, hosts: &[Host], needs: Needs<'_>) -> Selection {
        let (mut chosen, mut unmatched) = self.wanted.among(hosts);
        let mut left_out = false;
        if let Some(within) = &self.within {
            let (allowed, unknown) = within.among(hosts);
            let is_meant = !chosen.is_empty();
            chosen.retain(|at| allowed.contains(at));
            unmatched.extend(unknown);
            left_out = is_meant && chosen.is_empty();
        }
        let unfit = self.unfit(&chosen, hosts, needs);
        chosen.retain(|at| hosts[*at].has(needs));
        chosen.sort_by(|a, b| by_name(&hosts[*a], &hosts[*b]));
        if let Some(pick) = self.pick {
            let rank = |host: &Host| (!host.online, host.full, host.load);
            chosen.sort_by_key(|at| rank(&hosts[*at]));
            chosen.truncate(pick as usize);
        }
        Selection {
            chosen,
            unmatched,
            unfit,
            left_out,
        }
    }

    fn unfit(&self, chosen: &[usize], hosts: &[Host], needs: Needs<'_>) -> Vec<String> {
        let Wanted::List(entries) = &self.wanted else {
            return Vec::new();
        };
        // With `pick` any of the hosts will do.
        if self.pick.is_some() {
            return Vec::new();
        }
        chosen
            .iter()
            .map(|at| &hosts[*at])
            .filter(|host| {
                !host.has(needs) && entries.iter().any(|e| *e == host.name || *e == host.id)
            })
            .map(|host| host.name.clone())
            .collect()
    }

    /// The targets as the document writes them, and what they are narrowed to.
    pub fn text(&self) -> String {
        match &self.within {
            Some(within) => format!("{} (only {})", self.wanted.text(), within.text()),
            None => self.wanted.text(),
        }
    }
}

impl Wanted {
    /// As it is written.
    pub fn text(&self) -> String {
        match self {
            Self::List(entries) => entries.join(", "),
            Self::Matching(selector) => selector.source().to_owned(),
        }
    }

    /// The positions of the hosts that are meant, and the entries that mean none.
    fn among(&self, hosts: &[Host]) -> (Vec<usize>, Vec<String>) {
        match self {
            Self::List(entries) => listed(entries, hosts),
            Self::Matching(selector) => {
                let matching = (0..hosts.len()).filter(|at| selector.matches(&hosts[*at]));
                (matching.collect(), Vec::new())
            }
        }
    }
}

fn by_name(a: &Host, b: &Host) -> std::cmp::Ordering {
    (&a.name, &a.id).cmp(&(&b.name, &b.id))
}

fn listed(entries: &[String], hosts: &[Host]) -> (Vec<usize>, Vec<String>) {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_group: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, host) in hosts.iter().enumerate() {
        by_name.entry(&host.name).or_default().push(at);
        // An id is as good as a name, for callers that know only that.
        by_name.entry(&host.id).or_default().push(at);
        for group in &host.groups {
            by_group.entry(group).or_default().push(at);
        }
    }
    let mut chosen = BTreeSet::new();
    let mut unmatched = Vec::new();
    let mut missed = BTreeSet::new();
    for entry in entries {
        if entry == "all" && !by_name.contains_key("all") {
            chosen.extend(0..hosts.len());
        } else if let Some(found) = by_name
            .get(entry.as_str())
            .or_else(|| by_group.get(entry.as_str()))
        {
            chosen.extend(found);
        } else if missed.insert(entry) {
            unmatched.push(entry.clone());
        }
    }
    (chosen.into_iter().collect(), unmatched)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleet() -> Vec<Host> {
        let host = |name: &str, group: &str, load: u32, online: bool| Host {
            id: format!("id-{name}"),
            name: name.into(),
            groups: vec![group.into(), "fleet".into()],
            load,
            online,
            ..Host::default()
        };
        vec![
            host("web-2", "web", 0, true),
            host("web-1", "web", 5, true),
            host("db-1", "db", 0, false),
            host("db", "spare", 1, true),
        ]
    }

    fn names(targets: &Targets, hosts: &[Host]) -> Vec<String> {
        targets
            .select(hosts, Needs::default())
            .chosen
            .iter()
            .map(|at| hosts[*at].name.clone())
            .collect()
    }

    #[test]
    fn a_name_wins_over_a_group_of_the_same_name() {
        assert_eq!(names(&Targets::list(vec!["db".into()]), &fleet()), ["db"]);
    }

    #[test]
    fn a_host_named_twice_is_chosen_once() {
        let targets = Targets::list(vec!["web".into(), "web-1".into(), "fleet".into()]);

        assert_eq!(names(&targets, &fleet()), ["db", "db-1", "web-1", "web-2"]);
    }

    #[test]
    fn all_means_every_host() {
        assert_eq!(names(&Targets::list(vec!["all".into()]), &fleet()).len(), 4);
    }

    #[test]
    fn an_entry_that_matches_nothing_is_reported_and_never_means_all() {
        let targets = Targets::list(vec!["wbe".into(), "web-1".into(), "wbe".into()]);

        let selection = targets.select(&fleet(), Needs::default());

        assert_eq!(selection.chosen, [1]);
        assert_eq!(selection.unmatched, ["wbe"]);
    }

    #[test]
    fn targets_of_a_run_narrow_and_never_broaden() {
        let within = |own: &str, run: &str, pick: Option<u32>| Targets {
            within: Some(Wanted::List(vec![run.into()])),
            pick,
            ..Targets::list(vec![own.into()])
        };
        let select = |targets: &Targets| targets.select(&fleet(), Needs::default());

        assert_eq!(
            names(&within("fleet", "web", None), &fleet()),
            ["web-1", "web-2"]
        );
        assert_eq!(names(&within("web-1", "all", None), &fleet()), ["web-1"]);
        assert_eq!(names(&within("fleet", "web", Some(1)), &fleet()), ["web-2"]);
        let apart = select(&within("web", "db", None));
        assert!(apart.left_out && apart.chosen.is_empty());
        let unknown = select(&within("web", "wbe", None));
        assert_eq!(unknown.unmatched, ["wbe"]);
        let nothing = select(&within("wbe", "web", None));
        assert!(!nothing.left_out, "its own targets mean nobody");
    }

    #[test]
    fn a_group_matches_whole_and_never_by_prefix() {
        let selection = Targets::list(vec!["we".into()]).select(&fleet(), Needs::default());

        assert!(selection.chosen.is_empty());
    }

    #[test]
    fn a_step_goes_only_to_hosts_that_have_what_it_needs() {
        let mut hosts = fleet();
        for host in &mut hosts {
            host.runtimes = vec!["shell".into()];
        }
        hosts[1].runtimes.push("python".into());
        hosts[3].blocks.push("restart".into());
        let python = Needs {
            masking: false,
            runtime: Some(Runtime::Python),
            block: None,
        };
        let restart = Needs {
            masking: false,
            runtime: None,
            block: Some("restart"),
        };
        let all = Targets::list(vec!["all".into()]);

        assert_eq!(all.select(&hosts, python).chosen, [1]);
        assert_eq!(all.select(&hosts, restart).chosen, [3]);
        assert!(all.select(&hosts, python).unfit.is_empty());
        let named = Targets::list(vec!["web-1".into(), "web-2".into()]);
        assert_eq!(named.select(&hosts, python).unfit, ["web-2"]);
    }

    #[test]
    fn pick_takes_hosts_with_room_before_those_that_are_full() {
        let mut hosts = fleet();
        hosts[0].full = true;
        let mut targets = Targets::list(vec!["all".into()]);
        targets.pick = Some(1);

        assert_eq!(names(&targets, &hosts), ["db"]);
    }

    #[test]
    fn pick_takes_the_least_loaded_online_hosts() {
        let mut targets = Targets::list(vec!["all".into()]);
        targets.pick = Some(2);

        assert_eq!(names(&targets, &fleet()), ["web-2", "db"]);
    }
}
