//! `-o name`: each command that changes something names it and nothing else.

use std::{collections::BTreeSet, fs};

use super::{
    fake::{EXECUTION_ID, Ran},
    forms::{TEXT, willing},
};

/// Every command that changes something and says so, with what it prints as `-o name`.
const CHANGING: &[(&str, &str)] = &[
    ("context set b --url http://b", "context/b"),
    ("context use b", "context/b"),
    ("context rename b c", "context/c"),
    ("context rm c", "context/c"),
    ("login URL --context d", "context/d"),
    ("logout", "context/d"),
    ("worker drain web-1", "worker/web-1"),
    ("worker resume web-1", "worker/web-1"),
    ("worker restart web-1", "worker/web-1"),
    ("worker rotate-credential web-1", "worker/web-1"),
    ("worker label web-1 a=b", "worker/web-1"),
    ("worker rename web-1 web-1", "worker/web-1"),
    ("worker remove web-1 --yes", "worker/web-1"),
    ("worker prune --yes", "worker/web-1"),
    ("worker token revoke ID", "token/ID"),
    ("token revoke ID --yes", "token/ID"),
    ("region create fra --name F", "region/fra"),
    ("region update fra --name F", "region/fra"),
    ("region rm fra --yes", "region/fra"),
    ("region enable-multi", "setting/multi_region_enabled"),
    ("region disable-multi", "setting/multi_region_enabled"),
    ("secret set TOKEN --from-file FILE", "secret/TOKEN"),
    ("secret rotate TOKEN --from-file FILE", "secret/TOKEN"),
    ("secret rm TOKEN --yes", "secret/TOKEN"),
    ("workflow apply FILE", "workflow/audit"),
    ("workflow import JSON", "workflow/audit"),
    ("workflow edit audit", "workflow/audit"),
    ("workflow delete audit --yes", "workflow/audit"),
    ("workflow rename audit audit", "workflow/audit"),
    ("workflow pause audit", "workflow/audit"),
    ("workflow resume audit", "workflow/audit"),
    ("schedule create audit --cron @daily", "schedule/night"),
    ("schedule apply -f SCHEDULES", "schedule/night"),
    ("schedule pause night", "schedule/night"),
    ("schedule resume night", "schedule/night"),
    ("schedule trigger night", "schedule/night"),
    ("schedule rm night --yes", "schedule/night"),
    ("notify apply -f CHANNELS", "channel/ops"),
    ("notify test ops", "channel/ops"),
    ("notify rm ops --yes", "channel/ops"),
    ("monitor apply -f MONITORS", "monitor/web"),
    ("monitor create http new http://h/", "monitor/web"),
    ("monitor create tcp new h:1", "monitor/web"),
    ("monitor create tls new h", "monitor/web"),
    ("monitor create dns new h", "monitor/web"),
    ("monitor create icmp new h", "monitor/web"),
    ("monitor create heartbeat new", "monitor/web"),
    ("monitor check web", "monitor/web"),
    ("monitor pause web", "monitor/web"),
    ("monitor resume web", "monitor/web"),
    ("monitor beat web", "monitor/web"),
    ("monitor rm web --yes", "monitor/web"),
    (
        "monitor maintenance add --match a=b --for 30m",
        "maintenance/7",
    ),
    ("monitor maintenance rm 7 --yes", "maintenance/7"),
    ("sensor pause audit", "sensor/audit.webhook"),
    ("sensor resume audit", "sensor/audit.webhook"),
    ("sensor test audit --from-file FILE", "sensor/audit.webhook"),
    ("run audit -d", "execution/ID"),
    ("execution cancel 42", "execution/ID"),
    ("execution retry 42", "execution/ID"),
    ("execution rerun 42", "execution/ID"),
    ("execution wait 42", "execution/ID"),
    ("execution respond 42 Yes", "prompt/7"),
    ("prompt answer 7 Yes", "prompt/7"),
    ("prompt delegate 7 peter", "prompt/7"),
    ("user set-role maria admin", "user/maria"),
    ("user disable maria", "user/maria"),
    ("user enable maria", "user/maria"),
    ("fleet rolling-restart -d", "rollout/ID"),
    ("fleet upgrade --version 1 -d", "rollout/ID"),
    ("fleet rollout pause 42", "rollout/ID"),
    ("fleet rollout resume 42", "rollout/ID"),
    ("fleet rollout abort 42", "rollout/ID"),
    ("fleet rollout undo 42 -d", "rollout/ID"),
];

/// Those that change nothing, or whose result is no thing with a name: output, files, a secret, a count.
const OTHERS: &[&str] = &[
    "api",
    "audit export",
    "audit ls",
    "audit verify",
    "completion",
    "config edit",
    "config path",
    "config view",
    "context ls",
    "context show",
    "doctor",
    "events",
    "execution diff",
    "execution export",
    "execution logs",
    "execution ls",
    "execution prune",
    "execution show",
    "execution watch",
    "explain",
    "fleet exec",
    "fleet rollout ls",
    "fleet rollout show",
    "fleet rollout watch",
    "fleet status",
    "help",
    "man",
    "monitor history",
    "monitor ls",
    "monitor maintenance ls",
    "monitor show",
    "monitor test",
    "monitor uptime",
    "notify ls",
    "notify show",
    "prompt ls",
    "prompt show",
    "region ls",
    "region show",
    "schedule ls",
    "schedule preview",
    "schedule show",
    "secret history",
    "secret ls",
    "secret used-by",
    "sensor events",
    "sensor ls",
    "sensor show",
    "server backup",
    "server metrics",
    "server restore",
    "server status",
    "server version",
    "support-bundle",
    "token create",
    "token ls",
    "token rotate",
    "user ls",
    "user show",
    "version",
    "whoami",
    "worker doctor",
    "worker exec",
    "worker logs",
    "worker ls",
    "worker show",
    "worker token create",
    "worker token ls",
    "worker top",
    "workflow diff",
    "workflow example",
    "workflow get",
    "workflow graph",
    "workflow history",
    "workflow ls",
    "workflow schema",
    "workflow validate",
];

#[test]
fn every_command_that_changes_something_names_it_and_nothing_else() {
    let fake = willing();
    let (file, json) = (
        fake.file("audit.yaml", TEXT),
        fake.file(
            "audit.json",
            r#"{"name": "audit", "steps": [{"name": "c", "command": "df", "targets": ["all"]}]}"#,
        ),
    );
    let schedules = fake.file(
        "schedules.yaml",
        "name: night\nworkflow: audit\ncron: '@daily'\n",
    );
    let channels = fake.file(
        "channels.yaml",
        "name: ops\nslack: {url: {secret: URL}}\non: [failed]\n",
    );
    let monitors = fake.file(
        "monitors.yaml",
        "name: web\nprobe: {http: {url: 'http://h/'}}\n",
    );
    for (line, expected) in CHANGING {
        let mut args: Vec<&str> = line.split_whitespace().collect();
        for arg in &mut args {
            match *arg {
                "FILE" => *arg = &file,
                "URL" => *arg = &fake.url,
                "JSON" => *arg = &json,
                "SCHEDULES" => *arg = &schedules,
                "CHANNELS" => *arg = &channels,
                "MONITORS" => *arg = &monitors,
                "ID" => *arg = EXECUTION_ID,
                _ => {}
            }
        }
        args.extend(["-o", "name"]);
        let ran: Ran = fake
            .command(&args)
            .env("PULSECTL_EDITOR", "sed -i s/df/free/")
            .env("PATH", "/usr/bin:/bin")
            .output()
            .unwrap()
            .into();
        let ran = ran.exits(0);

        let expected = expected.replace("ID", EXECUTION_ID);
        assert_eq!(
            ran.stdout,
            format!("{expected}\n"),
            "{line}: {}",
            ran.stderr
        );
    }
}

#[test]
fn every_command_is_known_to_change_something_or_not() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../man");
    let pages = fs::read_dir(folder).unwrap().map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.strip_prefix("pulsectl-")?.strip_suffix(".1")?;
        Some(name.to_owned())
    });
    let pages: BTreeSet<String> = pages.flatten().collect();
    let is_leaf = |page: &&String| {
        !pages
            .iter()
            .any(|other| other.starts_with(&format!("{page}-")))
    };
    let known: BTreeSet<String> = CHANGING
        .iter()
        .map(|(line, _)| line)
        .chain(OTHERS)
        .map(|line| line.replace(' ', "-"))
        .collect();

    for page in pages.iter().filter(is_leaf) {
        let is_known = known
            .iter()
            .any(|line| line == page || line.starts_with(&format!("{page}-")));
        assert!(
            is_known,
            "does `{page}` change something? name it in this file"
        );
    }
}
