//! `--detach`: the same stack, in a process that outlives the shell.

use std::{
    fs::File,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio_util::sync::CancellationToken;

use super::{Options, keeper::tail, layout::Layout, next_steps};
use crate::cli::{Failure, say};

/// How often the new process is looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// Starts the stack in a process of its own and returns once it is up.
pub(crate) fn detach(
    options: &Options,
    layout: &Layout,
    stop: &CancellationToken,
) -> Result<(), Failure> {
    // Only to say so at once when another one runs here.
    drop(layout.lock()?);
    let _ = std::fs::remove_file(layout.env());
    let mut child = spawn(options, layout)?;
    loop {
        if layout.env().exists() {
            say(&next_steps(layout));
            return Ok(());
        }
        if let Ok(Some(status)) = child.try_wait() {
            return Err(no_start(layout, status));
        }
        if stop.is_cancelled() {
            interrupt(&mut child);
            return Err(Failure::error("stopped before the stack was up"));
        }
        thread::sleep(GLANCE);
    }
}

fn spawn(options: &Options, layout: &Layout) -> Result<Child, Failure> {
    let failed = |error| Failure::because("cannot start the stack in the background", &error);
    let log = File::create(layout.log()).map_err(failed)?;
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = Command::new(program);
    if let Some(config) = &options.config {
        command.arg("--config").arg(config);
    }
    command
        .args(["dev", "--detached", "--dir"])
        .arg(layout.dir());
    command.args(["--listen", &options.listen.to_string()]);
    command.args(["--workers", &options.workers.to_string()]);
    if options.fast {
        command.arg("--fast");
    }
    let errors = log.try_clone().map_err(failed)?;
    command.stdin(Stdio::null()).stdout(log).stderr(errors);
    command.spawn().map_err(failed)
}

fn no_start(layout: &Layout, status: ExitStatus) -> Failure {
    let log = layout.log();
    let said = tail(&log).join("\n");
    Failure::error(format!("the stack did not come up ({status})\n{said}")).hint(format!(
        "the logs are in {} and {}/logs",
        log.display(),
        layout.dir().display()
    ))
}

fn interrupt(child: &mut Child) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, Signal::TERM);
    }
    let _ = child.wait();
}
