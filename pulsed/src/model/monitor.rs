//! What looks at a monitor say together: what each region finds, and what that makes of the monitor.
//!
//! A look of which nothing is known counts for nothing, but a region of which nothing is known for long
//! says nothing: that nobody looks is not that something is down.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pulse_api::{
    CheckId, MonitorId, WorkerId,
    http::monitors::MonitorSpec,
    probe::{CheckOutcome, Probe},
    status::{CheckResult, MonitorStatus, RegionRule},
};

/// The region of a monitor that names none: any one worker looks.
pub(crate) const ANY: &str = "any";

/// Why an incident is over where somebody has seen that it is.
pub(crate) const UP_AGAIN: &str = "it is up again";

/// After how many looks in a row of which nothing is known a region says nothing.
const SILENT_AFTER: i32 = 3;

/// Which field of a probe is there; `None` where it is none, or several.
pub(crate) fn kind(probe: &Probe) -> Option<&'static str> {
    let fields = [
        ("http", probe.http.is_some()),
        ("tcp", probe.tcp.is_some()),
        ("tls", probe.tls.is_some()),
        ("dns", probe.dns.is_some()),
        ("icmp", probe.icmp.is_some()),
        (HEARTBEAT, probe.heartbeat.is_some()),
    ];
    let mut there = fields.into_iter().filter(|(_, is_there)| *is_there);
    let only = there.next().map(|(kind, _)| kind);
    only.filter(|_| there.next().is_none())
}

/// The kind of what reports by itself.
pub(crate) const HEARTBEAT: &str = "heartbeat";

/// A monitor with its locked row.
#[derive(Debug, Clone)]
pub(crate) struct Monitor {
    pub(crate) id: MonitorId,
    pub(crate) name: String,
    pub(crate) spec: MonitorSpec,
    pub(crate) status: MonitorStatus,
    pub(crate) regions: Vec<Region>,
    /// The number of the incident that is open.
    pub(crate) incident: Option<i64>,
}

/// What a region finds of a monitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) name: String,
    /// What it says: its finding, unless nothing was heard of it lately.
    pub(crate) status: MonitorStatus,
    pub(crate) finding: MonitorStatus,
    /// Good looks in a row; failed ones below zero.
    pub(crate) streak: i32,
    /// Looks in a row of which nothing is known.
    pub(crate) silences: i32,
    /// The moment of the newest look that counted.
    pub(crate) newest_due_at: Option<Timestamp>,
}

/// A look of a region that is over.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) monitor: MonitorId,
    pub(crate) region: String,
    pub(crate) due_at: Timestamp,
    pub(crate) result: CheckResult,
    pub(crate) detail: Option<String>,
}

/// What a worker says that a look gave.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) check: CheckId,
    pub(crate) worker: WorkerId,
    pub(crate) outcome: CheckOutcome,
}

/// What becomes of a monitor and of its incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) status: MonitorStatus,
    pub(crate) incident: Incident,
}

/// What becomes of the incidents of a monitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Incident {
    /// The open one stays open, or none is.
    Stays,
    /// One begins: the regions that find it down.
    Opens(Vec<String>),
    /// The open one is over.
    Closes(i64),
}

impl Region {
    /// A region that has found nothing yet.
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            status: MonitorStatus::Unknown,
            finding: MonitorStatus::Unknown,
            streak: 0,
            silences: 0,
            newest_due_at: None,
        }
    }

    /// Takes a look, unless a newer one was taken already.
    pub(crate) fn take(&mut self, look: &Look, (down_after, up_after): (u16, u16)) {
        if self
            .newest_due_at
            .is_some_and(|newest| look.due_at <= newest)
        {
            return;
        }
        self.newest_due_at = Some(look.due_at);
        match look.result {
            CheckResult::Good => {
                self.silences = 0;
                self.streak = self.streak.max(0).saturating_add(1);
                // What was never found down is up as soon as somebody sees it.
                let is_enough = self.streak >= i32::from(up_after);
                if is_enough || self.finding == MonitorStatus::Unknown {
                    self.finding = MonitorStatus::Up;
                }
            }
            CheckResult::Failed => {
                self.silences = 0;
                self.streak = self.streak.min(0).saturating_sub(1);
                if self.streak <= -i32::from(down_after) {
                    self.finding = MonitorStatus::Down;
                }
            }
            CheckResult::Unable | CheckResult::Lost => {
                self.silences = self.silences.saturating_add(1);
                // That it was up is old by now; what was down is not up again for having been out of sight.
                if self.silences >= SILENT_AFTER && self.finding == MonitorStatus::Up {
                    self.finding = MonitorStatus::Unknown;
                    self.streak = 0;
                }
            }
        }
        self.status = if self.silences >= SILENT_AFTER {
            MonitorStatus::Unknown
        } else {
            self.finding
        };
    }
}

impl Monitor {
    /// Takes looks that are over, the oldest first, and says what becomes of it; `None` where it is paused.
    pub(crate) fn take(&mut self, looks: &[&Look]) -> Option<Verdict> {
        if self.status == MonitorStatus::Paused {
            return None;
        }
        let after = (
            self.spec.down_after.unwrap_or(1),
            self.spec.up_after.unwrap_or(1),
        );
        for look in looks {
            let region = self.regions.iter_mut().find(|it| it.name == look.region);
            if let Some(region) = region {
                region.take(look, after);
            }
        }
        let says: Vec<MonitorStatus> = self.regions.iter().map(|it| it.status).collect();
        let status = judge(self.spec.rule, &says);
        let incident = match (status, self.incident) {
            (MonitorStatus::Down, None) => Incident::Opens(self.down_in()),
            (MonitorStatus::Up, Some(number)) => Incident::Closes(number),
            // Of what nobody sees, nobody can say that it is up again.
            (MonitorStatus::Down, Some(_))
            | (MonitorStatus::Up, None)
            | (MonitorStatus::Unknown | MonitorStatus::Paused, _) => Incident::Stays,
        };
        Some(Verdict { status, incident })
    }

    /// The regions that find it down.
    fn down_in(&self) -> Vec<String> {
        let down = |region: &&Region| region.status == MonitorStatus::Down;
        let names = self.regions.iter().filter(down);
        names.map(|region| region.name.clone()).collect()
    }
}

/// What the regions say together: those that say nothing are not asked.
pub(crate) fn judge(rule: RegionRule, regions: &[MonitorStatus]) -> MonitorStatus {
    let says = |status| regions.iter().filter(|it| **it == status).count();
    let (up, down) = (says(MonitorStatus::Up), says(MonitorStatus::Down));
    if up + down == 0 {
        return MonitorStatus::Unknown;
    }
    let is_down = match rule {
        RegionRule::Majority => down > up,
        RegionRule::Any => down > 0,
        RegionRule::All => up == 0,
    };
    if is_down {
        MonitorStatus::Down
    } else {
        MonitorStatus::Up
    }
}

/// A time in which nobody is told that a monitor is down.
#[derive(Debug, Clone)]
pub(crate) struct Maintenance {
    pub(crate) number: i64,
    pub(crate) monitors: Vec<String>,
    pub(crate) selector: Option<pulse_workflow::Selector>,
}

impl Maintenance {
    /// Whether a monitor is in it.
    pub(crate) fn has(&self, name: &str, labels: &BTreeMap<String, String>) -> bool {
        let host = || pulse_workflow::Host {
            name: name.to_owned(),
            labels: labels.clone(),
            ..pulse_workflow::Host::default()
        };
        let selects = |selector: &pulse_workflow::Selector| selector.matches(&host());
        self.monitors.iter().any(|own| own == name) || self.selector.as_ref().is_some_and(selects)
    }
}

#[cfg(test)]
mod tests {
    use CheckResult::{Failed, Good, Lost, Unable};
    use MonitorStatus::{Down, Unknown, Up};

    use super::*;

    fn monitor(rule: RegionRule, regions: &[&str]) -> Monitor {
        Monitor {
            id: MonitorId::new(),
            name: "site".to_owned(),
            spec: MonitorSpec {
                name: None,
                description: None,
                probe: Probe::default(),
                interval_seconds: Some(60),
                timeout_seconds: Some(10),
                regions: Vec::new(),
                rule,
                down_after: Some(3),
                up_after: Some(2),
                labels: BTreeMap::new(),
            },
            status: Unknown,
            regions: regions.iter().map(|name| Region::new(name)).collect(),
            incident: None,
        }
    }

    fn look(region: &str, second: i64, result: CheckResult) -> Look {
        Look {
            monitor: MonitorId::new(),
            region: region.to_owned(),
            due_at: Timestamp::from_second(second).unwrap(),
            result,
            detail: None,
        }
    }

    /// What a monitor of one region says after each of these.
    fn one_after_another(results: &[CheckResult]) -> Vec<MonitorStatus> {
        let mut monitor = monitor(RegionRule::Majority, &[ANY]);
        let mut says = Vec::new();
        for (second, result) in results.iter().enumerate() {
            let look = look(ANY, i64::try_from(second).unwrap(), *result);
            says.push(monitor.take(&[&look]).unwrap().status);
        }
        says
    }

    #[test]
    fn it_is_down_after_so_many_failures_in_a_row_and_up_after_so_many_successes() {
        let said = one_after_another(&[
            Good, Failed, Failed, Good, Failed, Failed, Failed, Good, Failed, Good, Good,
        ]);

        assert_eq!(said, [Up, Up, Up, Up, Up, Up, Down, Down, Down, Down, Up]);
    }

    #[test]
    fn what_nobody_has_seen_yet_is_neither() {
        assert_eq!(
            one_after_another(&[Failed, Failed, Failed]),
            [Unknown, Unknown, Down]
        );
        assert_eq!(
            one_after_another(&[Lost, Unable, Good]),
            [Unknown, Unknown, Up]
        );
    }

    #[test]
    fn a_look_of_which_nothing_is_known_neither_breaks_a_row_nor_adds_to_it() {
        let said = one_after_another(&[Good, Failed, Lost, Failed, Unable, Failed]);

        assert_eq!(said, [Up, Up, Up, Up, Up, Down]);
    }

    #[test]
    fn a_region_that_is_silent_for_long_says_nothing_and_never_that_it_is_down() {
        let said = one_after_another(&[Good, Lost, Lost, Lost, Lost, Lost, Lost, Failed, Good]);

        assert_eq!(
            said,
            [Up, Up, Up, Unknown, Unknown, Unknown, Unknown, Unknown, Up]
        );
    }

    #[test]
    fn what_was_down_is_not_up_again_for_having_been_out_of_sight() {
        let said = one_after_another(&[Failed, Failed, Failed, Lost, Lost, Lost, Good, Good]);

        assert_eq!(
            said,
            [Unknown, Unknown, Down, Down, Down, Unknown, Down, Up]
        );
    }

    #[test]
    fn an_older_look_changes_nothing() {
        let mut region = Region::new(ANY);
        region.take(&look(ANY, 10, Good), (1, 1));
        let before = region.clone();

        region.take(&look(ANY, 10, Failed), (1, 1));
        region.take(&look(ANY, 9, Failed), (1, 1));

        assert_eq!(region, before);
    }

    /// What three regions say together that find this.
    fn together(rule: RegionRule, found: [CheckResult; 3]) -> MonitorStatus {
        let names = ["iad", "fra", "sin"];
        let mut monitor = monitor(rule, &names);
        let looks: Vec<Look> = names
            .iter()
            .zip(found)
            .flat_map(|(name, result)| (0..3).map(move |second| look(name, second, result)))
            .collect();
        monitor
            .take(&looks.iter().collect::<Vec<_>>())
            .unwrap()
            .status
    }

    #[test]
    fn the_rule_says_how_many_regions_it_takes_of_those_that_can_say() {
        use RegionRule::{All, Any, Majority};
        for (rule, found, expected) in [
            (Majority, [Failed, Good, Good], Up),
            (Majority, [Failed, Failed, Good], Down),
            (Majority, [Failed, Good, Lost], Up),
            (Majority, [Failed, Lost, Unable], Down),
            (Any, [Failed, Good, Good], Down),
            (Any, [Lost, Good, Good], Up),
            (All, [Failed, Failed, Good], Up),
            (All, [Failed, Failed, Lost], Down),
            (All, [Lost, Lost, Lost], Unknown),
            (Any, [Unable, Unable, Unable], Unknown),
        ] {
            assert_eq!(together(rule, found), expected, "{rule} {found:?}");
        }
    }

    #[test]
    fn one_incident_is_open_until_somebody_sees_that_it_is_up() {
        let mut monitor = monitor(RegionRule::Any, &[ANY]);
        let mut second = 0;
        let mut next = |monitor: &mut Monitor, result| {
            second += 1;
            monitor
                .take(&[&look(ANY, second, result)])
                .unwrap()
                .incident
        };

        assert_eq!(next(&mut monitor, Failed), Incident::Stays);
        assert_eq!(next(&mut monitor, Failed), Incident::Stays);
        assert_eq!(
            next(&mut monitor, Failed),
            Incident::Opens(vec![ANY.to_owned()])
        );
        monitor.incident = Some(7);
        for result in [Failed, Lost, Lost, Lost, Lost, Failed, Good] {
            assert_eq!(next(&mut monitor, result), Incident::Stays, "{result}");
        }
        assert_eq!(next(&mut monitor, Good), Incident::Closes(7));
    }

    /// Every row of so many looks.
    fn rows(length: u32) -> impl Iterator<Item = Vec<CheckResult>> {
        (0..4_usize.pow(length)).map(move |code| {
            let digit = |place| CheckResult::ALL[code / 4_usize.pow(place) % 4];
            (0..length).map(digit).collect()
        })
    }

    #[test]
    fn whatever_comes_it_turns_down_only_by_three_failures_and_up_again_only_by_two_successes() {
        for row in rows(7) {
            let said = one_after_another(&row);
            for end in 0..row.len() {
                let seen: Vec<CheckResult> = row[..=end]
                    .iter()
                    .copied()
                    .filter(|it| matches!(it, Good | Failed))
                    .collect();
                let was_down = said[..end].contains(&Down);
                if said[end] == Down && !was_down {
                    assert!(seen.ends_with(&[Failed; 3]), "{row:?}");
                }
                if said[end] == Up && was_down && said[end - 1] == Down {
                    assert!(seen.ends_with(&[Good; 2]), "{row:?}");
                }
            }
        }
    }

    #[test]
    fn a_maintenance_is_for_the_monitors_that_it_names_or_selects() {
        let labels = BTreeMap::from([("team".to_owned(), "web".to_owned())]);
        let by = |monitors: &[&str], selector: Option<&str>| Maintenance {
            number: 1,
            monitors: monitors.iter().map(|&name| name.to_owned()).collect(),
            selector: selector.map(|text| pulse_workflow::Selector::parse(text).unwrap()),
        };

        assert!(by(&["site"], None).has("site", &labels));
        assert!(!by(&["shop"], None).has("site", &labels));
        assert!(by(&[], Some("team=web")).has("site", &labels));
        assert!(!by(&[], Some("team=db")).has("site", &labels));
    }
}
