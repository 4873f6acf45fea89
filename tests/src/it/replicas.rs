//! Two servers on one database: it does not matter which one is asked.

use futures_util::future::join_all;
use pulse_tests::{
    World, steps,
    world::{ended, jobs_of, prompt},
};
use serde_json::json;

/// Two replicas; `web-1` is connected to the first, `web-2` to the second.
async fn world() -> World {
    let mut world = World::start().await;
    world.add_server(&[]);
    for (server, name) in [(0, "web-1"), (1, "web-2")] {
        let agent = world
            .new_agent_at(server, name)
            .await
            .with("MAX_CONCURRENT_TASKS", "8");
        world.add(agent).await;
    }
    world
}

#[tokio::test]
async fn what_one_replica_starts_another_continues() {
    let world = world().await;
    let document = json!({"steps": [
        steps::execute("before", "echo before on $PULSE_WORKER"),
        steps::prompt("ask"),
        steps::execute("after", "echo after on $PULSE_WORKER"),
    ]});

    let number = world.run(&document).await;
    let open = prompt(&world.admin_at(1), number).await;
    let path = format!("/prompts/{}/answer", open["number"]);
    world
        .admin_at(1)
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    let execution = ended(&world.admin_at(1), number).await;

    assert_eq!(execution["status"], "completed");
    for step in ["before", "after"] {
        let jobs = jobs_of(&execution, step);
        assert_eq!(jobs.len(), 2);
        for job in jobs {
            let worker = job["worker"].as_str().unwrap();
            let expected = format!("{step} on {worker}\n");
            assert_eq!(
                String::from_utf8(world.output(&job).await).unwrap(),
                expected
            );
        }
    }
}

#[tokio::test]
async fn two_hundred_executions_in_parallel_are_each_right() {
    let world = world().await;
    let clients = [world.admin_at(0), world.admin_at(1)];

    let numbers = join_all((0..200).map(|index| {
        let client = &clients[index % 2];
        let worker = if index % 3 == 0 { "web-1" } else { "web-2" };
        let command = format!("echo run {index}; exit {}", index % 5);
        let body = json!({"definition": steps::one(&command, &[worker])});
        async move {
            let started = client.post("/executions", &body).await.is(201);
            started["number"].as_i64().unwrap()
        }
    }))
    .await;

    for (index, number) in numbers.into_iter().enumerate() {
        let execution = ended(&clients[(index + 1) % 2], number).await;
        let wanted = if index % 5 == 0 {
            "completed"
        } else {
            "failed"
        };
        assert_eq!(execution["status"], wanted);
        let jobs = jobs_of(&execution, "only");
        assert_eq!(jobs.len(), 1);
        assert_eq!(jobs[0]["exit_code"], index % 5);
        let output = String::from_utf8(world.output(&jobs[0]).await).unwrap();
        assert_eq!(output, format!("run {index}\n"));
    }
}

#[tokio::test]
async fn when_one_replica_dies_its_workers_go_on_with_the_other_after_it_is_back() {
    let mut world = world().await;
    let number = world
        .run(&json!({"steps": [
            steps::execute("long", "sleep 1; echo done"),
            steps::execute("next", "echo next"),
        ]}))
        .await;
    world.step_is(number, "long", "running").await;

    world.servers[1].kill();
    world.servers[1].start();
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    let jobs = jobs_of(&execution, "long");
    assert_eq!(jobs.len(), 2);
    for job in jobs {
        assert_eq!(job["attempt"], 1);
        assert_eq!(world.output(&job).await, b"done\n");
    }
}
