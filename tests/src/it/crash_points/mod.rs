//! The server dies at the begin, before and after the commit of everything that matters: what was
//! asked for is then wholly there or wholly not, and asking again under the same key does it once.

mod stage;

use pulse_tests::{
    World,
    client::{send, try_send},
    eventually::{PATIENCE, eventually_async},
    socket::Socket,
    steps,
    world::{jobs_of, step_of},
};
use reqwest::Method;
use serde_json::{Value, json};

use self::stage::{Access, Call, Document, Fleet, Run, Staged};

const BEGIN: &str = "begin";
const BEFORE: &str = "before_commit";
const AFTER: &str = "after_commit";
const MOMENTS: [&str; 3] = [BEGIN, BEFORE, AFTER];

/// The same number of each effect, or what they are instead.
async fn effects(world: &World, staged: &Staged) -> u32 {
    let found = world.database.ask(&staged.effects).await.remove(0);
    let counts: Vec<u32> = found.split(' ').map(|n| n.parse().unwrap()).collect();
    let first = counts[0];
    assert!(counts.iter().all(|n| *n == first), "half of it: {found}");
    first
}

/// Lets the server die at each moment of each call.
async fn survives(calls: &[Call]) {
    let mut world = World::start().await;
    for (call, moment) in calls
        .iter()
        .flat_map(|call| MOMENTS.map(|moment| (call, moment)))
    {
        let at = format!("{} {moment}", call.verb());
        let name = at
            .replace(' ', "-")
            .replace("::", "-")
            .replace('_', "-")
            .to_lowercase();
        let staged = call.stage(&world, &name).await;
        assert_eq!(effects(&world, &staged).await, 0, "{at}");
        let admin = world.admin();
        let request = || {
            let request = admin.request(staged.method.clone(), &staged.path);
            let request = request.json(&staged.body).header("idempotency-key", &name);
            request.timeout(PATIENCE)
        };

        world.servers[0].die_at(&at);
        let dying = try_send(request()).await;
        assert!(dying.is_err(), "{at}: {dying:?}");
        world.servers[0].died();
        let during = effects(&world, &staged).await;
        world.servers[0].start();
        let again = send(request()).await;

        assert_eq!(during, u32::from(moment == AFTER), "{at}");
        assert!((200..300).contains(&again.status), "{at}: {}", again.text());
        assert_eq!(effects(&world, &staged).await, 1, "{at}");
    }
}

#[tokio::test]
async fn what_is_done_to_executions_is_done_wholly_and_once() {
    let calls = [Run::Start, Run::Answer, Run::Cancel, Run::Pause, Run::Retry];
    survives(&calls.map(Call::Run)).await;
}

#[tokio::test]
async fn what_is_secret_is_sealed_with_the_start_and_wiped_with_the_end() {
    survives(&[Run::StartSecretly, Run::End].map(Call::Run)).await;
}

#[tokio::test]
async fn what_is_done_to_workers_is_done_wholly_and_once() {
    use Fleet::{Change, Drain, Enroll, Remove, Resume};
    survives(&[Enroll, Drain, Resume, Change, Remove].map(Call::Fleet)).await;
}

#[tokio::test]
async fn what_is_done_to_documents_tokens_and_regions_is_done_wholly_and_once() {
    use Access::{AddRegion, CreateToken, Issue, RevokeToken};
    let access = [CreateToken, RevokeToken, Issue, AddRegion].map(Call::Access);
    let documents = [Document::Apply, Document::Rename, Document::Delete].map(Call::Document);
    survives(&[&access[..], &documents].concat()).await;
}

/// A worker's socket, opened again after its server came back.
async fn reconnect(world: &World, old: &Socket, running: &[Value]) -> Socket {
    let base = world.servers[0].url();
    let mut socket = Socket::open(&base, &old.worker_id, &old.credential).await;
    let name = "web-1";
    socket.hello_with(name, &json!({"running": running})).await;
    socket
}

/// A report whose transaction is cut short is made again, and counts once.
#[tokio::test]
async fn a_result_is_recorded_wholly_and_once() {
    let mut world = World::start().await;
    let mut socket = world.socket("web-1").await;
    for moment in MOMENTS {
        let document = json!({"steps": [steps::execute("one", "a"), steps::execute("two", "b")]});
        let number = world.run(&document).await;
        let offer = socket.take().await;
        world.step_is(number, "one", "running").await;
        eventually_async("the start to be recorded", PATIENCE, async || {
            let view = world.execution(number).await;
            let job = jobs_of(&view, "one").remove(0);
            (job["status"] == "running")
                .then_some(())
                .ok_or_else(|| job.to_string())
        })
        .await;

        world.servers[0].die_at(&format!("record::Record {moment}"));
        let result = socket.result(&offer, 0);
        socket.send(&result).await;
        world.servers[0].died();
        let query = format!(
            "select (select count(*) from jobs j join executions e on e.id = j.execution_id \
             where e.number = {number} and j.status = 'succeeded') || ' ' || \
             (select count(*) from steps s join executions e on e.id = s.execution_id \
             where e.number = {number} and s.status = 'succeeded')"
        );
        let during = world.database.ask(&query);
        let expected = if moment == AFTER { "1 1" } else { "0 0" };
        assert_eq!(during.await, [expected], "{moment}");
        world.servers[0].start();
        let claim = pulse_tests::socket::claim(&offer);
        socket = reconnect(&world, &socket, &[claim]).await;
        socket.send(&result).await;
        socket.frame("ack").await;
        let next = socket.take().await;
        let last = socket.result(&next, 0);
        socket.send(&last).await;
        let execution = world.ended(number).await;

        assert_eq!(next["command"], "b", "{moment}");
        assert_eq!(execution["status"], "completed", "{moment}: {execution}");
        for step in ["one", "two"] {
            let jobs = jobs_of(&execution, step);
            assert_eq!(jobs.len(), 1, "{moment}: {jobs:?}");
            assert_eq!(jobs[0]["attempt"], 1, "{moment}");
        }
    }
}

/// Offers, waits, expiries and the sweep: nobody asks for them, so nobody asks again.
#[tokio::test]
async fn what_runs_by_itself_is_done_wholly_and_once() {
    let mut world = World::with(&[("PULSE__JOBS__OFFER_TTL_MS", "700")]).await;
    let mut socket = world.socket("web-1").await;
    let hold = json!({"mode": "hold"});
    for moment in [BEFORE, AFTER] {
        // An offer that is made to a worker which is taken up again.
        world
            .admin()
            .post("/workers/web-1/drain", &hold)
            .await
            .is(200);
        let number = world.run(&steps::one("true", &["web-1"])).await;
        world.servers[0].die_at(&format!("offer::OfferWaiting {moment}"));
        let _ = try_send(world.admin().request(Method::POST, "/workers/web-1/resume")).await;
        world.servers[0].died();
        world.servers[0].start();
        socket = reconnect(&world, &socket, &[]).await;
        // The one that was made on the way down may have expired: then there is another.
        let offer = socket.take().await;
        // An offer that nobody takes, and that is taken back.
        let result = socket.result(&offer, 0);
        socket.send(&result).await;
        let execution = world.ended(number).await;
        let jobs = jobs_of(&execution, "only");
        assert_eq!(
            (jobs.len(), &jobs[0]["attempt"]),
            (1, &json!(1)),
            "{moment}"
        );
        assert_eq!(execution["status"], "completed", "{moment}");

        let number = world.run(&steps::one("true", &["web-1"])).await;
        let first = socket.frame("execute_command").await;
        world.servers[0].die_at(&format!("offer::WithdrawExpired {moment}"));
        world.servers[0].died();
        world.servers[0].start();
        socket = reconnect(&world, &socket, &[]).await;
        let second = socket.take().await;
        let late = socket.result(&first, 9);
        socket.send(&late).await;
        let result = socket.result(&second, 0);
        socket.send(&result).await;
        let execution = world.ended(number).await;
        assert_eq!(jobs_of(&execution, "only")[0]["exit_code"], 0, "{moment}");
        assert_ne!(first["fence"], second["fence"], "{moment}");

        for (verb, step) in [
            (
                "steps::EndWaits",
                json!({"name": "Due", "type": "wait", "duration": "300ms"}),
            ),
            (
                "prompts::ExpirePrompts",
                json!({"name": "Due", "type": "prompt", "message": "Well?", "options": ["Yes"],
                    "timeout": "300ms", "default": "Yes"}),
            ),
        ] {
            let after = json!({"name": "After", "type": "wait", "duration": "10ms"});
            world.servers[0].die_at(&format!("{verb} {moment}"));
            let number = world.run(&json!({"steps": [step, after]})).await;
            world.servers[0].died();
            world.servers[0].start();
            let execution = world.ended(number).await;
            assert_eq!(
                execution["status"], "completed",
                "{verb} {moment}: {execution}"
            );
            assert_eq!(step_of(&execution, "after")["status"], "succeeded");
            // Nothing stands twice in what people are told of it.
            let twice = format!(
                "select t.whats::text from timeline t join executions e \
                 on e.id = t.execution_id where e.number = {number} \
                 group by t.whats having count(*) > 1"
            );
            assert_eq!(world.database.ask(&twice).await, [""; 0], "{verb} {moment}");
        }
    }
}

/// A worker that fell silent is taken for offline, and its job for lost, once.
#[tokio::test]
async fn the_sweep_is_done_wholly_and_once() {
    let quick = [
        ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "150"),
        ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "400"),
        ("PULSE__WORKERS__OFFLINE_AFTER_MS", "800"),
    ];
    let mut world = World::with(&quick).await;
    let mut socket = world.socket("web-1").await;
    for (verb, moment) in ["life::LeaveSilent", "end::EndJobs"]
        .iter()
        .flat_map(|verb| [BEFORE, AFTER].map(|moment| (verb, moment)))
    {
        let number = world.run(&steps::one("true", &["web-1"])).await;
        let offer = socket.take().await;
        world.servers[0].die_at(&format!("{verb} {moment}"));
        // It says nothing more.
        world.servers[0].died();
        world.servers[0].start();
        let execution = world.ended(number).await;
        world.has_status("web-1", "offline").await;

        let job = jobs_of(&execution, "only").remove(0);
        assert_eq!(
            (&job["status"], &job["reason"]),
            (&json!("lost"), &json!("worker_offline")),
            "{verb} {moment}"
        );
        socket = reconnect(&world, &socket, &[]).await;
        world.is_online("web-1").await;
        let late = socket.result(&offer, 0);
        socket.send(&late).await;
        let after = world.execution(number).await;
        assert_eq!(after["status"], "failed", "{verb} {moment}");
    }
}
