//! `workflow apply --prune`: finding what no document says any more.

use pulse_api::http::{health::UserView, workflows::WorkflowView};
use pulse_workflow::{Host, Selector};

use crate::{
    client::{Call, Client},
    commands::selectors,
    error::Failure,
};

/// The stored workflows that match and are in none of the documents.
pub(super) struct Found {
    /// What the caller is called.
    pub(super) me: String,
    /// Those that the caller has made.
    pub(super) mine: Vec<WorkflowView>,
    /// Those that others have made, which are not the caller's to prune.
    pub(super) others: Vec<WorkflowView>,
}

/// Finds what matches and is not among these.
pub(super) async fn find(client: &Client, selector: &str, kept: &[&str]) -> Result<Found, Failure> {
    let selector = by_name(selector)?;
    let me: UserView = client.get("/user").await?;
    let mut stored: Vec<WorkflowView> = client.list(Call::get("/workflows"), None).await?;
    stored.retain(|workflow| {
        let host = Host {
            name: workflow.name.clone(),
            ..Host::default()
        };
        !kept.contains(&workflow.name.as_str()) && selector.matches(&host)
    });
    stored.sort_by(|one, other| one.name.cmp(&other.name));
    let is_mine = |workflow: &WorkflowView| workflow.created_by == me.username;
    let (mine, others) = stored.into_iter().partition(is_mine);
    Ok(Found {
        me: me.username,
        mine,
        others,
    })
}

/// A workflow has a name and nothing else that a selector could ask for. What asks for anything
/// else is refused: turned around, it would mean all of them.
fn by_name(selector: &str) -> Result<Selector, Failure> {
    let text = selectors::expression(selector)?;
    let parsed = Selector::parse(&text)
        .ok()
        .filter(Selector::asks_for_names_only);
    parsed.ok_or_else(|| {
        Failure::usage(format!(
            "`{selector}` asks for more than names, and workflows have no labels"
        ))
        .hint("write it as `name in (deploy, release)` or `name!=backup`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflows_are_chosen_by_their_names_only() {
        assert!(by_name("name!=backup,name!=release").is_ok());
        assert!(by_name("name in (deploy, release)").is_ok());
        assert!(by_name("!region=fra").is_err());
        assert!(by_name("name=deploy,team=a").is_err());
    }
}
