//! Reading the trail: lists, `pulsectl`, exports.

use pulse_tests::World;
use serde_json::{Value, json};

use super::{entries, verified};

#[tokio::test]
async fn the_trail_is_listed_by_who_what_and_when() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let operator = world.somebody("operator").await;
    let all = entries(&world, "limit=500").await;

    let tokens = entries(&world, "action=token").await;
    let one = entries(&world, "action=token.create&actor=admin").await;
    let later = entries(&world, "since=2100-01-01T00:00:00Z").await;
    let paged = world.admin().get("/audit?limit=1").await.is(200);

    let ids = |found: &[Value]| found.iter().map(|e| e["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&one), [&all[0]["id"]].map(Clone::clone));
    assert!(ids(&tokens).contains(&one[0]["id"]) && tokens.len() > one.len());
    assert!(tokens.len() < all.len());
    assert!(later.is_empty());
    assert_eq!(paged["items"][0]["id"], all[0]["id"]);
    let next = format!("limit=1&cursor={}", paged["next_cursor"].as_str().unwrap());
    assert_eq!(entries(&world, &next).await[0]["id"], all[1]["id"]);
    operator.get("/audit").await.problem(403, "forbidden");
    operator
        .get("/audit/verify")
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn pulsectl_lists_follows_and_exports_the_trail() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let found = verified(&world, "").await;

    let exported = world.ctl(&["audit", "export"]).await;
    let listed = world
        .ctl(&["audit", "ls", "--action", "worker.enroll", "-o", "json"])
        .await;
    let followed = [
        "audit",
        "ls",
        "-f",
        "--action",
        "region",
        "-q",
        "--timeout",
        "6s",
    ];
    let (followed, _) = tokio::join!(world.ctl(&followed), async {
        let region = json!({"code": "fra", "name": "Frankfurt"});
        world.admin().post("/regions", &region).await.is(201)
    });

    let lines: Vec<Value> = exported
        .is(0)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len() as u64, found["checked"].as_u64().unwrap());
    let seqs: Vec<i64> = lines
        .iter()
        .map(|line| line["seq"].as_i64().unwrap())
        .collect();
    assert!(
        seqs.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "{seqs:?}"
    );
    assert_eq!(lines.last().unwrap()["sha256"], found["head"]["sha256"]);
    let listed: Value = serde_json::from_str(listed.is(0)).unwrap();
    assert_eq!(listed[0]["action"], "worker.enroll");
    assert_eq!(followed.is(124).lines().count(), 1, "{}", followed.stderr);
}
