//! `audit verify`.

use clap::Args;
use pulse_api::http::audit::{AuditBreak, AuditHead, AuditVerification};

use crate::{
    app::App,
    client::Call,
    error::{Exit, Failure, Kind},
};

/// Check that nobody changed the trail (exit code 3 if somebody did)
///
/// Each entry is sealed by a digest over itself and the digest before it. Who can write to the
/// database could make the whole chain anew: to notice that too, keep the head that this command
/// prints somewhere else, and give it the next time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl audit verify
  pulsectl audit verify -q > head.txt
  pulsectl audit verify --head \"$(cat head.txt)\"")]
pub(crate) struct Verify {
    /// The head that an earlier check printed
    #[arg(long, value_name = "SEQ:SHA256", value_parser = read_head)]
    head: Option<AuditHead>,
}

fn read_head(text: &str) -> Result<AuditHead, String> {
    let wrong = || "a head is a number, `:` and 64 hex digits".to_owned();
    let (seq, sha256) = text.trim().split_once(':').ok_or_else(wrong)?;
    let seq = seq.parse().ok().filter(|seq| *seq >= 1).ok_or_else(wrong)?;
    if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    Ok(AuditHead {
        seq,
        sha256: sha256.to_owned(),
    })
}

fn show(head: &AuditHead) -> String {
    format!("{}:{}", head.seq, head.sha256)
}

impl Verify {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let (seq, sha256) = self
            .head
            .map(|head| (head.seq.to_string(), head.sha256))
            .unzip();
        let call = Call::get("/audit/verify")
            .maybe("seq", seq)
            .maybe("sha256", sha256)
            .unhurried();
        let found: AuditVerification = app.client()?.json(call).await?;
        let head = found.head.as_ref().map(show).unwrap_or_default();
        let line = format!("intact: {} entries, head {head}", found.checked);
        match &found.broken {
            None => {
                app.ui.done(("audit", &head), &found, line)?;
                Ok(Exit::OK)
            }
            Some(broken) => {
                if app.ui.is_structured() {
                    app.ui.structured(&found)?;
                }
                Err(Failure::new(Kind::Failed, told(broken))
                    .hint("compare with an export that you kept: `pulsectl audit export`"))
            }
        }
    }
}

fn told(broken: &AuditBreak) -> String {
    let place = match (broken.seq, broken.id) {
        (Some(seq), Some(id)) => format!(" at {seq} (entry {id})"),
        (Some(seq), None) => format!(" at {seq}"),
        (None, Some(id)) => format!(" at entry {id}"),
        (None, None) => String::new(),
    };
    format!("the audit trail is broken{place}: {}", broken.reason)
}
