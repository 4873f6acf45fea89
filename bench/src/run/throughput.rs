//! How many one-step commands a second many clients get done, and what each costs.

use std::time::{Duration, Instant};

use super::{
    Options,
    alternate::alternate,
    client::Client,
    floor::{self, Floor},
    host, latency,
    numbers::{count, median},
    report::{Report, Row},
    stack::Stack,
};
use crate::say;

const CLIENTS: usize = 32;

/// Processes whose work is counted together.
struct Side {
    server: u32,
    agents: Vec<u32>,
    postgres: u32,
    rates: Vec<f64>,
    /// Milliseconds of a processor for each command: server, agents with steps, PostgreSQL.
    costs: [Vec<f64>; 3],
}

/// Commands of many clients at once.
pub(super) async fn measure(
    options: &Options,
    (stack, floor): (&Stack, &Floor),
    report: &mut Report,
) -> anyhow::Result<()> {
    let blocks = options.rounds(7, 3);
    let block = Duration::from_secs(if options.quick { 2 } else { 4 });
    say::progress(&format!(
        "{CLIENTS} clients: {blocks} times {} s on each side",
        block.as_secs()
    ));
    let postgres = stack.process("postgres")?;
    let mut pulse = Side::new(stack.process("server")?, postgres);
    pulse.agents = host::naming(&stack.state_of("local-1"));
    let (server, agents) = floor.processes();
    let mut other = Side::new(server, postgres);
    other.agents = agents;
    alternate(
        blocks,
        async || {
            let clients = clients(async || stack.client().await).await?;
            pulse
                .count(clients, block, async |client| {
                    latency::command(client).await
                })
                .await
        },
        async || {
            let clients = clients(async || floor.client().await).await?;
            other
                .count(clients, block, async |client| floor::ask(client, 1).await)
                .await
        },
    )
    .await?;
    tell(pulse, other, report);
    Ok(())
}

fn tell(pulse: Side, floor: Side, report: &mut Report) {
    let row = Row::of(
        format!("commands a second, {CLIENTS} clients"),
        "/s",
        median(pulse.rates),
    );
    report.add(row.beside(median(floor.rates)).at_least_times(1.0));
    let names = ["the server", "agent and steps", "PostgreSQL"];
    for ((name, of_pulse), of_floor) in names.into_iter().zip(pulse.costs).zip(floor.costs) {
        let row = Row::of(
            format!("processor time a command, {name}"),
            "ms",
            median(of_pulse),
        );
        report.add(row.beside(median(of_floor)));
    }
}

async fn clients(connect: impl AsyncFn() -> anyhow::Result<Client>) -> anyhow::Result<Vec<Client>> {
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        clients.push(connect().await?);
    }
    Ok(clients)
}

impl Side {
    fn new(server: u32, postgres: u32) -> Self {
        Self {
            server,
            agents: Vec::new(),
            postgres,
            rates: Vec::new(),
            costs: Default::default(),
        }
    }

    /// Lets clients ask without pause for a while.
    async fn count<F>(
        &mut self,
        clients: Vec<Client>,
        block: Duration,
        ask: F,
    ) -> anyhow::Result<()>
    where
        F: AsyncFn(&mut Client) -> anyhow::Result<()>,
    {
        let before = self.ticks();
        let start = Instant::now();
        let until = start + block;
        let ask = &ask;
        let asked = clients.into_iter().map(|mut client| async move {
            let mut done = 0_usize;
            while Instant::now() < until {
                ask(&mut client).await?;
                done += 1;
            }
            anyhow::Ok(done)
        });
        let done: usize = futures_util::future::try_join_all(asked)
            .await?
            .into_iter()
            .sum();
        let seconds = start.elapsed().as_secs_f64();
        self.rates.push(count(done) / seconds);
        // The steps' last acknowledgements are part of what they cost.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let after = self.ticks();
        for ((costs, after), before) in self.costs.iter_mut().zip(after).zip(before) {
            let ticks = u32::try_from(after.saturating_sub(before)).unwrap_or(u32::MAX);
            costs.push(f64::from(ticks) * 10.0 / count(done));
        }
        Ok(())
    }

    fn ticks(&self) -> [u64; 3] {
        let agents: Vec<u32> = self.agents.clone();
        [
            host::ticks(&[self.server]),
            host::ticks(&agents),
            host::ticks(&host::family(self.postgres)),
        ]
    }
}
