//! Output that goes before its execution, or in several pieces.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::jobs_of,
};
use serde_json::{Value, json};

use super::{age, count, forgetful, look, metric, prune};

#[tokio::test]
async fn more_output_than_one_transaction_takes_goes_in_several() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let execution = world.complete(&steps::one("echo one", &["all"])).await;
    let number = execution["number"].as_i64().unwrap();
    let more = format!(
        "insert into outputs (job_id, attempt, seq, execution_id, log_seq, stream, byte_offset, data) \
         select j.id, 1, n, j.execution_id, n, 1, n, 'x' from jobs j, generate_series(1000, 5999) as n \
         where j.execution_id = '{}'",
        execution["id"].as_str().unwrap()
    );
    world.database.tell(&more).await.unwrap();

    let first = prune(&world, 0).await;
    let between = world.execution(number).await;
    let log = world.ctl(&["execution", "logs", &number.to_string()]).await;
    let mut calls = 1;
    let mut last = first.clone();
    while last["more"] == true {
        last = prune(&world, 0).await;
        calls += 1;
    }

    assert_eq!(
        (&first["removed"], &first["more"]),
        (&json!(0), &json!(true))
    );
    assert!(between["outputs_removed_at"].is_string(), "{between}");
    log.is(0);
    assert!(
        log.stderr.contains("wrote was removed on"),
        "{}",
        log.stderr
    );
    assert_eq!((calls, &last["removed"]), (3, &json!(1)));
    assert_eq!(count(&world, "select count(*) from outputs").await, 0);
}

/// An execution whose output has gone before it, as the configuration said.
async fn without_output() -> (World, Value) {
    let mut world = World::with(&[("PULSE__RETENTION__OUTPUTS_DAYS", "1")]).await;
    world.add_agent("web-1").await;
    let two = json!({"steps": [steps::execute("first", "echo one; echo two >&2"), steps::execute("second", "echo three")]});
    let number = world.complete(&two).await["number"].as_i64().unwrap();
    age(&world, number, 2).await;
    look(&mut world);
    let gone = eventually_async("the end of the output", PATIENCE, async || {
        let view = world.execution(number).await;
        let is_gone = view["outputs_removed_at"].is_string();
        is_gone
            .then(|| view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;
    (world, gone)
}

#[tokio::test]
async fn output_that_goes_before_its_execution_leaves_its_length_and_its_digest() {
    let (world, execution) = without_output().await;

    let job = jobs_of(&execution, "first").remove(0);
    let path = format!("/jobs/{}/output", job["id"].as_str().unwrap());
    let problem = world
        .admin()
        .get(&path)
        .await
        .problem(410, "output_removed");

    assert_eq!(count(&world, "select count(*) from outputs").await, 0);
    assert_eq!(
        (&execution["status"], &job["output_bytes"]),
        (&json!("completed"), &json!(8))
    );
    let digest = job["output_sha256"].as_str().unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("it had 8 bytes") && detail.contains(digest),
        "{detail}"
    );
    let audit = world
        .admin()
        .get("/audit?action=execution.prune_outputs")
        .await
        .is(200);
    assert_eq!(audit["items"][0]["detail"]["executions"], 1, "{audit}");
    assert_eq!(metric(&world, "pulse_outputs_removed_total").await, "1");
}

#[tokio::test]
async fn logs_of_an_execution_without_its_output_say_so_and_streams_of_it_end() {
    let (world, execution) = without_output().await;
    let number = execution["number"].to_string();

    let logs = world.ctl(&["execution", "logs", &number]).await;
    let followed = world.ctl(&["execution", "logs", "-f", &number]).await;
    let exported = world.ctl(&["execution", "export", &number]).await;

    for said in [&logs, &followed] {
        assert_eq!(said.is(0), "");
        let told = format!("what #{number} wrote was removed on");
        assert_eq!(said.stderr.matches(&told).count(), 1, "{}", said.stderr);
    }
    let entries = exported.is(0).lines().skip(1);
    let last = entries.last().unwrap();
    assert!(last.contains("\"completed\""), "{last}");
}
