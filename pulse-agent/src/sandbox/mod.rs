//! Confining steps, as far as this host can.
//!
//! A step without restrictions is started directly. One with restrictions is started through
//! a `stage`: this program once more, which confines itself and then becomes the step.

pub(crate) mod files;
pub(crate) mod group;
mod hierarchy;
mod layers;
pub(crate) mod stage;

use serde_json::{Value, json};

use self::group::Groups;
pub(crate) use self::layers::{Layers, Paths};

/// What this host can restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ability {
    pub(crate) groups: Option<Groups>,
    pub(crate) paths: bool,
    /// Whether steps can run as somebody else.
    pub(crate) users: bool,
}

impl Ability {
    /// Looks at this host, for the executor of this name.
    pub(crate) fn find(owner: &str) -> Self {
        Self {
            groups: Groups::find(owner),
            paths: files::is_there(),
            users: rustix::process::geteuid().is_root(),
        }
    }

    /// Whether nothing that a step starts can hide from its end.
    pub(crate) fn contains(&self) -> bool {
        self.groups.as_ref().is_some_and(Groups::contain)
    }

    /// In one word.
    pub(crate) fn level(&self) -> &'static str {
        let is_whole = |groups: &Groups| groups.controllers().len() == 3 && groups.contain();
        match (&self.groups, self.paths, self.users) {
            (Some(groups), true, true) if is_whole(groups) => "full",
            (None, false, _) => "limits",
            (Some(_) | None, _, _) => "partial",
        }
    }

    /// What the server is told.
    pub(crate) fn describe(&self) -> Value {
        let groups = self.groups.as_ref();
        let controllers = groups.map(|groups| {
            let controllers = groups.controllers();
            let words = controllers.iter().map(|controller| controller.as_str());
            words.collect::<Vec<_>>()
        });
        json!({
            "level": self.level(),
            "limits": true,
            "no_new_privileges": true,
            "user": self.users,
            "cgroup": groups.and_then(Groups::version),
            "controllers": controllers.unwrap_or_default(),
            "containment": self.contains(),
            "landlock": self.paths,
        })
    }

    /// Why a step cannot be confined as it must be.
    pub(crate) fn lacks(&self, wanted: &Layers) -> Option<String> {
        if let Some((name, _)) = wanted.limits.unknown.iter().next() {
            return Some(format!("this agent does not know the restriction `{name}`"));
        }
        let has_limits = self.groups.as_ref().and_then(Groups::version).is_some();
        if wanted.limits.has_group_limits() && !has_limits {
            return Some("this host lets the agent make no control groups".to_owned());
        }
        if !wanted.paths.is_empty() && !self.paths {
            return Some("this host's kernel has no Landlock to restrict paths with".to_owned());
        }
        None
    }
}
