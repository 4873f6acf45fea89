//! How long one request takes on a system that does nothing else.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{
    FAN, Options,
    alternate::alternate,
    client::{Client, must_have_completed},
    floor::{self, Floor},
    numbers::Samples,
    report::{Report, Row},
    stack::Stack,
};
use crate::say;

/// Samples of one side before it is the other's turn.
const BLOCK: usize = 20;
const WARM_UP: usize = 50;

/// A one-step command, start to end.
pub(super) async fn one_step(
    options: &Options,
    (stack, floor): (&Stack, &Floor),
    report: &mut Report,
) -> anyhow::Result<()> {
    let blocks = options.rounds(100, 15);
    say::progress(&format!(
        "one-step commands: {} on each side",
        blocks * BLOCK
    ));
    let (mut pulse, mut other) = (stack.client().await?, floor.client().await?);
    for _ in 0..WARM_UP {
        command(&mut pulse).await?;
        floor::ask(&mut other, 1).await?;
    }
    let (mut of_pulse, mut of_floor) = (Samples::default(), Samples::default());
    alternate(
        blocks,
        async || {
            for _ in 0..BLOCK {
                of_pulse.push(timed(command(&mut pulse)).await?);
            }
            Ok(())
        },
        async || {
            for _ in 0..BLOCK {
                of_floor.push(timed(floor::ask(&mut other, 1)).await?);
            }
            Ok(())
        },
    )
    .await?;
    for (name, percent, most) in [("p50", 50, 1.5), ("p99", 99, 3.0)] {
        let row = Row::of(
            format!("one-step command, {name}"),
            "ms",
            of_pulse.percentile(percent),
        );
        report.add(row.beside(of_floor.percentile(percent)).at_most_times(most));
    }
    Ok(())
}

/// `true` on many agents at once, start to end.
pub(super) async fn fan_out(
    options: &Options,
    (stack, floor): (&Stack, &Floor),
    report: &mut Report,
) -> anyhow::Result<()> {
    let rounds = options.rounds(60, 15);
    say::progress(&format!(
        "one execution on {FAN} agents: {rounds} on each side"
    ));
    let (mut pulse, mut other) = (stack.client().await?, floor.client().await?);
    let document = json!({"definition": {"steps": [{
        "name": "Everywhere", "id": "everywhere", "type": "execute", "targets": ["all"],
        "command": "true",
    }]}});
    for _ in 0..5 {
        everywhere(&mut pulse, &document).await?;
        floor::ask(&mut other, FAN).await?;
    }
    let (mut of_pulse, mut of_floor) = (Samples::default(), Samples::default());
    alternate(
        rounds,
        async || {
            of_pulse.push(timed(everywhere(&mut pulse, &document)).await?);
            Ok(())
        },
        async || {
            of_floor.push(timed(floor::ask(&mut other, FAN)).await?);
            Ok(())
        },
    )
    .await?;
    let name = format!("one execution on {FAN} agents, p50");
    let row = Row::of(name, "ms", of_pulse.percentile(50));
    report.add(row.beside(of_floor.percentile(50)).at_most_times(1.3));
    Ok(())
}

/// Runs `true` on one agent, following it to its end.
pub(super) async fn command(client: &mut Client) -> anyhow::Result<()> {
    let body = json!({"command": "true"});
    let stream = client
        .post("/api/v1/workers/local-1/command?follow=true", &body)
        .await?;
    must_have_completed(&stream)
}

async fn everywhere(client: &mut Client, document: &Value) -> anyhow::Result<()> {
    let stream = client
        .post("/api/v1/executions?follow=true", document)
        .await?;
    must_have_completed(&stream)
}

async fn timed(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<Duration> {
    let start = Instant::now();
    work.await?;
    Ok(start.elapsed())
}
