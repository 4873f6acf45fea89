//! How many executions of a group run at once, and what becomes of one more.

use futures_util::future::join_all;
use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::step_of,
};
use serde_json::{Value, json};

/// A document that holds its place until somebody answers.
fn asking(concurrency: &Value) -> Value {
    json!({
        "concurrency": concurrency,
        "steps": [steps::prompt("ask")],
        "finally": [{"id": "tidy", "type": "wait", "duration": "1ms"}],
    })
}

fn one() -> Value {
    asking(&json!({"group": "deploy"}))
}

async fn answer(world: &World, number: i64) {
    world.prompt(number).await;
    let path = format!("/executions/{number}/respond");
    let body = json!({"response": "Yes"});
    world.admin().post(&path, &body).await.is(200);
}

/// The executions that have begun and not ended, and those that wait for their turn.
async fn counts(world: &World) -> (usize, usize) {
    let count = async |condition: &str| {
        let found = format!("select count(*) from executions where {condition}");
        world.database.ask(&found).await[0].parse().unwrap()
    };
    (
        count("completed_at is null and status <> 'pending'").await,
        count("status = 'pending'").await,
    )
}

async fn has_begun(world: &World, number: i64) -> Value {
    eventually_async("its turn", PATIENCE, async || {
        let view = world.execution(number).await;
        let is_held = view["status"] == "pending";
        if is_held {
            Err(view.to_string())
        } else {
            Ok(view)
        }
    })
    .await
}

#[tokio::test]
async fn executions_of_a_group_begin_one_after_the_other_in_their_order() {
    let world = World::start().await;

    let first = world.run(&one()).await;
    let second = world.run(&one()).await;
    let third = world.run(&one()).await;
    let alone = world.run(&asking(&json!({"group": "other"}))).await;

    let waiting = world.execution(third).await;
    assert_eq!(waiting["status"], "pending");
    assert_eq!(waiting["started_at"], Value::Null);
    assert_eq!(
        waiting["waits_for"],
        json!([{"group": "deploy", "limit": 1, "held_by": [first], "behind": [second]}])
    );
    assert_eq!(step_of(&waiting, "ask")["status"], "waiting");
    world.prompt(alone).await;

    answer(&world, first).await;
    let begun = has_begun(&world, second).await;
    assert_ne!(begun["started_at"], Value::Null);
    assert_eq!(begun["waits_for"], Value::Null);
    let waiting = world.execution(third).await;
    assert_eq!(waiting["waits_for"][0]["held_by"], json!([second]));
    answer(&world, second).await;
    answer(&world, third).await;
    assert_eq!(world.ended(third).await["status"], "completed");
}

#[tokio::test]
async fn two_replicas_asked_at_once_never_let_more_begin_than_have_places() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let document = asking(&json!({"group": "${{ inputs.to }}", "limit": 3}));
    let mut document = document;
    document["inputs"] = json!({"to": {"type": "string"}});
    let body = json!({"definition": document, "inputs": {"to": "fra"}});

    let clients = [world.admin(), world.admin_at(1)];
    let starts = (0..24).map(|at| {
        let (client, body) = (clients[at % 2].clone(), body.clone());
        async move { client.post("/executions", &body).await.is(201)["number"].clone() }
    });
    let mut open: Vec<i64> = join_all(starts)
        .await
        .iter()
        .map(|number| number.as_i64().unwrap())
        .collect();

    while !open.is_empty() {
        let left = open.len();
        eventually_async("every place is taken", PATIENCE, async || {
            let (begun, waiting) = counts(&world).await;
            assert!(begun <= 3, "{begun} at once");
            let full = (3.min(left), left.saturating_sub(3));
            ((begun, waiting) == full)
                .then_some(())
                .ok_or_else(|| format!("{begun} begun, {waiting} waiting"))
        })
        .await;
        let mut begun = Vec::new();
        for number in &open {
            if world.execution(*number).await["status"] != "pending" {
                begun.push(*number);
            }
        }
        join_all(begun.iter().map(|number| answer(&world, *number))).await;
        for number in &begun {
            assert_eq!(world.ended(*number).await["status"], "completed");
        }
        open.retain(|number| !begun.contains(number));
    }
    assert_eq!(
        world
            .database
            .ask("select count(*) from places where begun_at is null")
            .await,
        ["0"]
    );
}

#[tokio::test]
async fn what_waits_outlives_the_server_and_a_place_that_is_freed_as_it_dies_is_not_lost() {
    let mut world = World::start().await;
    let first = world.run(&one()).await;
    let second = world.run(&one()).await;
    let third = world.run(&one()).await;
    world.prompt(first).await;

    // It dies when the place is free, and nobody was told.
    world.servers[0].die_at("prompts::Respond after_commit");
    let path = format!("/executions/{first}/respond");
    let request = world.admin().request(reqwest::Method::POST, &path);
    let request = request.json(&json!({"response": "Yes"}));
    pulse_tests::client::try_send(request).await.unwrap_err();
    world.servers[0].died();
    world.servers[0].start();
    has_begun(&world, second).await;

    // And once more as it gives the place away.
    world.servers[0].die_at("places::BeginHeld before_commit");
    answer(&world, second).await;
    world.servers[0].died();
    world.servers[0].start();
    answer(&world, third).await;

    assert_eq!(world.ended(third).await["status"], "completed");
    let begun = "select count(*) from timeline t, unnest(t.whats) w join executions e on true \
        where e.id = t.execution_id and w ->> 'event' = 'prompt' and w ->> 'status' = 'open'";
    assert_eq!(world.database.ask(begun).await, ["3"]);
}

#[tokio::test]
async fn what_waits_can_be_cancelled_and_nothing_of_it_runs() {
    let world = World::start().await;
    let first = world.run(&one()).await;
    let second = world.run(&one()).await;
    let third = world.run(&one()).await;

    let path = format!("/executions/{second}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);

    let cancelled = world.execution(second).await;
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(cancelled["started_at"], Value::Null);
    let steps = cancelled["steps"].as_array().unwrap();
    assert!(
        steps.iter().all(|step| step["status"] == "cancelled"),
        "{cancelled}"
    );
    assert_eq!(world.execution(first).await["status"], "waiting");
    answer(&world, first).await;
    answer(&world, third).await;
    assert_eq!(world.ended(third).await["status"], "completed");
}

#[tokio::test]
async fn what_waits_stays_where_it_is_while_it_is_paused() {
    let world = World::start().await;
    let first = world.run(&one()).await;
    let second = world.run(&one()).await;
    let third = world.run(&one()).await;
    let order = async |verb: &str| {
        let path = format!("/executions/{second}/{verb}");
        world.admin().post(&path, &json!({})).await.is(200);
    };

    order("pause").await;
    answer(&world, first).await;
    has_begun(&world, third).await;
    order("resume").await;

    assert_eq!(world.execution(second).await["status"], "pending");
    answer(&world, third).await;
    answer(&world, second).await;
    assert_eq!(world.ended(second).await["status"], "completed");
}

#[tokio::test]
async fn a_full_group_that_rejects_says_who_has_its_places() {
    let world = World::start().await;
    let rejecting = asking(&json!({"group": "deploy", "when_full": "reject"}));
    let first = world.run(&rejecting).await;
    let file = world.write("deploy.json", &rejecting.to_string());

    let body = json!({"definition": rejecting});
    let answered = world.admin().post("/executions", &body).await;
    let said = world
        .ctl(&["run", "-f", file.to_str().unwrap(), "-d"])
        .await;

    let problem = answered.problem(409, "group_full");
    let detail = format!("the group deploy has 1 place, which #{first} has");
    assert_eq!(problem["detail"], detail);
    said.is(9);
    assert!(said.stderr.contains(&detail), "{}", said.stderr);
    assert!(
        said.stderr
            .contains(&format!("pulsectl execution wait {first}"))
    );
    assert_eq!(
        world.database.ask("select count(*) from executions").await,
        ["1"]
    );
    answer(&world, first).await;
    world.ended(first).await;
    world.run(&rejecting).await;
}

#[tokio::test]
async fn what_waits_and_is_paused_is_in_nobodys_way() {
    let world = World::start().await;
    let first = world.run(&one()).await;
    let second = world.run(&one()).await;
    let path = format!("/executions/{second}/pause");
    world.admin().post(&path, &json!({})).await.is(200);
    answer(&world, first).await;
    world.ended(first).await;

    let rejecting = asking(&json!({"group": "deploy", "when_full": "reject"}));
    let body = json!({"definition": rejecting});
    let started = world.admin().post("/executions", &body).await.is(201);

    let number = started["number"].as_i64().unwrap();
    assert_eq!(world.execution(number).await["status"], "waiting");
    assert_eq!(world.execution(second).await["status"], "pending");
}

#[tokio::test]
async fn the_newest_takes_the_place_of_the_oldest_once_that_has_ended() {
    let world = World::start().await;
    let newest = asking(&json!({"group": "preview", "when_full": "cancel_oldest"}));

    let first = world.run(&newest).await;
    let second = world.run(&newest).await;
    let third = world.run(&newest).await;

    assert_eq!(world.ended(first).await["status"], "cancelled");
    let second = world.ended(second).await;
    assert_eq!(second["status"], "cancelled");
    assert_eq!(
        second["cancel_reason"],
        format!("#{third} needs a place in the group preview")
    );
    has_begun(&world, third).await;
    answer(&world, third).await;
    assert_eq!(world.ended(third).await["status"], "completed");
}

#[tokio::test]
async fn nobody_makes_room_by_cancelling_what_is_anothers() {
    let world = World::start().await;
    world
        .admin()
        .put("/workflows/deploy", &one().to_string())
        .await
        .is(201);
    let body = json!({"workflow": "deploy"});
    let theirs = world.admin().post("/executions", &body).await.is(201);
    let theirs = theirs["number"].as_i64().unwrap();
    world.prompt(theirs).await;

    let mine = world
        .run(&asking(
            &json!({"group": "deploy", "when_full": "cancel_oldest"}),
        ))
        .await;

    let view = world.execution(mine).await;
    assert_eq!(view["waits_for"][0]["held_by"], json!([theirs]));
    // The timer has looked at least once more by the time that this one has begun.
    answer(&world, theirs).await;
    has_begun(&world, mine).await;
    assert_eq!(world.ended(theirs).await["status"], "completed");
}

#[tokio::test]
async fn whoever_follows_is_told_what_is_waited_for() {
    let world = World::start().await;
    let first = world.run(&one()).await;
    let file = world.write("deploy.json", &one().to_string());
    let file = file.to_str().unwrap();

    let said = world
        .ctl(&["run", "-f", file, "--follow", "--timeout", "2s"])
        .await;
    let shown = world.ctl(&["execution", "show", "@last"]).await;

    said.is(124);
    let told = format!("waits for a place: the group deploy has 1 place, which #{first} has");
    assert!(said.stderr.contains(&told), "{}", said.stderr);
    let line = format!("a place in deploy (limit 1), which #{first} has");
    assert!(shown.is(0).contains(&line), "{}", shown.stdout);
}

#[tokio::test]
async fn time_spent_waiting_does_not_count_against_the_timeout() {
    let world = World::start().await;
    let first = world.run(&one()).await;
    let mut hasty = one();
    hasty["timeout"] = json!("400ms");
    hasty.as_object_mut().unwrap().remove("finally");
    let second = world.run(&hasty).await;
    world.prompt(first).await;
    let deadline = format!("select deadline_at is null from executions where number = {second}");
    assert_eq!(world.database.ask(&deadline).await, ["t"]);

    answer(&world, first).await;

    let view = world.ended(second).await;
    assert_eq!(view["status"], "timed_out");
    assert_ne!(view["started_at"], Value::Null);
}
