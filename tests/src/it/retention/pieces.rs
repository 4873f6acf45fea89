//! What one transaction of the retention takes in hand at most, and what the audit trail says of it.

use pulse_tests::{
    World, client,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::jobs_of,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::count;

/// Removes a piece of everything that has ended.
async fn prune(world: &World) -> Value {
    let body = json!({"older_than_seconds": 0});
    world.admin().post("/executions/prune", &body).await.is(200)
}

/// What the audit trail says of deeds of one kind, the oldest first.
async fn audit(world: &World, action: &str) -> Vec<Value> {
    let path = format!("/audit?action={action}&limit=500");
    let page = world.admin().get(&path).await.is(200);
    let mut details: Vec<Value> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["detail"].clone())
        .collect();
    details.reverse();
    details
}

/// Adds so many jobs, and rows of the timeline, as the only ones there are.
async fn enlarge(world: &World, rows: u32) {
    let statement = format!(
        "insert into jobs select (jsonb_populate_record(j, jsonb_build_object( \
           'id', gen_random_uuid(), 'worker_id', gen_random_uuid()))).* \
         from jobs j, generate_series(1, {rows}) n; \
         insert into timeline (execution_id, last_seq, seqs, whats) \
         select t.execution_id, 1000 + n, array[1000 + n], t.whats[1:1] \
         from (select * from timeline limit 1) t, generate_series(1, {rows}) n; \
         update executions set last_seq = 1000 + {rows}"
    );
    world.database.tell(&statement).await.unwrap();
}

#[tokio::test]
async fn each_transaction_that_takes_output_is_in_the_audit_trail() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.complete(&steps::one("echo one", &["all"])).await["number"].clone();
    let more = "insert into outputs (job_id, attempt, seq, execution_id, log_seq, stream, byte_offset, data) \
         select j.id, 1, n, j.execution_id, n, 1, n, 'x' from jobs j, generate_series(1000, 5999) as n";
    world.database.tell(more).await.unwrap();

    while prune(&world).await["more"] == true {}

    let taken = audit(&world, "execution.prune_outputs").await;
    assert_eq!(taken.len(), 2, "{taken:?}");
    for detail in taken {
        let told = (&detail["executions"], &detail["first"], &detail["last"]);
        assert_eq!(told, (&json!(1), &number, &number));
    }
    let removed = audit(&world, "execution.prune").await;
    assert_eq!(removed.len(), 1, "{removed:?}");
}

#[tokio::test]
async fn the_audit_trail_names_only_executions_that_had_output_to_take() {
    let mut world = World::with(&[("PULSE__RETENTION__OUTPUTS_DAYS", "1")]).await;
    world.add_agent("web-1").await;
    for command in ["true", "echo two", "true"] {
        let execution = world.complete(&steps::one(command, &["all"])).await;
        assert_eq!(execution["status"], "completed");
    }
    let aged = "update executions set completed_at = completed_at - interval '2 days'";
    world.database.tell(aged).await.unwrap();

    // The timer looks when its server starts.
    world.server().stop();
    world.server().start();

    let detail = eventually_async("a row of the audit trail", PATIENCE, async || {
        let taken = audit(&world, "execution.prune_outputs").await;
        taken.first().cloned().ok_or_else(String::new)
    })
    .await;
    let told = (&detail["executions"], &detail["first"], &detail["last"]);
    assert_eq!(told, (&json!(1), &json!(2), &json!(2)));
}

#[tokio::test]
async fn one_transaction_removes_no_more_than_was_promised_with_output_or_without() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.complete(&steps::one("true", &["all"])).await;
    let more = "insert into executions overriding system value \
         select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), \
           'number', 100 + n, 'last_seq', 1, 'outputs_left', n % 2 = 0))).* \
         from executions e, generate_series(1, 800) n";
    world.database.tell(more).await.unwrap();

    let first = prune(&world).await;
    let second = prune(&world).await;

    assert_eq!(
        (&first["removed"], &first["more"]),
        (&json!(500), &json!(true))
    );
    assert_eq!(
        (&second["removed"], &second["more"]),
        (&json!(301), &json!(false))
    );
}

#[tokio::test]
async fn an_execution_that_is_too_large_goes_in_bounded_pieces() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.complete(&steps::one("echo one", &["all"])).await["number"].clone();
    enlarge(&world, 60_000).await;
    let counted = "create table deleted (rows bigint); \
        create function count_deleted() returns trigger language plpgsql as \
        $$ begin insert into deleted select count(*) from old_rows; return null; end $$; \
        create trigger counted after delete on jobs referencing old table as old_rows \
        for each statement execute function count_deleted(); \
        create trigger counted after delete on timeline referencing old table as old_rows \
        for each statement execute function count_deleted()";
    world.database.tell(counted).await.unwrap();

    let first = prune(&world).await;
    let between = world.execution(number.as_i64().unwrap()).await;
    let mut last = first.clone();
    while last["more"] == true {
        last = prune(&world).await;
    }

    assert_eq!(
        (&first["removed"], &first["more"]),
        (&json!(0), &json!(true))
    );
    assert!(between["outputs_removed_at"].is_string(), "{between}");
    assert_eq!((&last["removed"], &last["first"]), (&json!(1), &number));
    let most = count(&world, "select max(rows) from deleted").await;
    assert_eq!(most, 5000);
    for table in ["jobs", "timeline", "outputs", "executions"] {
        let query = format!("select count(*) from {table}");
        assert_eq!(count(&world, &query).await, 0, "{table}");
    }
    let removed = audit(&world, "execution.prune").await;
    assert!(removed.len() > 10, "{removed:?}");
    assert!(removed.iter().all(|detail| detail["first"] == number));
    let executions = removed.iter().map(|detail| &detail["executions"]);
    assert_eq!(executions.filter(|count| **count == 1).count(), 1);
}

#[tokio::test]
async fn an_execution_whose_rollback_is_still_owed_stays() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.complete(&steps::one("true", &["all"])).await["number"].clone();
    // Nobody can take the wish.
    let owed = "create function refuse() returns trigger language plpgsql as \
        $$ begin raise exception 'not now'; end $$; \
        create trigger refused before update on rollouts for each row execute function refuse(); \
        insert into rollouts (execution_id, step_path, hosts, sizes, rollback_wanted) \
        select execution_id, path, '[]', '[]', true from steps";
    world.database.tell(owed).await.unwrap();

    let while_owed = prune(&world).await;
    let free = "drop trigger refused on rollouts; update rollouts set rollback_wanted = false";
    world.database.tell(free).await.unwrap();
    let after = prune(&world).await;

    assert_eq!(while_owed["removed"], 0);
    assert_eq!((&after["removed"], &after["first"]), (&json!(1), &number));
}

#[tokio::test]
async fn output_that_is_whole_is_given_also_where_that_of_another_job_was_removed() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let two = json!({"steps": [steps::execute("first", "echo one; echo two >&2"), steps::execute("second", "echo three")]});
    let execution = world.complete(&two).await;
    let job = |step: &str| jobs_of(&execution, step).remove(0);
    let removed = format!(
        "delete from outputs where job_id = '{}'; update executions set outputs_removed_at = now()",
        job("second")["id"].as_str().unwrap()
    );
    world.database.tell(&removed).await.unwrap();

    let path = |step: &str| {
        format!(
            "/jobs/{}/output?stream=stderr",
            job(step)["id"].as_str().unwrap()
        )
    };
    let whole = client::send(world.admin().request(Method::GET, &path("first"))).await;
    let gone = world.admin().get(&path("second")).await;

    assert_eq!((whole.status, whole.text()), (200, "two\n".to_owned()));
    gone.problem(410, "output_removed");
}
