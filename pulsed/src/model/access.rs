//! Who may do what: one table, which the router is built from and a test walks.

use pulse_api::{WorkerId, status::Role};

/// Who acts when nobody does: what is due is done in the server's own name.
pub(crate) const PULSE: &str = "pulse";

/// Somebody who has proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// A person or a script.
    User(User),
    /// A host's agent.
    Worker(Speaker),
}

/// Whom a host's agent speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Speaker {
    /// The worker whose own credential it has.
    One(WorkerId),
    /// Any worker that came with the key that older workers share.
    Shared,
}

impl Principal {
    /// The name under which it stands in the audit trail.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::User(user) => user.username.clone(),
            Self::Worker(Speaker::One(id)) => id.to_string(),
            Self::Worker(Speaker::Shared) => "shared key".to_owned(),
        }
    }
}

/// A person or a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) username: String,
    pub(crate) display_name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) role: Role,
    pub(crate) via: Via,
    /// The only workflows that it has to do with, where it is not all of them.
    pub(crate) workflows: Option<Vec<String>>,
}

/// What somebody asks for that they do not have themselves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Beyond {
    #[error("the role {own} makes no token with the role {more}")]
    Role { own: Role, more: Role },
    #[error("you are not in the group {0:?}")]
    Group(String),
    #[error("your own token is not for the workflow {0:?}")]
    Workflow(String),
    #[error("your own token is for some workflows only")]
    EveryWorkflow,
}

impl User {
    /// Whether a token with this gives no more than they have: the only rule about what tokens may do.
    pub(crate) fn covers(
        &self,
        role: Role,
        groups: &[String],
        workflows: Option<&[String]>,
    ) -> Result<(), Beyond> {
        if role > self.role {
            let (own, more) = (self.role, role);
            return Err(Beyond::Role { own, more });
        }
        let mut foreign = groups.iter().filter(|group| !self.groups.contains(group));
        if let Some(group) = foreign.next().filter(|_| self.role != Role::Admin) {
            return Err(Beyond::Group(group.clone()));
        }
        let Some(own) = &self.workflows else {
            return Ok(());
        };
        let wanted = workflows.ok_or(Beyond::EveryWorkflow)?;
        match wanted.iter().find(|name| !own.contains(name)) {
            Some(other) => Err(Beyond::Workflow(other.clone())),
            None => Ok(()),
        }
    }

    /// When what they have shown is good no more: nothing that they make outlives it.
    pub(crate) fn ends_at(&self) -> Option<jiff::Timestamp> {
        match &self.via {
            Via::Token { expires_at, .. } => Some(*expires_at),
            Via::Proxy | Via::Console => None,
        }
    }

    /// Who types this command on the server's own host.
    pub(crate) fn of_console(command: &str) -> Self {
        Self {
            username: command.to_owned(),
            display_name: None,
            email: None,
            groups: Vec::new(),
            role: Role::Admin,
            via: Via::Console,
            workflows: None,
        }
    }
}

/// How somebody proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Via {
    Token {
        id: uuid::Uuid,
        /// The digest of the secret that was shown, of which a token may have two for a while.
        shown: Vec<u8>,
        /// When that secret is good no more.
        expires_at: jiff::Timestamp,
        /// Whom it belongs to, where that is somebody whom a proxy has named.
        owner: Option<String>,
    },
    /// A trusted proxy vouches for them.
    Proxy,
    /// They have typed a command on the server's own host.
    Console,
}

/// What a trusted proxy says of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) username: String,
    pub(crate) display_name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) groups: Vec<String>,
}

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anybody, without signing in.
    Open,
    /// Any person or script.
    Viewer,
    /// A person or script that may answer.
    Approver,
    /// A person or script that may run and answer.
    Operator,
    /// A person or script that may do everything.
    Admin,
    /// A worker, about itself only.
    Worker,
    /// Whoever collects metrics: any person or script, or also others, as configured.
    Scraper,
    /// Any person, script or worker that has signed in.
    Anybody,
}

impl Access {
    /// Whether the role is enough; a worker is never enough for a person's route.
    pub(crate) fn admits(self, principal: Option<&Principal>) -> bool {
        match (self, principal) {
            (Self::Open, _)
            | (Self::Anybody, Some(_))
            | (Self::Worker, Some(Principal::Worker(_)))
            | (Self::Viewer | Self::Scraper, Some(Principal::User(_))) => true,
            (Self::Approver, Some(Principal::User(user))) => user.role >= Role::Approver,
            (Self::Operator, Some(Principal::User(user))) => user.role >= Role::Operator,
            (Self::Admin, Some(Principal::User(user))) => user.role >= Role::Admin,
            (Self::Anybody, None)
            | (Self::Worker, Some(Principal::User(_)) | None)
            | (
                Self::Viewer | Self::Approver | Self::Operator | Self::Admin | Self::Scraper,
                Some(Principal::Worker(_)) | None,
            ) => false,
        }
    }
}

/// What the groups of the seed call a role.
pub(crate) fn group_of(role: Role) -> &'static str {
    match role {
        Role::Admin => "admin",
        Role::Operator => "employee",
        Role::Approver => "approver",
        Role::Viewer => "viewer",
    }
}

/// The highest role that a group of somebody's gives; whole names only.
pub(crate) fn role_of(groups: &[String], giving: [(Role, &[String]); 3]) -> Option<Role> {
    let gives = |names: &[String]| names.iter().any(|name| groups.contains(name));
    let roles = giving.into_iter().filter(|(_, names)| gives(names));
    roles.map(|(role, _)| role).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(groups: &[&str]) -> Option<Role> {
        let own = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        let (admin, employee, viewer) = (own(&["admin"]), own(&["employee"]), own(&["viewer"]));
        let giving = [
            (Role::Admin, admin.as_slice()),
            (Role::Operator, employee.as_slice()),
            (Role::Viewer, viewer.as_slice()),
        ];
        role_of(&own(groups), giving)
    }

    #[test]
    fn the_highest_role_of_all_groups_counts() {
        assert_eq!(role(&["viewer", "admin", "employee"]), Some(Role::Admin));
        assert_eq!(role(&["cooks", "employee"]), Some(Role::Operator));
    }

    fn user(role: Role, groups: &[&str], workflows: Option<&[&str]>) -> User {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        User {
            username: "ada".to_owned(),
            display_name: None,
            email: None,
            groups: own(groups),
            role,
            via: Via::Proxy,
            workflows: workflows.map(own),
        }
    }

    #[test]
    fn nobody_covers_more_than_they_have() {
        let one = |name: &str| vec![name.to_owned()];
        let ops = user(Role::Operator, &["ops"], None);
        let some = user(Role::Operator, &["ops"], Some(&["deploy"]));
        let admin = user(Role::Admin, &[], None);

        let (own, more) = (Role::Operator, Role::Admin);
        assert_eq!(ops.covers(more, &[], None), Err(Beyond::Role { own, more }));
        assert_eq!(ops.covers(Role::Viewer, &one("ops"), None), Ok(()));
        let foreign = Err(Beyond::Group("leads".to_owned()));
        assert_eq!(ops.covers(Role::Viewer, &one("leads"), None), foreign);
        assert_eq!(admin.covers(more, &one("leads"), None), Ok(()));
        assert_eq!(ops.covers(own, &[], Some(&one("deploy"))), Ok(()));
        assert_eq!(some.covers(own, &[], Some(&one("deploy"))), Ok(()));
        let other = Err(Beyond::Workflow("other".to_owned()));
        assert_eq!(some.covers(own, &[], Some(&one("other"))), other);
        assert_eq!(some.covers(own, &[], None), Err(Beyond::EveryWorkflow));
    }

    #[test]
    fn a_group_that_is_only_alike_gives_nothing() {
        for near in ["admins", "adm", "Admin", "admin ", ""] {
            assert_eq!(role(&[near]), None, "{near}");
        }
        assert_eq!(role(&[]), None);
    }
}
