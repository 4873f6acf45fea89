//! Executions that run one and the same again: what one of them brings back is gone for the others.

use pulse_tests::{World, client::Answer, ledger::Ledger};
use serde_json::{Value, json};

use super::rollouts::fleet;

/// An execution that was cancelled after its first step had succeeded, and what was run again of it.
struct Family {
    world: World,
    ledger: Ledger,
    first: i64,
}

impl Family {
    async fn new(more: &Value) -> Self {
        let world = fleet(1).await;
        let ledger = world.ledger();
        let mut document = json!({"targets": ["all"], "rollback": {"after": ["failed"]}, "steps": [
            {"id": "prepare", "name": "prepare", "command": ledger.line("prepare"),
             "rollback": ledger.line("undo-prepare")},
            {"id": "ask", "type": "prompt", "message": "Go on?", "options": ["Yes", "No"]},
            {"id": "deploy", "name": "deploy", "command": "exit 1", "condition": "promptResponse === 'Yes'"},
        ]});
        for (key, value) in more.as_object().unwrap() {
            document["steps"][0][key] = value.clone();
        }
        let first = world.run(&document).await;
        world.prompt(first).await;
        let family = Self {
            world,
            ledger,
            first,
        };
        family.cancel(first).await;
        family
    }

    async fn cancel(&self, number: i64) {
        let cancel = format!("/executions/{number}/cancel");
        self.world.admin().post(&cancel, &json!({})).await.is(200);
        self.world.ended(number).await;
    }

    async fn retry(&self, of: i64, body: &Value) -> Answer {
        let path = format!("/executions/{of}/retry");
        self.world.admin().post(&path, body).await
    }

    /// Runs one again from its question on.
    async fn again(&self, of: i64) -> i64 {
        let from = json!({"from_step": "ask"});
        let begun = self.retry(of, &from).await.is(201);
        let number = begun["number"].as_i64().unwrap();
        self.world.prompt(number).await;
        number
    }

    /// Answers so that the execution fails, and brings back what it has.
    async fn fail(&self, number: i64) {
        let respond = format!("/executions/{number}/respond");
        let yes = json!({"response": "Yes"});
        self.world.admin().post(&respond, &yes).await.is(200);
        assert_eq!(self.world.ended(number).await["outcome"], "rolled_back");
    }

    async fn is_refused(&self, of: i64, why: &str) {
        let refused = self.retry(of, &json!({"from_step": "ask"})).await;
        let problem = refused.problem(409, "conflict");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(why), "{detail}");
    }
}

#[tokio::test]
async fn a_retry_of_everything_at_the_same_instant_is_seen_from_beside() {
    let family = Family::new(&json!({})).await;
    let (world, first) = (&family.world, family.first);
    let sibling = family.again(first).await;
    family.cancel(sibling).await;
    let busy = world.database.session().await;
    let lock = "begin; lock table audit in exclusive mode";
    busy.batch_execute(lock).await.unwrap();

    let meanwhile = async {
        world.database.is_held_up("insert into executions").await;
        let beside = family.is_refused(sibling, "is not over, and may bring back");
        let release = async {
            world.database.is_held_up("pg_advisory_xact_lock(187").await;
            busy.batch_execute("commit").await.unwrap();
        };
        tokio::join!(beside, release);
    };
    let whole = json!({});
    let (whole, ()) = tokio::join!(family.retry(first, &whole), meanwhile);

    whole.is(201);
}

#[tokio::test]
async fn what_was_skipped_is_taken_over_beside_whoever_might_bring_it_back() {
    let family = Family::new(&json!({"condition": "1 === 2"})).await;
    let sibling = family.again(family.first).await;

    let beside = family.again(family.first).await;

    for number in [sibling, beside] {
        assert_eq!(family.world.execution(number).await["status"], "waiting");
    }
    assert_eq!(family.ledger.lines(), Vec::<String>::new());
}

#[tokio::test]
async fn who_belongs_together_does_so_when_what_was_between_them_is_removed() {
    let family = Family::new(&json!({})).await;
    let (world, first) = (&family.world, family.first);
    let middle = family.again(first).await;
    family.cancel(middle).await;
    let last = family.again(middle).await;
    family.cancel(last).await;
    let remove = format!("delete from executions where number = {middle}");
    world.database.tell(&remove).await.unwrap();

    let beside = family.again(first).await;
    family
        .is_refused(last, &format!("#{beside} is not over"))
        .await;
    family.fail(beside).await;

    family.is_refused(last, "was brought back").await;
}

#[tokio::test]
async fn what_has_brought_something_back_stays_while_a_retry_could_ask_for_it() {
    let family = Family::new(&json!({})).await;
    let (world, first) = (&family.world, family.first);
    let middle = family.again(first).await;
    family.fail(middle).await;
    let age = async |number: i64| {
        let age = format!(
            "update executions set completed_at = completed_at - interval '2 days' where number = {number}"
        );
        world.database.tell(&age).await.unwrap();
    };
    let prune = async || {
        let body = json!({"older_than_seconds": 86_400});
        let pruned = world.admin().post("/executions/prune", &body).await;
        pruned.is(200)["removed"].clone()
    };

    age(middle).await;
    assert_eq!(prune().await, 0);
    family.is_refused(first, "was brought back").await;
    age(first).await;

    assert_eq!(prune().await, 2);
}
