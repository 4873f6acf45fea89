//! Ten thousand agents on one server: coming all at once, beating, and a step on a thousand of them.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::watch, task::JoinSet, time};
use tokio_tungstenite::{client_async, tungstenite::Message};

use super::{
    Options,
    alternate::alternate,
    client::{Client, must_have_completed},
    floor::{self, Floor},
    host,
    numbers::{Samples, count},
    programs::Programs,
    report::{Report, Row},
    simulated::{self, Herd},
    stack::Stack,
};
use crate::say;

/// On how many hosts the large step runs, where there are so many.
const LARGEST_FAN: usize = 1_000;
/// How long the herd may take to come; the target is a minute.
const PATIENCE: Duration = Duration::from_mins(3);
const SETTLING: Duration = Duration::from_secs(5);
/// Files that a server or this process opens beside the agents' sockets.
const SPARE_FILES: usize = 500;

/// Measures a herd of as many agents as the options say.
pub(super) async fn measure(
    options: &Options,
    (programs, stack): (&Programs, &mut Stack),
    report: &mut Report,
) -> anyhow::Result<()> {
    let size = options.herd;
    host::may_open(size + LARGEST_FAN + SPARE_FILES)?;
    say::progress(&format!("enrolling {size} agents"));
    let hosts = simulated::enroll(stack, size).await?;
    stack.stop()?;
    stack.start(0)?;
    time::sleep(SETTLING).await;
    let before = host::memory(stack.process("server")?)?;

    let herd = Herd::new(stack.address()?);
    let _herd = simulated::start(&herd, hosts);
    herd.is_online(size, 0, PATIENCE).await?;
    time::sleep(SETTLING).await;
    memory(stack, before, size, report)?;
    restart(stack, &herd, size, report).await?;
    beats(options, (stack, &herd), size, report).await?;
    fan_out(options, (programs, stack), report).await
}

/// What each agent adds to the server.
fn memory(
    stack: &Stack,
    before: host::Memory,
    size: usize,
    report: &mut Report,
) -> anyhow::Result<()> {
    let after = host::memory(stack.process("server")?)?;
    let kib = |bytes: u64| f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX));
    let each = kib(after.rss.saturating_sub(before.rss)) / count(size);
    let name = format!("a connected agent in the server, of {size}");
    report.add(Row::of(name, "KiB", each).at_most(32.0));
    Ok(())
}

/// Asks the server to end, as a service manager does; it is started again at once. The clock runs from the
/// signal until everybody is back.
async fn restart(
    stack: &Stack,
    herd: &Herd,
    size: usize,
    report: &mut Report,
) -> anyhow::Result<()> {
    say::progress("restarting the server");
    let (turned_away, welcomes) = (herd.turned_away(), herd.welcomes());
    let restarted = Instant::now();
    host::terminate(stack.process("server")?)?;
    herd.is_online(size, welcomes, PATIENCE).await?;
    let took = restarted.elapsed().as_secs_f64();
    let name = format!("{size} agents back after a restart");
    report.add(Row::of(name, "s", took).at_most(60.0));
    let later = herd.turned_away() - turned_away;
    let name = "· asked to come again later".to_owned();
    report.add(Row::of(name, "times", count(later)));
    Ok(())
}

/// How quickly the server answers pings between heartbeats, and whether it takes anybody for gone.
async fn beats(
    options: &Options,
    (stack, herd): (&Stack, &Herd),
    size: usize,
    report: &mut Report,
) -> anyhow::Result<()> {
    let window = Duration::from_secs(if options.quick { 20 } else { 150 });
    say::progress(&format!(
        "listening to {size} agents for {} s",
        window.as_secs()
    ));
    let server = stack.process("server")?;
    let (ran_before, until) = (host::ran_for(server)?, Instant::now() + window);
    let mut client = stack.client().await?;
    let mut gone = 0;
    herd.take_round_trips();
    while Instant::now() < until {
        time::sleep(Duration::from_secs(2)).await;
        gone = gone.max(away(&mut client).await?);
    }
    let ran = Duration::from_nanos(host::ran_for(server)?.saturating_sub(ran_before));
    let mut samples = Samples::default();
    for sample in herd.take_round_trips() {
        samples.push(sample);
    }
    for (percent, most) in [(50, f64::INFINITY), (99, 100.0)] {
        let name = format!("a ping among the heartbeats of {size} agents, p{percent}");
        let row = Row::of(name, "ms", samples.percentile(percent));
        report.add(if most.is_finite() {
            row.at_most(most)
        } else {
            row
        });
    }
    let name = "· workers wrongly taken for unreachable or offline".to_owned();
    report.add(Row::of(name, "", count(gone)).at_most(0.0));
    let name = format!("a server with {size} idle agents, processor");
    report.add(Row::of(
        name,
        "%",
        100.0 * ran.as_secs_f64() / window.as_secs_f64(),
    ));
    Ok(())
}

/// How many of the herd are not taken for online.
async fn away(client: &mut Client) -> anyhow::Result<usize> {
    let path = "/api/v1/workers?status=unreachable,offline&limit=500";
    let page: Value = serde_json::from_slice(&client.get(path).await?)?;
    let items = page["items"].as_array().context("no list of workers")?;
    let is_ours = |worker: &&Value| worker["name"].as_str().is_some_and(simulated::is_name);
    Ok(items.iter().filter(is_ours).count())
}

/// One step on a thousand hosts, beside the floor's thousand.
async fn fan_out(
    options: &Options,
    (programs, stack): (&Programs, &Stack),
    report: &mut Report,
) -> anyhow::Result<()> {
    let fan = options.herd.min(LARGEST_FAN);
    let floor = Floor::start(programs, stack, options.floor_pool).await?;
    let _agents = floor_agents(&floor, fan).await?;
    let rounds = options.rounds(30, 5);
    say::progress(&format!(
        "one execution on {fan} agents: {rounds} on each side"
    ));
    let names: Vec<String> = (0..fan).map(simulated::name).collect();
    let document = json!({"definition": {"steps": [{
        "name": "Everywhere", "id": "everywhere", "type": "execute", "targets": names,
        "command": "true",
    }]}});
    let (mut pulse, mut other) = (stack.client().await?, floor.client().await?);
    everywhere(&mut pulse, &document).await?;
    floor::ask(&mut other, fan).await?;
    let (stop, stopped) = watch::channel(());
    let mut calls = JoinSet::new();
    calls.spawn(meanwhile(stack.client().await?, stopped));
    let (mut of_pulse, mut of_floor) = (Samples::default(), Samples::default());
    alternate(
        rounds,
        async || {
            let start = Instant::now();
            everywhere(&mut pulse, &document).await?;
            of_pulse.push(start.elapsed());
            Ok(())
        },
        async || {
            let start = Instant::now();
            floor::ask(&mut other, fan).await?;
            of_floor.push(start.elapsed());
            Ok(())
        },
    )
    .await?;
    drop(stop);
    let calls = calls.join_next().await.context("nobody looked")???;
    let name = format!("one execution on {fan} simulated agents, p50");
    report.add(Row::of(name, "ms", of_pulse.percentile(50)).beside(of_floor.percentile(50)));
    let name = "· a call meanwhile, p99".to_owned();
    report.add(Row::of(name, "ms", calls.percentile(99)).at_most(250.0));
    Ok(())
}

/// How long it takes to look at a worker, again and again until `stopped`.
async fn meanwhile(
    mut client: Client,
    mut stopped: watch::Receiver<()>,
) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    let path = format!("/api/v1/workers/{}", simulated::name(0));
    loop {
        let pause = time::sleep(Duration::from_millis(15));
        tokio::select! {
            // The sender is gone: everything is measured.
            _ = stopped.changed() => return Ok(samples),
            () = pause => {}
        }
        let start = Instant::now();
        client.get(&path).await?;
        samples.push(start.elapsed());
    }
}

async fn everywhere(client: &mut Client, document: &Value) -> anyhow::Result<()> {
    let stream = client
        .post("/api/v1/executions?follow=true", document)
        .await?;
    must_have_completed(&stream)
}

/// The floor's agents, played by this process as well.
async fn floor_agents(floor: &Floor, count: usize) -> anyhow::Result<JoinSet<anyhow::Result<()>>> {
    let mut agents = JoinSet::new();
    for _ in 0..count {
        let address = floor.address();
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (mut socket, _) = client_async(format!("ws://{address}/agent"), stream).await?;
        agents.spawn(async move {
            loop {
                let frame = socket.next().await.context("the floor hung up")??;
                if let Message::Text(text) = frame {
                    let job: Value = serde_json::from_str(&text)?;
                    let done = json!({"id": job["id"], "exit_code": 0});
                    socket.send(Message::text(done.to_string())).await?;
                }
            }
        });
    }
    let mut client = floor.client().await?;
    while serde_json::from_slice::<usize>(&client.get("/agents").await?)? < count {
        time::sleep(Duration::from_millis(50)).await;
    }
    Ok(agents)
}
