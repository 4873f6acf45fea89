//! Looks at what monitors watch: each look once, here in the link, as the server asks for it.
//!
//! The executor hears nothing of it: a look needs no slot, and goes on while steps run. Nothing is kept
//! between looks, neither connections nor what TLS trusts.

mod dns;
mod fault;
mod http;
mod icmp;
mod look;
mod tcp;
mod tls;
mod trust;

use std::{path::PathBuf, rc::Rc, sync::Arc, time::Duration};

use pulse_api::{
    frames::FromAgent,
    probe::{Check, CheckOutcome, CheckReport, Probe},
    status::CheckResult,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    time::{Instant, timeout},
};

use self::{fault::Fault, look::Look, trust::Trust};
use super::{drains::Rest, relay::Relay};
use crate::{clock, supervisor::Supervisor};

/// How many looks go on at once.
const AT_ONCE: usize = 32;
/// How many more may wait for their turn.
const WAITING: usize = 256;
/// No look takes longer, whatever is asked for.
const LONGEST: Duration = Duration::from_mins(1);
/// As long as what people are shown may be.
const DETAIL_LIMIT: usize = 300;

/// The looks that go on or wait, and what came of them.
pub(crate) struct Checks {
    tasks: Supervisor,
    places: Arc<Semaphore>,
    trust: Rc<Trust>,
    reports: mpsc::Sender<CheckReport>,
    reported: mpsc::Receiver<CheckReport>,
}

impl Default for Checks {
    fn default() -> Self {
        let (reports, reported) = mpsc::channel(AT_ONCE);
        Self {
            tasks: Supervisor::default(),
            places: Arc::new(Semaphore::new(AT_ONCE)),
            trust: Rc::default(),
            reports,
            reported,
        }
    }
}

/// What a look is told of this host.
struct Terms {
    /// By the boot clock: nobody begins to look after this.
    begin_before_ns: i64,
    /// The server's time less the boot clock's.
    clock_offset_ns: i64,
    /// Trusted beside what the host trusts.
    ca_cert: Option<PathBuf>,
}

impl Checks {
    /// What the next look gave; never, while there is none. May be dropped and called again.
    pub(super) async fn next(&mut self) -> CheckReport {
        match self.reported.recv().await {
            Some(report) => report,
            None => std::future::pending().await,
        }
    }

    /// Lets a look begin as soon as there is a place for it; says at once when there will be none.
    fn begin(&mut self, check: Check, terms: Terms) -> Option<CheckReport> {
        self.tasks.reap();
        if self.tasks.count() >= AT_ONCE + WAITING {
            return Some(report(&check, busy()));
        }
        let (places, trust, reports) = (
            self.places.clone(),
            self.trust.clone(),
            self.reports.clone(),
        );
        self.tasks.start(async move {
            let ahead_ns = terms.begin_before_ns - clock::boottime_ns();
            let ahead = Duration::from_nanos(u64::try_from(ahead_ns).unwrap_or(0));
            let outcome = match timeout(ahead, places.acquire_owned()).await {
                Ok(Ok(place)) => take(&check, &terms, (place, trust)).await,
                Ok(Err(_)) | Err(_) => busy(),
            };
            let _ = reports.send(report(&check, outcome)).await;
        });
        None
    }
}

impl Relay<'_> {
    /// Looks once, unless this host is to rest.
    pub(super) fn check(&mut self, check: Check) {
        let expires_ns = clock::unix_ns(check.expires_at);
        let terms = Terms {
            begin_before_ns: self.clock.earliest(expires_ns).unwrap_or(i64::MIN),
            clock_offset_ns: self.clock.offset_ns().unwrap_or_default(),
            ca_cert: self.own.config.server.ca_cert.clone(),
        };
        let refused = if self.drains.wanted() == Rest::Hold {
            Some(report(&check, unable("this worker is held")))
        } else {
            self.checks.begin(check, terms)
        };
        if let Some(report) = refused {
            self.uplink.send(&FromAgent::CheckReport(report));
        }
    }
}

async fn take(
    check: &Check,
    terms: &Terms,
    (place, trust): (OwnedSemaphorePermit, Rc<Trust>),
) -> CheckOutcome {
    if clock::boottime_ns() >= terms.begin_before_ns {
        return unable("it came too late to begin");
    }
    let began = Instant::now();
    let limit = Duration::from_millis(check.timeout_ms).min(LONGEST);
    let look = Look {
        deadline: began + limit,
        limit,
        place: Arc::new(place),
        trust,
        ca_cert: terms.ca_cert.clone(),
        clock_offset_ns: terms.clock_offset_ns,
    };
    let looked = at(&look, &check.probe).await;
    let latency_ms = u32::try_from(began.elapsed().as_millis()).ok();
    match looked {
        Ok(detail) => outcome(CheckResult::Good, latency_ms, &detail),
        Err(Fault::Failed(detail)) => outcome(CheckResult::Failed, latency_ms, &detail),
        Err(Fault::Unable(detail)) => outcome(CheckResult::Unable, None, &detail),
    }
}

async fn at(look: &Look, probe: &Probe) -> Result<String, Fault> {
    if let Some(probe) = &probe.http {
        http::look(look, probe).await
    } else if let Some(probe) = &probe.tcp {
        tcp::look(look, probe).await
    } else if let Some(probe) = &probe.tls {
        tls::look(look, probe).await
    } else if let Some(probe) = &probe.dns {
        dns::look(look, probe).await
    } else if let Some(probe) = &probe.icmp {
        icmp::look(look, probe).await
    } else {
        Err(Fault::unable(
            "there is nothing here that an agent looks at",
        ))
    }
}

fn report(check: &Check, outcome: CheckOutcome) -> CheckReport {
    CheckReport {
        check_id: check.check_id,
        outcome,
    }
}

fn busy() -> CheckOutcome {
    unable("busy: too many looks at once on this worker")
}

fn unable(detail: &str) -> CheckOutcome {
    outcome(CheckResult::Unable, None, detail)
}

fn outcome(result: CheckResult, latency_ms: Option<u32>, detail: &str) -> CheckOutcome {
    CheckOutcome {
        result,
        latency_ms,
        detail: Some(line(detail)),
    }
}

/// What was seen comes from anywhere: one line of it, and nothing that a terminal obeys.
fn line(detail: &str) -> String {
    let shown = |char: char| if char.is_control() { ' ' } else { char };
    detail.chars().map(shown).take(DETAIL_LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_are_shown_is_one_short_line_that_no_terminal_obeys() {
        let told = line(&format!("a\r\n\u{1b}[31mb\u{9b}{}", "é".repeat(400)));

        assert!(told.starts_with("a   [31mb é"), "{told}");
        assert_eq!(told.chars().count(), DETAIL_LIMIT);
    }
}
