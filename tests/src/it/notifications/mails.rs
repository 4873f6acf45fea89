//! Notifications by mail.

use pulse_tests::{World, receiver::Mailbox, world::step_of};
use serde_json::json;

use super::{apply, failing, put_channel, saying, start};

#[tokio::test]
async fn a_failure_is_mailed() {
    let (world, mailbox) = (World::start().await, Mailbox::start().await);
    let mail = json!({"server": "127.0.0.1", "port": mailbox.port(), "tls": "none",
        "from": "pulse <pulse@x.test>", "to": ["ada@x.test", "bob@x.test"]});
    put_channel(&world, "mail", &json!({"email": mail, "on": ["failed"]}))
        .await
        .is(200);
    apply(&world, "failing", &failing()).await;

    let number = start(&world, "failing").await;

    let said = mailbox.has_taken(1).await.remove(0);
    for line in [
        "MAIL FROM:<pulse@x.test>".to_owned(),
        "RCPT TO:<ada@x.test>".to_owned(),
        "RCPT TO:<bob@x.test>".to_owned(),
        format!("Subject: [pulse] failing #{number} failed at step rest"),
        format!("\r\nfailing #{number} failed at step rest"),
    ] {
        assert!(said.contains(&line), "{line}\n{said}");
    }
    let id = world
        .database
        .ask("select id::text from notifications")
        .await
        .remove(0);
    assert!(
        said.contains(&format!("Message-ID: <{id}@pulse>")),
        "{said}"
    );
}

#[tokio::test]
async fn a_mail_server_that_refuses_a_recipient_fails_the_step_and_nobody_gets_it() {
    let (world, mailbox) = (World::start().await, Mailbox::start().await);
    let mail = json!({"server": "127.0.0.1", "port": mailbox.port(), "tls": "none",
        "from": "pulse@x.test", "to": ["nobody@x.test"]});
    put_channel(&world, "ops", &json!({"email": mail}))
        .await
        .is(200);
    mailbox.answer(550, "no such user");

    let ended = world.complete(&saying(json!({"message": "hi"}))).await;

    let step = step_of(&ended, "say");
    assert_eq!(step["reason"], "not_delivered");
    assert!(
        step["detail"].as_str().unwrap().contains("no such user"),
        "{step}"
    );
    assert!(mailbox.taken().is_empty());
}

#[tokio::test]
async fn a_mail_server_without_tls_gets_no_mail_unless_the_channel_says_so() {
    let (world, mailbox) = (World::start().await, Mailbox::start().await);
    let mail = json!({"server": "127.0.0.1", "port": mailbox.port(),
        "from": "pulse@x.test", "to": ["ada@x.test"]});
    put_channel(&world, "mail", &json!({"email": mail}))
        .await
        .is(200);

    let test = world
        .admin()
        .post("/notifications/channels/mail/test", &json!({}))
        .await
        .is(200);

    assert_eq!(test["status"], "failed");
    assert!(mailbox.taken().is_empty(), "{test}");
}
