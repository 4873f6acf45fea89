//! Stored documents in the hands of several people.

use pulse_tests::{World, steps, world::said};

/// Stores a document as somebody else.
async fn put(world: &World, name: &str) {
    let somebody = world.somebody("admin").await;
    let document = steps::one("true", &["all"]);
    somebody
        .put(&format!("/workflows/{name}"), &document.to_string())
        .await
        .is(201);
}

#[tokio::test]
async fn pruning_takes_only_what_the_same_person_has_made() {
    let world = World::start().await;
    put(&world, "theirs").await;
    let text = "name: NAME\nsteps:\n  - name: A\n    command: 'true'\n    targets: [all]\n";
    let own = world.write("own.yaml", &text.replace("NAME", "own"));
    let old = world.write("old.yaml", &text.replace("NAME", "old"));
    let apply = async |more: &[&str]| {
        let mut command = world.ctl_command();
        command.args(["workflow", "apply"]).args(more);
        said(command).await
    };
    let (own, old) = (own.to_str().unwrap(), old.to_str().unwrap());
    apply(&[own, old]).await.is(0);

    let pruned = apply(&[own, "--prune", "-l", "name!=spared", "--yes"]).await;

    let lines = [
        "workflow/own unchanged (version 1)",
        "workflow/old pruned",
        "workflow/theirs kept: a admin has made it",
    ];
    assert_eq!(pruned.is(0).lines().collect::<Vec<_>>(), lines);
    let left = "select name from workflows where deleted_at is null order by name";
    assert_eq!(world.database.ask(left).await, ["own", "theirs"]);
    let trail = "select subject from audit where action = 'workflow.delete'";
    assert_eq!(world.database.ask(trail).await, ["old"]);
}
