//! Completion in the shells themselves, where they are installed; bash is in `completion`.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde_json::json;

use super::{
    fake::{Answer, Fake, execution, worker},
    skip::skip,
};

/// A shell that completes a line.
#[derive(Clone, Copy)]
enum Shell {
    Zsh,
    Fish,
}

impl Shell {
    const fn program(self) -> &'static str {
        match self {
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    /// Whether this host has it; says so where it has not.
    fn is_here(self) -> bool {
        let asked = Command::new(self.program()).arg("--version").output();
        if asked.is_err() {
            skip(&format!("{} is not installed", self.program()));
        }
        asked.is_ok()
    }
}

/// What an interactive zsh does at Tab: it prints what it would offer, and ends.
const ZSH_INSIDE: &str = r#"
PROMPT=
fpath=(FOLDER $fpath)
autoload -Uz compinit
compinit -u -D
bindkey '^I' complete-word
begun () { print -r -- '<offered' }
ended () { print -r -- 'offered>'; exit }
compprefuncs=(begun)
comppostfuncs=(ended)
zstyle ':completion:*' insert-tab false
compadd () {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
        builtin compadd "$@"
        return $?
    fi
    typeset -a hits
    builtin compadd -A hits "$@"
    (( $#hits )) && print -l -- $hits
    # The shell would look further where nothing was found.
    return $(( $#hits == 0 ))
}
print -r -- ready
"#;

/// Completion of zsh works in its line editor alone, which wants a terminal.
const ZSH: &str = r#"
zmodload zsh/zpty || exit 3
zpty inner zsh -f -i
zpty -w inner "source FOLDER/inside.zsh"
line=
while zpty -r inner line; do [[ $line == ready* ]] && break; done
zpty -w -n inner "$1"$'\t'
while zpty -r inner line; do print -r -- "${line%$'\r'*}"; done
"#;

fn fleet() -> Fake {
    Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("workers") => Answer::page(&json!([worker("web-1"), worker("web-2"), worker("db-1")])),
        Some("executions") => Answer::page(&json!([execution("running")])),
        Some("workflows") => Answer::page(&json!([{
            "id": super::fake::EXECUTION_ID, "name": "audit", "version": 1, "description": null,
            "definition": {}, "source": "", "created_by": "maria",
            "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"
        }])),
        Some("secrets") => Answer::page(&json!([{
            "name": "TOKEN", "version": 1, "workflows": null, "regions": null,
            "created_at": "2026-01-01T12:00:00Z", "created_by": "maria",
            "set_at": "2026-01-01T12:00:00Z", "set_by": "maria"
        }])),
        Some(kind) if let Some(item) = listed(kind) => Answer::page(&json!([item])),
        _ => Answer::page(&json!([])),
    })
}

/// What a list of this kind holds, as far as a shell needs it.
fn listed(kind: &str) -> Option<serde_json::Value> {
    Some(match kind {
        "prompts" => json!({"id": super::fake::EXECUTION_ID, "number": 7, "name": null}),
        "tokens" => json!({"id": super::fake::EXECUTION_ID, "name": "laptop"}),
        "schedules" => json!({"name": "nightly"}),
        "sensors" => json!({"name": "deploy.push"}),
        "channels" => json!({"name": "ops"}),
        "regions" => json!({"code": "fra", "name": "Frankfurt"}),
        _ => return None,
    })
}

/// What the shell offers for this line, in order.
fn offered(fake: &Fake, shell: Shell, line: &str) -> Vec<String> {
    let folder = fake.home.display().to_string();
    let script = fake.run(&["completion", shell.program()]).stdout;
    let mut command = Command::new(shell.program());
    match shell {
        Shell::Zsh => {
            fake.file("_pulsectl", &script);
            fake.file("inside.zsh", &ZSH_INSIDE.replace("FOLDER", &folder));
            command.args(["-f", "-c", &ZSH.replace("FOLDER", &folder), "zsh", line]);
        }
        Shell::Fish => {
            let script = fake.file("pulsectl.fish", &script);
            let asked = format!("source {script}; complete -C '{line}'");
            command.args(["--no-config", "-c", &asked]);
        }
    }
    let program = Path::new(env!("CARGO_BIN_EXE_pulsectl"));
    let path = program.parent().unwrap().display();
    let output = command
        .env_clear()
        .env("PATH", format!("{path}:/usr/bin:/bin"))
        .env("HOME", &fake.home)
        .env("TERM", "xterm")
        .env("PULSE_URL", &fake.url)
        .env("PULSE_TOKEN", "secret-token")
        .current_dir(&fake.home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let text = match shell {
        Shell::Zsh => {
            let (_, rest) = said.split_once("<offered").unwrap_or_default();
            rest.split_once("offered>").unwrap_or_default().0
        }
        Shell::Fish => &said,
    };
    let words = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words
}

/// What is offered in every shell that takes names.
const NAMES: [(&str, &[&str]); 21] = [
    ("pulsectl worker show we", &["web-1", "web-2"]),
    ("pulsectl w drain web-1 d", &["db-1"]),
    ("pulsectl execution cancel ", &["42", "@last"]),
    ("pulsectl run ", &["audit"]),
    ("pulsectl run audit --target d", &["db-1"]),
    ("pulsectl execution ls --workflow a", &["audit"]),
    ("pulsectl wf get a", &["audit"]),
    ("pulsectl secret rotate T", &["TOKEN"]),
    ("pulsectl execution show @", &["@last"]),
    ("pulsectl workflow pause ", &["audit"]),
    ("pulsectl wf resume a", &["audit"]),
    ("pulsectl prompt answer ", &["7"]),
    ("pulsectl execution respond --prompt ", &["7"]),
    ("pulsectl token revoke l", &["laptop"]),
    ("pulsectl token rotate ", &["laptop"]),
    ("pulsectl schedule trigger n", &["nightly"]),
    ("pulsectl sensor events d", &["deploy.push"]),
    ("pulsectl notify test o", &["ops"]),
    ("pulsectl region show ", &["fra"]),
    ("pulsectl worker ls --region f", &["fra"]),
    ("pulsectl completion z", &["zsh"]),
];

fn offers_names(shell: Shell) {
    if !shell.is_here() {
        return;
    }
    let fake = fleet();
    for (line, names) in NAMES {
        assert_eq!(offered(&fake, shell, line), names, "{line}");
    }
}

#[test]
fn zsh_offers_names_where_a_command_takes_them() {
    offers_names(Shell::Zsh);
}

#[test]
fn fish_offers_names_where_a_command_takes_them() {
    offers_names(Shell::Fish);
}

#[test]
fn zsh_and_fish_offer_commands_and_flags_and_nothing_of_ours_behind_two_dashes() {
    for shell in [Shell::Zsh, Shell::Fish] {
        if !shell.is_here() {
            continue;
        }
        let fake = fleet();
        let has = |line: &str, word: &str| offered(&fake, shell, line).contains(&word.to_owned());

        assert!(has("pulsectl wor", "worker"));
        assert!(has("pulsectl worker sho", "show"));
        assert!(has("pulsectl worker show --hel", "--help"));
        assert!(has("pulsectl worker ls -o j", "json"));
        assert!(!has("pulsectl worker exec web-1 -- we", "web-1"));
    }
}
