//! The command line, from the start of its process to its exit.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{
    Options,
    alternate::alternate,
    numbers::Samples,
    report::{Report, Row},
    ssh::Ssh,
    stack::Stack,
};
use crate::say;

const BLOCK: usize = 5;

/// `pulsectl worker exec` beside `ssh`, and `pulsectl --version` beside the smallest process.
pub(super) async fn measure(
    options: &Options,
    stack: &Stack,
    report: &mut Report,
) -> anyhow::Result<()> {
    let blocks = options.rounds(40, 8);
    say::progress(&format!(
        "pulsectl and ssh: {} calls of each",
        blocks * BLOCK
    ));
    exec(blocks, stack, report).await?;
    let version = || {
        let mut command = Command::new(&stack.pulsectl);
        command.arg("--version");
        command
    };
    let (pulse, least) = compare(blocks, version, || Command::new("true")).await?;
    let row = Row::of("pulsectl --version".to_owned(), "ms", pulse.percentile(50));
    report.add(row.beside(least.percentile(50)).at_most(10.0));
    Ok(())
}

async fn exec(blocks: usize, stack: &Stack, report: &mut Report) -> anyhow::Result<()> {
    let pulsectl = || {
        let mut command = stack.pulsectl();
        command.args(["worker", "exec", "local-1", "--", "true"]);
        command
    };
    let name = |what: &str| format!("worker exec -- true beside ssh, {what}");
    match Ssh::start(&stack.dir().join("ssh")) {
        Ok(ssh) => {
            let (pulse, other) = compare(blocks, pulsectl, || ssh.command()).await?;
            let row = Row::of(name("p50"), "ms", pulse.percentile(50));
            report.add(row.beside(other.percentile(50)).at_most_times(1.0));
        }
        Err(error) => {
            say::progress(&format!("no comparison with ssh: {error:#}"));
            let (pulse, _) = compare(blocks, pulsectl, || Command::new("true")).await?;
            report.add(Row::of(name("skipped"), "ms", pulse.percentile(50)));
        }
    }
    Ok(())
}

/// Calls two programs in turns.
async fn compare(
    blocks: usize,
    one: impl Fn() -> Command,
    other: impl Fn() -> Command,
) -> anyhow::Result<(Samples, Samples)> {
    for _ in 0..BLOCK {
        call(one())?;
        call(other())?;
    }
    let (mut of_one, mut of_other) = (Samples::default(), Samples::default());
    alternate(
        blocks,
        async || {
            for _ in 0..BLOCK {
                of_one.push(call(one())?);
            }
            Ok(())
        },
        async || {
            for _ in 0..BLOCK {
                of_other.push(call(other())?);
            }
            Ok(())
        },
    )
    .await?;
    Ok((of_one, of_other))
}

/// Runs a program to its end.
fn call(mut command: Command) -> anyhow::Result<Duration> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let start = Instant::now();
    let output = command.spawn()?.wait_with_output()?;
    let took = start.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{command:?} failed: {said}");
    Ok(took)
}
