//! Asks a running agent things over its unix socket: status, drain, resume.

use std::time::Duration;

use crate::{
    connection::{Executor, read},
    state::State,
    wire::{DrainMode, FromExecutor, Load, ToExecutor},
};

/// Why an agent gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    #[error("no agent is running in {0}")]
    NotRunning(String),
    #[error("the agent does not answer")]
    Silent,
}

/// How long a drain is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    NotAtAll,
    UntilIdle,
}

/// Asks one thing and reads how busy the agent is then.
pub(crate) async fn ask(state: &State, message: &ToExecutor) -> Result<Load, ControlError> {
    let not_running = || ControlError::NotRunning(state.path().display().to_string());
    let mut executor = Executor::connect(state).await.map_err(|_| not_running())?;
    executor
        .send(message)
        .await
        .map_err(|_| ControlError::Silent)?;
    let answer = tokio::time::timeout(Duration::from_secs(5), load(&mut executor)).await;
    answer.ok().flatten().ok_or(ControlError::Silent)
}

/// Lets a running agent read its configuration again; the inner error says why it did not.
pub(crate) async fn reload(state: &State) -> Result<Result<(), String>, ControlError> {
    let not_running = || ControlError::NotRunning(state.path().display().to_string());
    let mut executor = Executor::connect(state).await.map_err(|_| not_running())?;
    let asked = executor.send(&ToExecutor::Reload).await;
    asked.map_err(|_| ControlError::Silent)?;
    let answered = async {
        loop {
            if let FromExecutor::Reloaded(outcome) = read(&executor.next().await?)? {
                return Some(outcome);
            }
        }
    };
    let answered = tokio::time::timeout(Duration::from_secs(5), answered).await;
    answered.ok().flatten().ok_or(ControlError::Silent)
}

/// Drains, and waits when asked to.
pub(crate) async fn drain(state: &State, wait: Wait) -> Result<Load, ControlError> {
    let mut left = ask(state, &ToExecutor::Drain(DrainMode::Exit)).await?;
    while wait == Wait::UntilIdle && left.outstanding() > 0 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let Ok(load) = ask(state, &ToExecutor::Status).await else {
            // An idle agent leaves at the end of its drain.
            (left.running, left.queued, left.unreported) = (0, 0, 0);
            break;
        };
        left = load;
    }
    Ok(left)
}

async fn load(executor: &mut Executor) -> Option<Load> {
    loop {
        match read(&executor.next().await?) {
            Some(FromExecutor::Load(load)) => return Some(load),
            Some(
                FromExecutor::Inventory(_) | FromExecutor::Reloaded(_) | FromExecutor::Resumed,
            )
            | None => {}
        }
    }
}
