//! Questions: one answer has one effect, and nobody answering is an answer of its own.

use futures_util::future::join_all;
use pulse_tests::{World, steps, world::step_of};
use serde_json::json;

#[tokio::test]
async fn of_twenty_who_answer_at_once_one_wins_and_the_others_learn_who() {
    let world = World::start().await;
    let mut people = Vec::new();
    for number in 0..20 {
        let body = json!({"name": format!("person-{number}"), "role": "operator"});
        let token = world.admin().post("/tokens", &body).await.is(201);
        people.push(world.anonymous().with(token["token"].as_str().unwrap()));
    }
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    world.prompt(number).await;

    let path = format!("/executions/{number}/respond");
    let answers = join_all(people.iter().enumerate().map(|(index, person)| {
        let response = if index % 2 == 0 { "Yes" } else { "No" };
        let (path, body) = (path.clone(), json!({"response": response}));
        async move { person.post(&path, &body).await }
    }))
    .await;

    let won: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status == 200)
        .collect();
    assert_eq!(won.len(), 1);
    let winner = won[0].json();
    let name = winner["answered_by"].as_str().unwrap();
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        let problem = answer.problem(409, "already_answered");
        assert!(
            problem["detail"].as_str().unwrap().contains(name),
            "{problem}"
        );
        for key in ["answered_by", "response", "answered_at"] {
            assert_eq!(problem[key], winner[key], "{key}");
        }
    }
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed");
    assert_eq!(step_of(&execution, "ask")["response"], winner["response"]);
    let answered = execution["prompts"].as_array().unwrap();
    assert_eq!(answered.len(), 1);
    assert_eq!(answered[0]["answered_by"], name);
}

#[tokio::test]
async fn a_prompt_without_a_default_fails_when_nobody_answers_in_time() {
    let world = World::start().await;
    let mut ask = steps::prompt("ask");
    ask["timeout"] = json!(300);

    let execution = world.complete(&json!({"steps": [ask]})).await;

    assert_eq!(execution["status"], "failed");
    assert_eq!(execution["prompts"][0]["status"], "expired");
    assert_eq!(step_of(&execution, "ask")["reason"], "prompt_expired");
    let number = &execution["number"];
    let late = world
        .admin()
        .post(
            &format!("/executions/{number}/respond"),
            &json!({"response": "Yes"}),
        )
        .await;
    late.problem(409, "prompt_closed");
}

#[tokio::test]
async fn a_default_is_chosen_when_nobody_answers_in_time() {
    let world = World::start().await;
    let mut ask = steps::prompt("ask");
    ask["timeout"] = json!(300);
    ask["default"] = json!("No");
    let pause = json!({"id": "pause", "name": "pause", "type": "wait", "duration": 1,
        "condition": "promptResponse === 'No'"});

    let execution = world.complete(&json!({"steps": [ask, pause]})).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(step_of(&execution, "ask")["response"], "No");
    assert_eq!(step_of(&execution, "pause")["status"], "succeeded");
}

#[tokio::test]
async fn between_answering_and_cancelling_exactly_one_wins() {
    let world = World::start().await;
    let pause = json!({"id": "pause", "name": "pause", "type": "wait", "duration": 60_000,
        "condition": "promptResponse === 'Yes'"});
    let document = json!({"steps": [steps::prompt("ask"), pause]});

    for _ in 0..10 {
        let number = world.run(&document).await;
        let open = world.prompt(number).await;
        let admin = world.admin();
        let path = format!("/prompts/{}/answer", open["number"]);
        let (answer, cancel) = (json!({"response": "Yes"}), json!({"reason": "a race"}));
        let cancel_path = format!("/executions/{number}/cancel");

        let (answered, cancelled) = tokio::join!(
            admin.post(&path, &answer),
            admin.post(&cancel_path, &cancel)
        );

        cancelled.is(200);
        let execution = world.ended(number).await;
        assert_eq!(execution["status"], "cancelled");
        let status = &execution["prompts"][0]["status"];
        let pause = step_of(&execution, "pause");
        if answered.status == 200 {
            assert_eq!(status, "answered");
        } else {
            answered.problem(409, "prompt_closed");
            assert_eq!(status, "cancelled");
            assert_eq!(pause["started_at"], json!(null));
        }
        assert_ne!(pause["status"], "succeeded");
    }
}

#[tokio::test]
async fn an_answer_must_be_one_of_the_options() {
    let world = World::start().await;
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let open = world.prompt(number).await;
    let path = format!("/prompts/{}/answer", open["number"]);

    let wrong = world
        .admin()
        .post(&path, &json!({"response": "Maybe"}))
        .await;
    let viewer = world.somebody("viewer").await;
    let denied = viewer.post(&path, &json!({"response": "Yes"})).await;
    let unknown = world
        .admin()
        .post("/prompts/4711/answer", &json!({"response": "Yes"}))
        .await;

    wrong.problem(422, "not_an_option");
    denied.problem(403, "forbidden");
    unknown.problem(404, "not_found");
    assert_eq!(world.prompt(number).await["status"], "open");
}

#[tokio::test]
async fn a_number_that_no_prompt_can_have_answers_none() {
    let world = World::start().await;
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    world.prompt(number).await;
    let path = format!("/executions/{number}/respond");

    for name in ["7.5", "1e1", "9223372036854775808", "-0.0"] {
        let body: serde_json::Value =
            serde_json::from_str(&format!("{{\"response\": \"Yes\", \"prompt\": {name}}}"))
                .unwrap();
        let answer = world.admin().post(&path, &body).await;
        answer.problem(422, "invalid_body");
    }

    assert_eq!(world.prompt(number).await["status"], "open");
}

#[tokio::test]
async fn a_delegated_prompt_is_among_somebodys_own_and_still_everybodys() {
    let world = World::start().await;
    let (asker, other) = (
        world.somebody("operator").await,
        world.somebody("admin").await,
    );
    let _reader = world.somebody("viewer").await;
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let prompt = world.prompt(number).await["number"].to_string();
    let path = format!("/prompts/{prompt}/delegate");
    let mine = async |client: &pulse_tests::Client| {
        let page = client.get("/prompts?status=open&mine=true").await.is(200);
        page["items"].as_array().unwrap().len()
    };
    assert_eq!(mine(&other).await, 0);

    for nobody in ["a amdin", "a viewer", ""] {
        asker
            .post(&path, &json!({"to": nobody}))
            .await
            .problem(422, "invalid_body");
    }
    let view = asker.post(&path, &json!({"to": "a admin"})).await.is(200);

    assert_eq!(view["delegated_to"], "a admin");
    assert_eq!(view["delegated_by"], "a operator");
    assert_eq!((mine(&other).await, mine(&asker).await), (1, 0));
    let said = world
        .ctl(&["prompt", "delegate", &prompt, "a operator"])
        .await;
    assert_eq!(
        said.is(0),
        format!("prompt/{prompt} delegated to a operator\n")
    );
    assert_eq!((mine(&other).await, mine(&asker).await), (0, 1));
    let answer = json!({"response": "Yes"});
    let answered = other
        .post(&format!("/prompts/{prompt}/answer"), &answer)
        .await;
    assert_eq!(answered.is(200)["answered_by"], "a admin");
    asker
        .post(&path, &json!({"to": "a admin"}))
        .await
        .problem(409, "prompt_closed");
    let unknown = asker
        .post("/prompts/999/delegate", &json!({"to": "a admin"}))
        .await;
    unknown.problem(404, "not_found");
}
