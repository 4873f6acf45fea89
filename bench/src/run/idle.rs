//! What an agent costs that has nothing to do.

use std::time::Duration;

use super::{
    Options, host,
    report::{Report, Row},
    stack::Stack,
};
use crate::say;

/// An agent settles for so long before it is looked at.
const SETTLING: Duration = Duration::from_secs(3);
const MIB: u32 = 1024 * 1024;

/// The link and the executor of one agent, doing nothing.
pub(super) async fn measure(
    options: &Options,
    stack: &Stack,
    report: &mut Report,
) -> anyhow::Result<()> {
    let window = Duration::from_secs(if options.quick { 8 } else { 20 });
    say::progress(&format!("an idle agent: {} s", window.as_secs()));
    tokio::time::sleep(SETTLING).await;
    let agent = host::naming(&stack.state_of("local-1"));
    anyhow::ensure!(
        agent.len() == 2,
        "an agent is a link and an executor, not {agent:?}"
    );
    let before = ran_for(&agent)?;
    tokio::time::sleep(window).await;
    let ran = Duration::from_nanos(ran_for(&agent)? - before);
    let (mut rss, mut pss) = (0, 0);
    for pid in agent {
        let memory = host::memory(pid)?;
        rss += memory.rss;
        pss += memory.pss;
    }
    let cpu = 100.0 * ran.as_secs_f64() / window.as_secs_f64();
    report.add(Row::of("an idle agent, resident".to_owned(), "MiB", mib(rss)).at_most(10.0));
    report.add(Row::of(
        "an idle agent, its share of it".to_owned(),
        "MiB",
        mib(pss),
    ));
    report.add(Row::of("an idle agent, processor".to_owned(), "%", cpu).at_most(0.05));
    let server = host::memory(stack.process("server")?)?;
    report.add(Row::of(
        "a server with one agent, resident".to_owned(),
        "MiB",
        mib(server.rss),
    ));
    Ok(())
}

fn ran_for(pids: &[u32]) -> anyhow::Result<u64> {
    let mut sum = 0;
    for pid in pids {
        sum += host::ran_for(*pid)?;
    }
    Ok(sum)
}

/// Bytes in MiB.
fn mib(bytes: u64) -> f64 {
    let kib = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    f64::from(kib) / f64::from(MIB / 1024)
}
