//! What somebody may do with one workflow, beside what their role lets them do.

use pulse_api::status::Role;
use serde::{Deserialize, Serialize};

use super::access::User;

/// The groups that a workflow's newest version names; without a list, whoever's role is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grants {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<Vec<String>>,
    /// With everybody who may run or answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    view: Option<Vec<String>>,
}

/// What is to be done with a workflow or an execution of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    View,
    Run,
    Answer,
}

impl Grants {
    /// Whoever may run or answer may also see what they run and answer.
    pub(crate) fn new(
        run: Option<Vec<String>>,
        answer: Option<Vec<String>>,
        view: Option<Vec<String>>,
    ) -> Self {
        let view = view.map(|mut view| {
            view.extend(run.iter().chain(&answer).flatten().cloned());
            view.sort();
            view.dedup();
            view
        });
        Self { run, answer, view }
    }

    /// Whether nothing is restricted.
    pub(crate) fn is_open(&self) -> bool {
        *self == Self::default()
    }

    fn groups(&self, right: Right) -> Option<&[String]> {
        let groups = match right {
            Right::View => &self.view,
            Right::Run => &self.run,
            Right::Answer => &self.answer,
        };
        groups.as_deref()
    }
}

/// How far somebody reaches: what a workflow's grants are compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reach {
    /// `None` for an admin, whom no grant keeps out.
    pub(crate) groups: Option<Vec<String>>,
    /// The only workflows, where it is not all of them.
    pub(crate) workflows: Option<Vec<String>>,
}

impl Reach {
    pub(crate) fn of(user: &User) -> Self {
        Self {
            groups: (user.role != Role::Admin).then(|| user.groups.clone()),
            workflows: user.workflows.clone(),
        }
    }

    /// That of somebody of whom nothing is known.
    pub(crate) fn nobodys() -> Self {
        Self {
            groups: Some(Vec::new()),
            workflows: Some(Vec::new()),
        }
    }

    /// Whether it is an admin's.
    pub(crate) fn is_admins(&self) -> bool {
        self.groups.is_none()
    }

    /// Whether the workflow, or what was run without one, lets somebody do this.
    pub(crate) fn includes(
        &self,
        right: Right,
        (workflow, grants): (Option<&str>, Option<&Grants>),
    ) -> bool {
        let is_named = |names: &Vec<String>| {
            workflow.is_some_and(|workflow| names.iter().any(|name| name == workflow))
        };
        // What somebody may not see they can neither run nor answer.
        let rights = [Right::View, right];
        let is_granted = |own: &Vec<String>| {
            rights.iter().all(|right| {
                let named = grants.and_then(|grants| grants.groups(*right));
                named.is_none_or(|named| own.iter().any(|group| named.contains(group)))
            })
        };
        self.workflows.as_ref().is_none_or(is_named) && self.groups.as_ref().is_none_or(is_granted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn member(groups: &[&str]) -> Reach {
        Reach {
            groups: Some(list(groups)),
            workflows: None,
        }
    }

    #[test]
    fn a_right_without_a_list_is_everybodys_and_an_empty_list_nobodys() {
        let grants = Grants::new(Some(list(&["ops"])), Some(Vec::new()), None);
        let may = |reach: &Reach, right| reach.includes(right, (Some("deploy"), Some(&grants)));

        assert!(may(&member(&["ops"]), Right::Run));
        assert!(!may(&member(&["op"]), Right::Run));
        assert!(!may(&member(&["ops"]), Right::Answer));
        assert!(may(&member(&[]), Right::View));
        let admin = Reach {
            groups: None,
            workflows: None,
        };
        assert!(may(&admin, Right::Answer));
    }

    #[test]
    fn whoever_may_run_or_answer_may_view() {
        let groups = |names| Some(list(names));
        let grants = Grants::new(groups(&["ops"]), groups(&["leads"]), groups(&["audit"]));
        let views = |group| member(&[group]).includes(Right::View, (Some("deploy"), Some(&grants)));

        assert!(views("ops") && views("leads") && views("audit"));
        assert!(!views("cooks"));
    }

    #[test]
    fn what_somebody_may_not_see_they_can_neither_run_nor_answer() {
        let grants = Grants::new(None, None, Some(list(&["audit"])));
        let may = |right| member(&["cooks"]).includes(right, (Some("deploy"), Some(&grants)));

        assert!(!may(Right::View) && !may(Right::Run) && !may(Right::Answer));
    }

    #[test]
    fn a_token_for_one_workflow_has_to_do_with_that_one_only() {
        let reach = Reach {
            groups: Some(list(&["employee"])),
            workflows: Some(list(&["deploy"])),
        };

        assert!(reach.includes(Right::Run, (Some("deploy"), None)));
        assert!(!reach.includes(Right::View, (Some("deploy-2"), None)));
        assert!(!reach.includes(Right::View, (None, None)));
    }
}
