//! Starts that come at once and need places in groups are written together, and see each other.

use futures_util::future::join_all;
use pulse_tests::{World, client::Answer, steps};
use serde_json::{Value, json};

/// A document that holds its place until somebody answers.
fn asking(concurrency: &Value) -> Value {
    json!({"concurrency": concurrency, "steps": [steps::prompt("ask")]})
}

/// Starts all of these at once, in turn at each of the servers.
async fn start_at_once(world: &World, documents: Vec<Value>) -> Vec<Answer> {
    let starts = documents.into_iter().enumerate().map(|(at, document)| {
        let client = world.admin_at(at % world.servers.len());
        let body = json!({"definition": document});
        async move { client.post("/executions", &body).await }
    });
    join_all(starts).await
}

async fn count(world: &World, of: &str) -> usize {
    let query = format!("select count({of}");
    world.database.ask(&query).await[0].parse().unwrap()
}

#[tokio::test]
async fn of_many_that_come_at_once_one_begins_and_the_others_wait_in_their_order() {
    let world = World::start().await;
    let one = asking(&json!({"group": "deploy"}));

    let answers = start_at_once(&world, vec![one; 64]).await;

    for answer in answers {
        answer.is(201);
    }
    let waiting = "*) from executions where status = 'pending'";
    assert_eq!(count(&world, waiting).await, 63);
    let order =
        "select e.number from places p join executions e on e.id = p.execution_id order by p.id";
    let numbers = world.database.ask(order).await;
    let numbers: Vec<i64> = numbers
        .iter()
        .map(|number| number.parse().unwrap())
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    let first = world.execution(numbers[0]).await;
    assert_eq!(first["status"], "waiting", "{first}");
    // Each has the moment of its transaction.
    let transactions = count(&world, "distinct created_at) from executions").await;
    assert!(
        transactions <= 32,
        "{transactions} transactions for 64 starts"
    );
}

#[tokio::test]
async fn of_many_that_come_at_once_to_a_group_that_rejects_one_begins() {
    let world = World::start().await;
    let one = asking(&json!({"group": "deploy", "when_full": "reject"}));

    let answers = start_at_once(&world, vec![one; 64]).await;

    let (begun, refused): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((begun.len(), refused.len()), (1, 63));
    for answer in refused {
        answer.problem(409, "group_full");
    }
    assert_eq!(count(&world, "*) from executions").await, 1);
}

#[tokio::test]
async fn two_replicas_with_groups_crosswise_do_not_wait_for_each_other() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let there = names.map(|name| asking(&json!({"group": name})));
    let mut back = there.clone();
    back.reverse();

    for _ in 0..4 {
        let crossed = there.iter().zip(&back).cycle().take(24);
        let documents = crossed.flat_map(|(one, other)| [one.clone(), other.clone()]);
        for answer in start_at_once(&world, documents.collect()).await {
            answer.is(201);
        }
    }

    let begun = "*) from executions where status <> 'pending'";
    assert_eq!(count(&world, begun).await, names.len());
    let deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
    assert_eq!(world.database.ask(deadlocks).await, ["0"]);
}
