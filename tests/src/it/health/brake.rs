//! Many workers that fall silent at once say something about the network, not about themselves.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::jobs_of,
};

use super::{QUICK, beat, names, worker};

#[tokio::test]
async fn most_of_the_fleet_falling_silent_at_once_fails_no_job_before_twice_the_time() {
    let world = World::with(&QUICK).await;
    let mut sockets = Vec::new();
    for number in 1..=6 {
        sockets.push(world.socket(&format!("web-{number}")).await);
    }
    // However long it took them all to come.
    for socket in &mut sockets {
        beat(socket, &[]).await;
    }
    let number = world.run(&steps::one("true", &["all"])).await;
    for socket in &mut sockets {
        socket.take().await;
    }
    for socket in &mut sockets {
        beat(socket, &[]).await;
    }

    // From 1.5 to 3 seconds of silence the brake holds.
    let age = "select min(extract(epoch from now() - last_heartbeat)) from workers";
    let mut held = 0;
    loop {
        let silent: f64 = world.database.ask(age).await[0].parse().unwrap();
        let counts = "select count(*) from workers where status = 'offline'";
        let offline = world.database.ask(counts).await;
        if silent > 2.8 {
            break;
        }
        if silent > 1.8 {
            assert_eq!(offline, ["0"], "after {silent} s");
            held += 1;
        }
    }
    let during = world.execution(number).await;
    let execution = world.ended(number).await;

    assert!(held > 0);
    assert!(
        jobs_of(&during, "only")
            .iter()
            .all(|job| job["status"] == "running"),
        "{during}"
    );
    assert!(
        jobs_of(&execution, "only")
            .iter()
            .all(|job| job["status"] == "lost"),
        "{execution}"
    );
}

#[tokio::test]
async fn one_of_many_that_falls_silent_is_not_spared() {
    let world = World::with(&QUICK).await;
    let _silent = world.socket("silent").await;
    let mut others = Vec::new();
    for number in 1..=5 {
        others.push(world.socket(&format!("web-{number}")).await);
    }

    eventually_async("silent offline", PATIENCE, async || {
        for socket in &mut others {
            beat(socket, &[]).await;
        }
        let status = worker(&world, "silent").await["status"].clone();
        (status == "offline")
            .then_some(())
            .ok_or_else(|| status.to_string())
    })
    .await;

    let offline = world.admin().get("/workers?status=offline").await.is(200);
    assert_eq!(names(&offline), ["silent"]);
}
