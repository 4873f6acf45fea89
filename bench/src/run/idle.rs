//! What an agent costs that has nothing to do.

use std::time::Duration;

use super::{
    Options, host,
    programs::Programs,
    report::{Report, Row},
    shipped::Shipped,
    stack::Stack,
};
use crate::say;

/// An agent settles for so long before it is looked at.
const SETTLING: Duration = Duration::from_secs(3);
const MIB: u32 = 1024 * 1024;

/// The link and the executor of one agent, doing nothing.
pub(super) async fn measure(
    options: &Options,
    (programs, stack): (&Programs, &Stack),
    report: &mut Report,
) -> anyhow::Result<()> {
    let window = Duration::from_secs(if options.quick { 8 } else { 20 });
    say::progress(&format!("an idle agent: {} s", window.as_secs()));
    let shipped = Shipped::start(programs, stack).await?;
    tokio::time::sleep(SETTLING).await;
    let (state, name) = match &shipped {
        Some(shipped) => (
            shipped.state().to_owned(),
            "an idle agent as packages ship it",
        ),
        None => (stack.state_of("local-1"), "an idle agent"),
    };
    let agent = host::naming(&state);
    anyhow::ensure!(
        agent.len() == 2,
        "an agent is a link and an executor, not {agent:?}"
    );
    let server = [stack.process("server")?];
    let database = host::family(stack.process("postgres")?);
    let sides = [agent.as_slice(), &server, &database];
    let before = sides.map(ran_for);
    tokio::time::sleep(window).await;
    let after = sides.map(ran_for);
    let share = |side: usize| {
        let ran = Duration::from_nanos(after[side].saturating_sub(before[side]));
        100.0 * ran.as_secs_f64() / window.as_secs_f64()
    };
    let (mut rss, mut pss) = (0, 0);
    for pid in &agent {
        let memory = host::memory(*pid)?;
        rss += memory.rss;
        pss += memory.pss;
    }
    let memory = host::memory(server[0])?;
    let row = |name: &str, unit, number| Row::of(name.to_owned(), unit, number);
    let of_agent = |what: &str, unit, number| row(&format!("{name}, {what}"), unit, number);
    report.add(of_agent("resident", "MiB", mib(rss)).at_most(10.0));
    report.add(of_agent("its share of it", "MiB", mib(pss)));
    report.add(of_agent("processor", "%", share(0)).at_most(0.05));
    report.add(row("an idle server, resident", "MiB", mib(memory.rss)));
    report.add(row("an idle server, processor", "%", share(1)));
    report.add(row("an idle server's PostgreSQL, processor", "%", share(2)));
    match shipped {
        Some(shipped) => shipped.remove(stack).await,
        None => Ok(()),
    }
}

/// Nanoseconds that these processes have run; one that has ended counts as nothing.
fn ran_for(pids: &[u32]) -> u64 {
    pids.iter().filter_map(|pid| host::ran_for(*pid).ok()).sum()
}

/// Bytes in MiB.
fn mib(bytes: u64) -> f64 {
    let kib = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    f64::from(kib) / f64::from(MIB / 1024)
}
