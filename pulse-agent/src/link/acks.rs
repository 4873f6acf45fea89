//! What the server has stored, and the executor may forget.

use pulse_api::frames::Ack;

use super::relay::{Outcome, Relay};
use crate::wire::ToExecutor;

impl Relay<'_> {
    /// Tells what is stored. It lets the executor forget a result, which need not wake it while the
    /// next offer is on its way.
    pub(super) async fn acknowledge(&mut self, ack: Ack) -> Option<Outcome> {
        let is_awaited = ack.output_seq.is_some() || self.leaving.is_leaving();
        let message = ToExecutor::Ack(ack);
        if is_awaited {
            return self.tell(message).await;
        }
        let held = self.executor.hold(&message).await;
        held.err().map(|_| Outcome::ExecutorLost)
    }
}
