//! Offers, results and acknowledgements.

use std::time::Duration;

use serde_json::json;

use crate::support::{Agent, Offer, Server, bytes, eventually, in_seconds, is_alive, pid_in};

#[test]
fn an_offered_command_is_started_and_its_result_reported() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, connect) = server.welcome();
    assert_eq!(connect["protocol"], 1);
    assert_eq!(connect["slots"], 5);

    let offer = link.offer("echo out; echo err >&2; exit 3");

    let started = link.frame("started");
    assert_eq!(started["job_id"], json!(offer.job_id));
    let (result, outputs) = link.result();
    assert_eq!(result["exit_code"], 3);
    assert_eq!(result["success"], false);
    assert_eq!(result["output_bytes"], 8);
    assert_eq!(result["last_seq"], json!(outputs.len()));
    let mut all = bytes(&outputs);
    all.sort_unstable();
    assert_eq!(all, b"\n\neorrtu");
}

#[test]
fn a_result_without_an_ack_comes_again_on_the_next_connection() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let offer = link.offer("echo hello");
    let (first, _) = link.result();
    drop(link);

    let (mut link, connect) = server.welcome();

    assert_eq!(connect["running"], json!([offer.claim()]));
    assert_eq!(connect["spooled"], 1);
    let (again, _) = link.result();
    assert_eq!(again["timestamp"], first["timestamp"]);
    link.ack(&again);
    drop(link);
    let (_link, connect) = eventually("an empty hand", || {
        let (mut link, connect) = server.welcome();
        if connect["spooled"] != 0 {
            // The acknowledgement was lost with its connection.
            let (again, _) = link.result();
            link.ack(&again);
            return None;
        }
        Some((link, connect))
    });
    assert_eq!(connect["running"], json!([]));
}

#[test]
fn an_attempt_that_ended_is_reported_under_a_new_fence_and_never_started_again() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let ledger = agent.path("ledger");
    let offer = link.offer(&format!("echo x >> {}", ledger.display()));
    link.result();

    link.send(&offer.under(7).frame());
    let (adopted, _) = link.result();
    link.ack(&adopted);
    link.send(&offer.under(9).frame());
    let (again, _) = link.result();

    assert_eq!(adopted["fence"], 7);
    assert_eq!(again["fence"], 9);
    assert_eq!(again["exit_code"], 0);
    assert_eq!(std::fs::read_to_string(ledger).unwrap(), "x\n");
}

#[test]
fn a_running_attempt_is_adopted_under_a_new_fence() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = agent.path("gate");
    let offer = link.offer(&format!(
        "while [ ! -e {} ]; do sleep 0.02; done",
        gate.display()
    ));
    assert_eq!(link.frame("started")["fence"], 1);

    link.send(&offer.under(2).frame());

    assert_eq!(link.frame("started")["fence"], 2);
    std::fs::write(gate, "").unwrap();
    let (result, _) = link.result();
    assert_eq!(result["fence"], 2);
    assert_eq!(result["exit_code"], 0);
}

#[test]
fn a_further_attempt_starts_only_after_the_end_of_the_one_before() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let pid_file = agent.path("pid");
    let first = link.offer(&format!(
        "trap '' TERM; echo $$ > {}; while true; do sleep 0.02; done",
        pid_file.display()
    ));
    let pid = pid_in(&pid_file);

    link.send(&first.cancel(700));
    let mut second = first.under(2).with("attempt", json!(2));
    second.fields["command"] = json!(format!("kill -0 {pid} && exit 9; exit 4"));
    link.send(&second.frame());

    let (result, _) = link.result();
    assert_eq!(
        (&result["attempt"], &result["signal"]),
        (&json!(1), &json!(9))
    );
    let (result, _) = link.result();
    assert_eq!(
        (&result["attempt"], &result["exit_code"]),
        (&json!(2), &json!(4))
    );
}

#[test]
fn an_expired_offer_is_not_started() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let trace = agent.path("trace");
    let offer =
        Offer::new(&format!("touch {}", trace.display())).with("expires_at", json!(in_seconds(0)));

    link.send(&offer.frame());

    let refused = link.frame("not_started");
    assert_eq!(refused["reason"], "expired");
    assert!(!trace.exists());
}

#[test]
fn an_offer_without_a_free_slot_waits_and_expires() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.args(["--max-concurrent", "1"]);
    });
    let (mut link, _) = server.welcome();
    let gate = agent.path("gate");
    let wait = format!("while [ ! -e {} ]; do sleep 0.02; done", gate.display());
    let first = link.offer(&wait);
    let second = Offer::new("true").with("expires_at", json!(in_seconds(1)));
    link.send(&second.frame());
    let third = link.offer("true");

    assert_eq!(link.frame("not_started")["job_id"], json!(second.job_id));
    std::fs::write(gate, "").unwrap();

    let (result, _) = link.result();
    assert_eq!(result["job_id"], json!(first.job_id));
    let (result, _) = link.result();
    assert_eq!(result["job_id"], json!(third.job_id));
}

#[test]
fn what_the_server_has_given_up_is_killed_on_connect() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let pid_file = agent.path("pid");
    let offer = link.offer(&format!("echo $$ > {}; sleep 60", pid_file.display()));
    let pid = pid_in(&pid_file);
    drop(link);

    let (mut link, _) = server.welcome_but_kill(&[offer.claim()]);

    let (result, _) = link.result();
    assert_eq!(result["reason"], "cancelled");
    assert!(!is_alive(pid));
}

#[test]
fn outputs_environment_folder_and_script_arrive() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("SECRET_OF_AGENT", "x");
    });
    let (mut link, _) = server.welcome();
    let body = "echo \"where=$PWD\" >> $PULSE_OUTPUT\necho \"who=$NAME\" >> $PULSE_OUTPUT\n\
        echo \"leak=$SECRET_OF_AGENT\" >> $PULSE_OUTPUT\necho \"job=$PULSE_JOB\" >> $PULSE_OUTPUT";
    let offer = Offer::new(body)
        .with("script", json!(true))
        .with("working_dir", json!("/tmp"))
        .with("env", json!({"NAME": "world"}));

    link.send(&offer.frame());

    let (result, _) = link.result();
    assert_eq!(
        result["outputs"],
        json!({"where": "/tmp", "who": "world", "leak": "", "job": offer.job_id})
    );
    let left = std::fs::read_dir(agent.path("jobs")).unwrap().count();
    assert_eq!(left, 0, "the step's files are gone");
}

#[test]
fn what_cannot_be_started_says_why() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let nowhere = Offer::new("true").with("working_dir", json!("/nowhere"));
    let nobody = Offer::new("true").with("user", json!("no-such-user"));

    link.send(&nowhere.frame());
    let (first, _) = link.result();
    link.send(&nobody.frame());
    let (second, _) = link.result();

    assert_eq!(first["reason"], "not_startable");
    assert!(first["detail"].as_str().unwrap().contains("/nowhere"));
    assert!(second["detail"].as_str().unwrap().contains("no-such-user"));
}

/// An agent that finds its shell in a folder of its own, as long as the shell is there.
fn with_own_shell(agent: &mut Agent, rest_of_path: &str) -> std::path::PathBuf {
    let shell = agent.path("sh");
    std::os::unix::fs::symlink("/bin/sh", &shell).unwrap();
    let path = format!("{}{rest_of_path}", agent.folder.display());
    agent.run_with(|command| {
        command.env("PATH", path);
    });
    shell
}

#[test]
fn a_shell_that_is_gone_is_looked_for_again() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let shell = with_own_shell(&mut agent, ":/usr/bin:/bin");
    let (mut link, _) = server.welcome();
    assert_eq!(link.complete("exit 3").0["exit_code"], 3);

    std::fs::remove_file(shell).unwrap();

    assert_eq!(link.complete("exit 4").0["exit_code"], 4);
}

#[test]
fn a_host_that_has_lost_its_shell_says_so() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let shell = with_own_shell(&mut agent, "");
    let (mut link, _) = server.welcome();
    assert_eq!(link.complete("exit 3").0["exit_code"], 3);

    std::fs::remove_file(shell).unwrap();
    let (result, _) = link.complete("exit 4");

    assert_eq!(result["reason"], "not_startable");
    assert_eq!(result["detail"], "`sh` is not installed on this host");
}

#[test]
fn heartbeats_carry_the_load_and_the_free_slots() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("HEARTBEAT_INTERVAL", "0.1");
    });
    let (mut link, _) = server.welcome();

    link.frame("heartbeat");
    let beat = link.frame("heartbeat");

    assert_eq!(beat["slots_free"], 5);
    assert!(beat["metrics"]["memory_total_bytes"].as_u64().unwrap() > 0);
    assert!(
        link.try_frame("heartbeat", Duration::from_secs(1))
            .is_some()
    );
}

/// What a script leaves as another user; `None` where the host has only one.
fn outputs_as_nobody(body: &str) -> Option<serde_json::Value> {
    let own = std::process::Command::new("id").arg("-u").output();
    if own.unwrap().stdout != b"0\n" {
        crate::skip::skip("only root runs steps as another user");
        return None;
    }
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let offer = Offer::new(body)
        .with("script", json!(true))
        .with("user", json!("nobody"));
    link.send(&offer.frame());
    let (result, _) = link.result();
    Some(result["outputs"].clone())
}

#[test]
fn a_step_runs_as_another_user_where_the_agent_may() {
    let body = "echo \"who=$(id -un) $USER\" >> $PULSE_OUTPUT; echo \"groups=$(id -G | wc -w)\" >> $PULSE_OUTPUT; \
        echo \"owners=$(stat -c %U $PULSE_OUTPUT $0 | sort -u)\" >> $PULSE_OUTPUT";

    let Some(outputs) = outputs_as_nobody(body) else {
        return;
    };

    assert_eq!(
        outputs,
        json!({"who": "nobody nobody", "groups": "1", "owners": "nobody"})
    );
}

/// Root comes back to the file by its name: what is there must be what root has put there.
#[test]
fn the_user_of_a_step_puts_nothing_else_in_the_place_of_its_outputs() {
    let body = "folder=$(dirname $PULSE_OUTPUT); tried=; \
        mv $folder $folder.away && tried=\"$tried moved\"; \
        ln -s /etc/shadow $folder/link && tried=\"$tried linked\"; \
        rm -f $PULSE_OUTPUT && tried=\"$tried removed\"; \
        mv -f $0 $PULSE_OUTPUT && tried=\"$tried replaced\"; \
        echo \"tried=$tried\" >> $PULSE_OUTPUT; echo \"seen=$(ls $folder 2>/dev/null)\" >> $PULSE_OUTPUT";

    let Some(outputs) = outputs_as_nobody(body) else {
        return;
    };

    assert_eq!(outputs, json!({"tried": "", "seen": ""}));
}

#[test]
fn python_and_bash_run_their_own_texts() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let python = Offer::new("print(6 * 7)").with("runtime", json!("python"));
    let bash = Offer::new("[[ a == a ]] && echo yes").with("runtime", json!("bash"));

    link.send(&python.frame());
    let (_, first) = link.result();
    link.send(&bash.frame());
    let (_, second) = link.result();

    assert_eq!(bytes(&first), b"42\n");
    assert_eq!(bytes(&second), b"yes\n");
}

#[test]
fn a_restriction_that_this_agent_does_not_know_starts_nothing() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let mark = agent.path("mark");
    let command = format!("touch {}", mark.display());
    let offer = Offer::new(&command).with("sandbox", json!({"network": "none"}));

    link.send(&offer.frame());
    let (result, _) = link.result();

    assert_eq!(result["reason"], "sandbox_unavailable");
    assert_eq!(result["success"], false);
    assert!(result["detail"].as_str().unwrap().contains("network"));
    assert!(!mark.exists());
}
