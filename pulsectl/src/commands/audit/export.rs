//! `audit export`.

use clap::Args;
use pulse_api::http::audit::AuditEntry;

use super::sealed_after;
use crate::{
    app::App,
    client::Call,
    error::{Exit, Failure},
    flags::Output,
};

/// Write the whole trail, oldest first, with the digests that seal it
///
/// One JSON object on each line, unless -o asks for another form.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl audit export > audit.jsonl
  pulsectl audit export --after-seq 12000 >> audit.jsonl")]
pub(crate) struct Export {
    /// Only what comes after this place in the chain
    #[arg(long, value_name = "SEQ", default_value_t = 0)]
    after_seq: i64,
}

impl Export {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let call = Call::get("/audit");
        let is_lines = matches!(app.ui.output, Output::Table | Output::Jsonl | Output::Raw);
        let mut seq = self.after_seq;
        let mut kept: Vec<AuditEntry> = Vec::new();
        loop {
            let page = sealed_after(&client, &call, seq).await?;
            let Some(last) = page.last().and_then(|entry| entry.seq) else {
                break;
            };
            seq = last;
            client.in_time()?;
            if is_lines {
                for entry in &page {
                    app.ui.entry(entry)?;
                }
            } else {
                kept.extend(page);
            }
        }
        if !is_lines {
            app.ui.list(&kept)?;
        }
        Ok(Exit::OK)
    }
}
