//! Whether what somebody wants of a monitor can be, with what holds where they say nothing.

use std::net::IpAddr;

use pulse_api::{
    http::monitors::MonitorSpec,
    probe::{HttpProbe, Probe},
    problem::FaultView,
};
use reqwest::header;

use crate::model::monitor::{self, HEARTBEAT};

/// The longest text of a spec, in characters.
const LONGEST: usize = 1_024;
/// How many regions, labels, headers or statuses a monitor has at most.
const MOST: usize = 50;

/// What is wrong with a spec, each with its place.
#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<FaultView>);

impl Faults {
    pub(super) fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(FaultView {
            path: path.into(),
            line: None,
            column: None,
            message: message.into(),
            hint: None,
            source_line: None,
        });
    }

    fn bounds(&mut self, path: &str, value: Option<u32>, (least, most): (u32, u32)) {
        if value.is_some_and(|value| !(least..=most).contains(&value)) {
            self.add(path, format!("it is from {least} to {most}"));
        }
    }

    fn host(&mut self, path: &str, host: &str) {
        let is_fit =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%');
        if host.is_empty() || host.len() > 253 || !host.chars().all(is_fit) || host.starts_with('-')
        {
            self.add(path, "it is neither the name of a host nor an address");
        }
    }

    fn text(&mut self, path: &str, text: &str) {
        let is_odd = text.is_empty() || text.chars().count() > LONGEST;
        if is_odd
            || text
                .chars()
                .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            self.add(
                path,
                format!("it has 1 to {LONGEST} characters, none of them of control"),
            );
        }
    }
}

/// The spec with every value that it does not give, or what is wrong with it.
pub(super) fn whole(given: &MonitorSpec) -> Result<MonitorSpec, Vec<FaultView>> {
    let mut faults = Faults::default();
    let mut spec = given.clone();
    spec.name = None;
    check_probe(&mut faults, "probe", &spec.probe);
    let is_heartbeat = monitor::kind(&spec.probe) == Some(HEARTBEAT);
    let interval = *spec.interval_seconds.get_or_insert(60);
    faults.bounds("interval_seconds", Some(interval), (10, 86_400));
    if is_heartbeat {
        check_heartbeat(&mut faults, &spec);
    } else {
        let longest = interval.clamp(1, 60);
        spec.timeout_seconds.get_or_insert(longest.min(10));
        faults.bounds("timeout_seconds", spec.timeout_seconds, (1, longest));
    }
    let (down, up) = if is_heartbeat { (1, 1) } else { (3, 2) };
    let down_after = *spec.down_after.get_or_insert(down);
    let up_after = *spec.up_after.get_or_insert(up);
    faults.bounds("down_after", Some(u32::from(down_after)), (1, 20));
    faults.bounds("up_after", Some(u32::from(up_after)), (1, 20));
    check_names(&mut faults, &spec);
    if faults.0.is_empty() {
        Ok(spec)
    } else {
        Err(faults.0)
    }
}

/// What is wrong with a probe that is to be tried.
pub(super) fn check_tried(probe: &Probe, timeout_seconds: Option<u32>) -> Vec<FaultView> {
    let mut faults = Faults::default();
    check_probe(&mut faults, "probe", probe);
    if probe.heartbeat.is_some() {
        faults.add("probe.heartbeat", "nobody looks at what reports by itself");
    }
    faults.bounds("timeout_seconds", timeout_seconds, (1, 60));
    faults.0
}

fn check_heartbeat(faults: &mut Faults, spec: &MonitorSpec) {
    if spec.timeout_seconds.is_some() {
        faults.add("timeout_seconds", "nobody looks at what reports by itself");
    }
    if !spec.regions.is_empty() {
        faults.add("regions", "no region looks at what reports by itself");
    }
    let heartbeat = spec.probe.heartbeat.as_ref();
    let grace = heartbeat.and_then(|probe| probe.grace_seconds);
    faults.bounds("probe.heartbeat.grace_seconds", grace, (0, 86_400));
}

/// What people call things by.
fn check_names(faults: &mut Faults, spec: &MonitorSpec) {
    if let Some(text) = &spec.description {
        faults.text("description", text);
    }
    if spec.regions.len() > MOST {
        faults.add("regions", format!("at most {MOST}"));
    }
    for (index, region) in spec.regions.iter().enumerate() {
        if spec.regions[..index].contains(region) {
            faults.add(format!("regions[{index}]"), "it is there twice");
        }
    }
    if spec.labels.len() > MOST {
        faults.add("labels", format!("at most {MOST}"));
    }
    for (key, value) in &spec.labels {
        let shown: String = key.chars().take(80).collect();
        if !pulse_workflow::is_label_key(key) {
            faults.add(
                format!("labels.{shown}"),
                "no selector can ask for a label of this name",
            );
        } else if value.chars().count() > 256 || value.chars().any(char::is_control) {
            faults.add(
                format!("labels.{shown}"),
                "a value has at most 256 characters, none of them of control",
            );
        }
    }
}

fn check_probe(faults: &mut Faults, path: &str, probe: &Probe) {
    if monitor::kind(probe).is_none() {
        let all = "it has exactly one of http, tcp, tls, dns, icmp and heartbeat";
        faults.add(path, all);
    }
    if let Some(http) = &probe.http {
        check_http(faults, http);
    }
    if let Some(tcp) = &probe.tcp {
        faults.host("probe.tcp.host", &tcp.host);
        faults.bounds("probe.tcp.port", Some(tcp.port.into()), (1, 65_535));
    }
    if let Some(tls) = &probe.tls {
        faults.host("probe.tls.host", &tls.host);
        faults.bounds("probe.tls.port", tls.port.map(u32::from), (1, 65_535));
        faults.bounds(
            "probe.tls.days_left",
            tls.days_left.map(u32::from),
            (0, 3_650),
        );
    }
    if let Some(dns) = &probe.dns {
        faults.host("probe.dns.name", &dns.name);
        let address = dns.address.as_deref();
        if address.is_some_and(|address| address.parse::<IpAddr>().is_err()) {
            faults.add("probe.dns.address", "it is no address");
        }
    }
    if let Some(icmp) = &probe.icmp {
        faults.host("probe.icmp.host", &icmp.host);
    }
}

fn check_http(faults: &mut Faults, http: &HttpProbe) {
    match http.address() {
        Err(wrong) => faults.add("probe.http.url", wrong),
        Ok(_) if http.url.len() > 2_048 => faults.add("probe.http.url", "it is too long"),
        Ok(_) => {}
    }
    let method = http.method.as_deref().unwrap_or("GET");
    if !matches!(method, "GET" | "HEAD" | "POST") {
        faults.add("probe.http.method", "it is GET, HEAD or POST");
    }
    if http.headers.len() > MOST {
        faults.add("probe.http.headers", format!("at most {MOST}"));
    }
    for (name, value) in &http.headers {
        let is_fit = header::HeaderName::try_from(name).is_ok()
            && header::HeaderValue::try_from(value).is_ok()
            && value.len() <= LONGEST;
        if !is_fit {
            let shown: String = name.chars().take(80).collect();
            faults.add(format!("probe.http.headers.{shown}"), "it is no header");
        }
    }
    if http.status.len() > MOST {
        faults.add("probe.http.status", format!("at most {MOST}"));
    }
    for (index, range) in http.status.iter().enumerate() {
        if !is_status_range(range) {
            faults.add(
                format!("probe.http.status[{index}]"),
                "it is like 200 or 200-299, from 100 to 599",
            );
        }
    }
    if let Some(text) = &http.contains {
        faults.text("probe.http.contains", text);
        if method == "HEAD" {
            faults.add("probe.http.contains", "an answer to HEAD contains nothing");
        }
    }
}

fn is_status_range(text: &str) -> bool {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let status = |text: &str| {
        let is_plain = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u16>().ok().filter(|_| is_plain);
        number.filter(|number| (100..=599).contains(number))
    };
    status(first).is_some_and(|first| status(last).is_some_and(|last| first <= last))
}

#[cfg(test)]
mod tests {
    use pulse_api::probe::{HeartbeatProbe, TcpProbe};
    use serde_json::{Value, json};

    use super::*;

    fn spec(value: &Value) -> MonitorSpec {
        serde_json::from_value(value.clone()).unwrap()
    }

    /// The paths of what is wrong.
    fn faults(value: &Value) -> Vec<String> {
        let faults = whole(&spec(value)).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.path).collect()
    }

    #[test]
    fn what_is_not_given_is_what_the_interface_says() {
        let made = whole(&spec(
            &json!({"probe": {"tcp": {"host": "db", "port": 5432}}}),
        ))
        .unwrap();

        assert_eq!(made.interval_seconds, Some(60));
        assert_eq!(made.timeout_seconds, Some(10));
        assert_eq!((made.down_after, made.up_after), (Some(3), Some(2)));
        let beats = whole(&spec(&json!({"probe": {"heartbeat": {}}}))).unwrap();
        assert_eq!((beats.down_after, beats.up_after), (Some(1), Some(1)));
        assert_eq!(beats.timeout_seconds, None);
        assert_eq!(beats.probe.heartbeat, Some(HeartbeatProbe::default()));
    }

    fn http(fields: &Value) -> Value {
        let mut http = json!({"url": "https://example.org/?a=b"});
        let more = fields.as_object().unwrap().clone();
        http.as_object_mut().unwrap().extend(more);
        json!({"probe": {"http": http}})
    }

    #[test]
    fn a_fault_of_a_page_is_named_by_its_place() {
        for (fields, path) in [
            (json!({"url": "ftp://example.org"}), "url"),
            (json!({"url": "https://u:p@example.org"}), "url"),
            (json!({"url": "example.org"}), "url"),
            (json!({"url": "https://example.org/a b"}), "url"),
            (json!({"method": "DELETE"}), "method"),
            (json!({"status": ["200", "2xx"]}), "status[1]"),
            (json!({"status": ["299-200"]}), "status[0]"),
            (json!({"method": "HEAD", "contains": "x"}), "contains"),
            (json!({"headers": {"a b": "c"}}), "headers.a b"),
        ] {
            let path = format!("probe.http.{path}");
            assert_eq!(faults(&http(&fields)), [path], "{fields}");
        }
        let good = http(&json!({"status": ["200", "300-399"]}));
        assert_eq!(faults(&good), [""; 0]);
    }

    #[test]
    fn a_fault_of_another_probe_is_named_by_its_place() {
        for (probe, path) in [
            (json!({}), "probe"),
            (json!({"tcp": {"host": "", "port": 1}}), "probe.tcp.host"),
            (json!({"tcp": {"host": "db", "port": 0}}), "probe.tcp.port"),
            (
                json!({"dns": {"name": "db", "address": "x"}}),
                "probe.dns.address",
            ),
            (json!({"icmp": {"host": "-f"}}), "probe.icmp.host"),
        ] {
            assert_eq!(faults(&json!({"probe": probe})), [path], "{probe}");
        }
        let beats = json!({"probe": {"heartbeat": {}}, "regions": ["a"]});
        assert_eq!(faults(&beats), ["regions"]);
    }

    #[test]
    fn a_fault_of_anything_else_is_named_by_its_place() {
        for (fields, path) in [
            (json!({"interval_seconds": 9}), "interval_seconds"),
            (
                json!({"interval_seconds": 10, "timeout_seconds": 11}),
                "timeout_seconds",
            ),
            (json!({"down_after": 0}), "down_after"),
            (json!({"up_after": 21}), "up_after"),
            (json!({"regions": ["a", "a"]}), "regions[1]"),
            (json!({"labels": {"a b": "c"}}), "labels.a b"),
        ] {
            let mut spec = fields.clone();
            spec["probe"] = json!({"icmp": {"host": "a"}});
            assert_eq!(faults(&spec), [path], "{fields}");
        }
    }

    #[test]
    fn two_probes_are_none() {
        let mut both = spec(&json!({"probe": {"icmp": {"host": "a"}}}));
        both.probe.tcp = Some(TcpProbe {
            host: "a".to_owned(),
            port: 1,
        });

        assert_eq!(whole(&both).unwrap_err()[0].path, "probe");
    }
}
