//! What an offer means in the light of what is known already.

use jiff::Timestamp;
use pulse_api::{
    ExecutionId, Fence, WorkerId,
    frames::{CommandResult, ExecuteCommand, OnDisconnect, Reason},
    status::Runtime,
};

use super::{key, origin};
use crate::executor::{
    attempts::{Attempt, Attempts, Refusal, Stage, Verdict, Waiting},
    record::Key,
    results,
};

fn offer(key: Key, fence: i64) -> Waiting {
    Waiting {
        offer: Box::new(ExecuteCommand {
            execution_id: ExecutionId::new(),
            step_index: 0,
            command: "true".to_owned(),
            timeout: 1000,
            worker_id: WorkerId::new(),
            job_id: key.job_id,
            attempt: key.attempt,
            fence: Fence(fence),
            expires_at: Timestamp::UNIX_EPOCH,
            script: false,
            runtime: Runtime::Shell,
            env: std::collections::BTreeMap::new(),
            working_dir: None,
            user: None,
            uses: None,
            with: serde_json::Map::new(),
            sandbox: None,
            on_disconnect: OnDisconnect::Continue,
            secret_names: Vec::new(),
            secrets: std::collections::BTreeMap::new(),
        }),
        start_before_ns: 1000,
    }
}

fn running(fence: i64) -> Attempt {
    Attempt {
        fence: Fence(fence),
        origin: origin(),
        started_at: Timestamp::UNIX_EPOCH,
        stage: Stage::Running,
        is_condemned: false,
    }
}

fn lost(key: Key) -> Box<CommandResult> {
    let claim = key.under(Fence(1));
    let result = results::lost(claim, origin(), Reason::Timeout, Timestamp::UNIX_EPOCH);
    Box::new(result)
}

fn next_key(attempts: &mut Attempts) -> Option<Key> {
    attempts
        .next_startable(0)
        .map(|waiting| waiting.offer.claim().into())
}

#[test]
fn a_known_attempt_is_adopted_and_never_started_again() {
    let mut attempts = Attempts::new(5);
    let key = key();
    attempts.insert(key, running(1));

    assert_eq!(
        attempts.judge(&offer(key, 2), 0, None),
        Verdict::AdoptRunning
    );
    assert_eq!(attempts.get(key).unwrap().fence, Fence(2));
    assert_eq!(attempts.judge(&offer(key, 1), 0, None), Verdict::Ignore);

    attempts.end(key, lost(key));
    assert_eq!(attempts.judge(&offer(key, 3), 0, None), Verdict::AdoptEnded);
    assert!(attempts.forget(key));
    assert_eq!(
        attempts.judge(&offer(key, 4), 0, None),
        Verdict::AdoptReported
    );
}

#[test]
fn an_expired_or_unwanted_offer_is_refused() {
    let mut attempts = Attempts::new(5);
    let offer = offer(key(), 1);

    assert_eq!(
        attempts.judge(&offer, 1000, None),
        Verdict::Refuse(Refusal::Expired)
    );
    let draining = Some(Refusal::Draining);
    assert_eq!(
        attempts.judge(&offer, 0, draining),
        Verdict::Refuse(Refusal::Draining)
    );
    assert_eq!(attempts.judge(&offer, 999, None), Verdict::Start);
}

#[test]
fn offers_wait_for_a_slot_in_their_order() {
    let mut attempts = Attempts::new(1);
    let (busy, first, second) = (key(), key(), key());
    attempts.insert(busy, running(1));
    for waiting in [first, second] {
        let offer = offer(waiting, 1);
        assert_eq!(attempts.judge(&offer, 0, None), Verdict::Queue);
        attempts.queue(offer);
    }
    assert!(attempts.next_startable(0).is_none());

    attempts.end(busy, lost(busy));

    let next = attempts.next_startable(0).unwrap();
    assert_eq!(Key::from(next.offer.claim()), first);
    assert_eq!(attempts.take_expired(1000).len(), 1);
}

#[test]
fn a_further_attempt_waits_until_the_one_before_has_ended() {
    let mut attempts = Attempts::new(5);
    let first = key();
    let second = Key {
        attempt: 2,
        ..first
    };
    attempts.insert(first, running(1));
    let further = offer(second, 2);

    assert_eq!(attempts.judge(&further, 0, None), Verdict::Queue);
    attempts.queue(further);
    assert_eq!(next_key(&mut attempts), None);
    // It holds up nobody else.
    assert_eq!(attempts.judge(&offer(key(), 3), 0, None), Verdict::Start);

    attempts.end(first, lost(first));

    assert_eq!(next_key(&mut attempts), Some(second));
    attempts.insert(second, running(2));
    assert!(attempts.forget(first));
    assert_eq!(attempts.running(), 1);
}

#[test]
fn a_further_attempt_that_waited_too_long_is_refused() {
    let mut attempts = Attempts::new(5);
    let first = key();
    attempts.insert(first, running(1));
    let further = offer(
        Key {
            attempt: 2,
            ..first
        },
        2,
    );
    assert_eq!(attempts.judge(&further, 0, None), Verdict::Queue);
    attempts.queue(further);

    assert_eq!(attempts.take_expired(1000).len(), 1);
    attempts.end(first, lost(first));

    assert_eq!(next_key(&mut attempts), None);
}

#[test]
fn an_offer_of_an_attempt_before_the_known_one_comes_too_late() {
    let mut attempts = Attempts::new(1);
    let (busy, first) = (key(), key());
    let second = Key {
        attempt: 2,
        ..first
    };
    attempts.insert(busy, running(1));
    let outdated = offer(first, 1);
    assert_eq!(attempts.judge(&outdated, 0, None), Verdict::Queue);
    attempts.queue(outdated);

    let further = offer(second, 2);
    assert_eq!(attempts.judge(&further, 0, None), Verdict::Queue);
    attempts.queue(further);

    assert_eq!(attempts.queued(), 1);
    assert_eq!(attempts.judge(&offer(first, 1), 0, None), Verdict::Ignore);
    attempts.end(busy, lost(busy));
    assert_eq!(next_key(&mut attempts), Some(second));
    attempts.insert(second, running(2));
    assert_eq!(attempts.judge(&offer(first, 3), 0, None), Verdict::Ignore);
}
