//! `workflow apply --prune`: finding what no document says any more.

use pulse_api::http::workflows::WorkflowView;
use pulse_workflow::{Host, Selector};

use crate::{
    client::{Call, Client},
    commands::selectors,
    error::Failure,
};

/// The names of the stored workflows that match and are not among these.
pub(super) async fn find(
    client: &Client,
    selector: &str,
    kept: &[&str],
) -> Result<Vec<String>, Failure> {
    let selector = by_name(selector)?;
    let stored: Vec<WorkflowView> = client.list(Call::get("/workflows"), None).await?;
    let mut names: Vec<String> = stored.into_iter().map(|workflow| workflow.name).collect();
    names.retain(|name| {
        let host = Host {
            name: name.clone(),
            ..Host::default()
        };
        !kept.contains(&name.as_str()) && selector.matches(&host)
    });
    names.sort();
    Ok(names)
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
