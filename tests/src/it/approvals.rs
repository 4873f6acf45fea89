//! Questions that need several people: each is counted once, and nobody more than once.

use futures_util::future::join_all;
use pulse_tests::{
    Client, World,
    eventually::{PATIENCE, eventually_async},
    world::{said, step_of},
};
use serde_json::{Value, json};

/// Somebody with a token of their own.
struct Person {
    client: Client,
    token: String,
}

async fn person(world: &World, name: &str) -> Person {
    let body = json!({"name": name, "role": "operator", "ttl_seconds": 3600});
    let created = world.admin().post("/tokens", &body).await.is(201);
    let token = created["token"].as_str().unwrap().to_owned();
    Person {
        client: world.anonymous().with(&token),
        token,
    }
}

impl Person {
    /// Runs `pulsectl` as this person, away from any terminal.
    async fn ctl(&self, world: &World, arguments: &[&str]) -> pulse_tests::world::Said {
        let mut command = world.ctl_command();
        command.args(arguments).env("PULSE_TOKEN", &self.token);
        said(command).await
    }
}

fn shared() -> Value {
    json!({"id": "ask", "name": "ask", "type": "prompt", "message": "Ship?", "options": ["Yes", "No"],
        "approvals": {"Yes": 2}})
}

/// A run that asks, and the path of its question.
async fn asked(world: &World, step: Value) -> (i64, String) {
    let number = world.run(&json!({"steps": [step]})).await;
    let prompt = world.prompt(number).await["number"].to_string();
    (number, format!("/prompts/{prompt}/answer"))
}

fn yes() -> Value {
    json!({"response": "Yes", "comment": "looked at it"})
}

#[tokio::test]
async fn a_question_that_needs_two_people_is_answered_by_the_second() {
    let world = World::start().await;
    let (ada, bo) = (person(&world, "ada").await, person(&world, "bo").await);
    let (number, path) = asked(&world, shared()).await;

    let first = ada.client.post(&path, &yes()).await.is(200);

    assert_eq!(first["status"], "open");
    assert_eq!(first["approvals"], json!({"Yes": 2}));
    let heard = first["answers"].as_array().unwrap();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0]["answered_by"], "ada");
    assert_eq!(heard[0]["comment"], "looked at it");
    let again = ada.client.post(&path, &json!({"response": "No"})).await;
    let problem = again.problem(409, "already_answered");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("you have answered") && detail.contains("Yes"),
        "{detail}"
    );
    assert_eq!(world.execution(number).await["status"], "waiting");
    let second = bo.client.post(&path, &yes()).await.is(200);
    assert_eq!(second["status"], "answered");
    assert_eq!(second["answered_by"], "bo");
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed");
    assert_eq!(step_of(&execution, "ask")["response"], "Yes");
    let by: Vec<_> = execution["prompts"][0]["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["answered_by"].clone())
        .collect();
    assert_eq!(by, ["ada", "bo"]);
    let shown = world.ctl(&["execution", "show", &number.to_string()]).await;
    assert!(shown.is(0).contains("ada, bo"), "{}", shown.stdout);
}

#[tokio::test]
async fn any_other_answer_ends_the_question_at_once() {
    let world = World::start().await;
    let (ada, bo) = (person(&world, "ada").await, person(&world, "bo").await);
    let (number, path) = asked(&world, shared()).await;
    ada.client.post(&path, &yes()).await.is(200);

    let no = bo.client.post(&path, &json!({"response": "No"})).await;

    assert_eq!(no.is(200)["response"], "No");
    let execution = world.ended(number).await;
    assert_eq!(step_of(&execution, "ask")["response"], "No");
    assert_eq!(
        execution["prompts"][0]["answers"].as_array().unwrap().len(),
        2
    );
}

#[tokio::test]
async fn of_twenty_who_answer_at_once_as_many_count_as_are_needed() {
    let world = World::start().await;
    let mut people = Vec::new();
    for number in 0..20 {
        people.push(person(&world, &format!("person-{number}")).await);
    }
    let mut step = shared();
    step["approvals"] = json!({"Yes": 5});
    let (number, path) = asked(&world, step).await;
    let body = yes();

    let answers = join_all(people.iter().map(|one| one.client.post(&path, &body))).await;

    let counted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(counted, 5);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        answer.problem(409, "already_answered");
    }
    let execution = world.ended(number).await;
    let heard = execution["prompts"][0]["answers"].as_array().unwrap();
    let mut names: Vec<_> = heard
        .iter()
        .map(|one| one["answered_by"].as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 5, "{heard:?}");
}

#[tokio::test]
async fn one_person_who_answers_ten_times_at_once_counts_once() {
    let world = World::start().await;
    let ada = person(&world, "ada").await;
    let (number, path) = asked(&world, shared()).await;
    let body = yes();

    let answers = join_all((0..10).map(|_| ada.client.post(&path, &body))).await;

    let counted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(counted, 1);
    let execution = world.execution(number).await;
    assert_eq!(execution["prompts"][0]["status"], "open");
    assert_eq!(
        execution["prompts"][0]["answers"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn whoever_started_it_may_be_kept_from_answering() {
    let world = World::start().await;
    let bo = person(&world, "bo").await;
    let me = world.admin().get("/user").await.is(200)["username"].clone();
    let mut step = shared();
    step["not_by"] = json!("starter");
    step["approvals"] = json!({"Yes": 2});
    let (number, path) = asked(&world, step).await;

    let refused = world.admin().post(&path, &yes()).await;

    let problem = refused.problem(403, "forbidden");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("somebody else"), "{detail}");
    let delegate = path.replace("/answer", "/delegate");
    let asked = bo.client.post(&delegate, &json!({"to": me})).await;
    asked.problem(422, "invalid_body");
    let terminal = world.terminal(&["execution", "watch", &number.to_string()]);
    let mut terminal = terminal;
    terminal.sees("somebody else must answer, as you started this");
    bo.client
        .post(&path, &json!({"response": "No"}))
        .await
        .is(200);
    assert_eq!(terminal.ends(), 0, "{}", terminal.text());
}

#[tokio::test]
async fn answers_outlive_the_server_that_took_them() {
    let mut world = World::start().await;
    let (ada, bo) = (person(&world, "ada").await, person(&world, "bo").await);
    let (number, path) = asked(&world, shared()).await;
    ada.client.post(&path, &yes()).await.is(200);

    world.server().kill();
    world.server().start();

    let said = bo
        .ctl(
            &world,
            &["prompt", "answer", path.split('/').nth(2).unwrap(), "Yes"],
        )
        .await;
    assert!(said.is(0).contains("answered Yes"), "{}", said.stdout);
    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn too_few_people_in_time_are_an_expired_question() {
    let world = World::start().await;
    let ada = person(&world, "ada").await;
    let mut step = shared();
    step["timeout"] = json!(1500);
    let (number, path) = asked(&world, step).await;
    ada.client.post(&path, &yes()).await.is(200);

    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed");
    let step = step_of(&execution, "ask");
    assert_eq!(step["reason"], "prompt_expired");
    assert_eq!(step["detail"], "too few people answered in time");
}

#[tokio::test]
async fn a_script_gives_one_answer_and_is_told_whom_it_waits_for() {
    let world = World::start().await;
    let bo = person(&world, "bo").await;
    let document = json!({"name": "ship", "steps": [shared()]});
    let stored = world
        .admin()
        .put("/workflows/ship", &document.to_string())
        .await;
    stored.is(201);

    let ran = world.ctl(&["run", "ship", "--answer", "ask=Yes"]).await;

    ran.is(8);
    assert!(
        ran.stderr
            .contains("Yes 1 of 2, waiting for another person"),
        "{}",
        ran.stderr
    );
    let listed = world.ctl(&["prompt", "ls"]).await;
    assert!(
        listed.is(0).contains("Yes (1 of 2),No"),
        "{}",
        listed.stdout
    );
    let answered = bo.ctl(&world, &["execution", "respond", "1", "Yes"]).await;
    answered.is(0);
    world.ctl(&["execution", "watch", "1"]).await.is(0);
}

#[tokio::test]
async fn on_a_terminal_the_first_of_two_sees_the_second() {
    let world = World::start().await;
    let bo = person(&world, "bo").await;
    let document = json!({"name": "ship", "steps": [shared()]});
    let stored = world
        .admin()
        .put("/workflows/ship", &document.to_string())
        .await;
    stored.is(201);

    let mut terminal = world.terminal(&["run", "ship"]);
    terminal.sees("Ship?");
    terminal.sees("Yes needs 2 people");
    terminal.types("y");
    terminal.sees("Yes 1 of 2, waiting for another person");
    let said = bo.ctl(&world, &["prompt", "answer", "1", "Yes"]).await;
    assert!(said.is(0).contains("answered Yes"), "{}", said.stdout);
    terminal.sees("bo");

    assert_eq!(terminal.ends(), 0, "{}", terminal.text());
}

#[tokio::test]
async fn what_several_have_approved_is_not_taken_over_by_one_who_runs_it_again() {
    let world = World::start().await;
    let (ada, bo) = (person(&world, "ada").await, person(&world, "bo").await);
    let mut others = shared();
    others.as_object_mut().unwrap().remove("approvals");
    others["not_by"] = json!("starter");
    for (step, people) in [(shared(), vec![&ada, &bo]), (others, vec![&ada])] {
        let fails = json!({"id": "last", "type": "wait", "until": "steps.ask.status === 'failed'", "timeout": "1ms"});
        let number = world.run(&json!({"steps": [step, fails]})).await;
        let prompt = world.prompt(number).await["number"].to_string();
        for person in people {
            let path = format!("/prompts/{prompt}/answer");
            person.client.post(&path, &yes()).await.is(200);
        }
        assert_eq!(world.ended(number).await["status"], "failed");
        let path = format!("/executions/{number}/retry");
        let retry = async |body: Value| world.admin().post(&path, &body).await;

        let from = retry(json!({"from_step": "last"})).await;
        let rest = retry(json!({"unstarted": true, "failed": true})).await;

        for refused in [from, rest] {
            let problem = refused.problem(409, "conflict");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains("step \"ask\""), "{detail}");
        }
        let again = retry(json!({"from_step": "ask"})).await.is(201);
        world.prompt(again["number"].as_i64().unwrap()).await;
    }
}

/// A run whose first step runs a workflow that asks, answered by these people, and whose last fails.
async fn approved_inside(world: &World, ask: &Value, people: &[&Person]) -> i64 {
    let gate = json!({"steps": [ask]});
    let middle = json!({"steps": [{"id": "below", "workflow": "gate"}]});
    for (name, document) in [("gate", gate), ("middle", middle)] {
        let path = format!("/workflows/{name}");
        world.admin().put(&path, &document.to_string()).await.ok();
    }
    let fails = json!({"id": "last", "type": "wait", "until": "steps.gate.status === 'failed'", "timeout": "1ms"});
    let outer = json!({"steps": [{"id": "gate", "workflow": "middle"}, fails]});
    let number = world.run(&outer).await;
    let open = "select number from prompts where status = 'open'";
    let prompt = eventually_async("the question", PATIENCE, async || {
        let prompt = world.database.ask(open).await.pop();
        prompt.ok_or_else(|| "none is open".to_owned())
    })
    .await;
    for person in people {
        let path = format!("/prompts/{prompt}/answer");
        person.client.post(&path, &yes()).await.is(200);
    }
    assert_eq!(world.ended(number).await["status"], "failed");
    number
}

#[tokio::test]
async fn what_several_have_approved_inside_is_not_taken_over_either() {
    let world = World::start().await;
    let (ada, bo) = (person(&world, "ada").await, person(&world, "bo").await);
    let mut others = shared();
    others.as_object_mut().unwrap().remove("approvals");
    others["not_by"] = json!("starter");
    for (ask, people) in [(shared(), vec![&ada, &bo]), (others, vec![&ada])] {
        let number = approved_inside(&world, &ask, &people).await;
        let path = format!("/executions/{number}/retry");
        for body in [
            json!({"from_step": "last"}),
            json!({"unstarted": true, "failed": true}),
        ] {
            let refused = world.admin().post(&path, &body).await;

            let problem = refused.problem(409, "conflict");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains("step \"gate\""), "{detail}");
        }
    }
}

#[tokio::test]
async fn an_answer_given_inside_is_taken_over_by_whoever_may_answer_there() {
    let world = World::start().await;
    let ada = person(&world, "ada").await;
    let mut ask = shared();
    ask.as_object_mut().unwrap().remove("approvals");
    let number = approved_inside(&world, &ask, &[&ada]).await;
    let leads = json!({"permissions": {"answer": ["leads"]}, "steps": [ask]}).to_string();
    world.admin().put("/workflows/gate", &leads).await.is(200);
    let body = json!({"from_step": "last"});
    // What was taken over once is taken over by the next as well.
    for of in [number, number + 3] {
        let path = format!("/executions/{of}/retry");

        let refused = ada.client.post(&path, &body).await;
        let again = world.admin().post(&path, &body).await.is(201);

        refused.problem(403, "forbidden");
        world.ended(again["number"].as_i64().unwrap()).await;
    }
}
