//! The scripts of clap, with the names of things added where commands take them.

use clap_complete::Shell;

/// Commands by the names that they take, as one types them.
const TAKES: [(&str, &[&str]); 11] = [
    (
        "workers",
        &[
            "worker show",
            "worker exec",
            "worker doctor",
            "worker drain",
            "worker resume",
            "worker restart",
            "worker rotate-credential",
            "worker label",
            "worker rename",
            "worker remove",
            "worker rm",
        ],
    ),
    (
        "workflows",
        &[
            "run",
            "start",
            "workflow get",
            "workflow history",
            "workflow delete",
            "workflow rm",
            "workflow edit",
            "workflow graph",
            "workflow pause",
            "workflow resume",
            "workflow rename",
        ],
    ),
    (
        "executions",
        &[
            "execution show",
            "execution logs",
            "execution watch",
            "execution attach",
            "execution wait",
            "execution cancel",
            "execution retry",
            "execution rerun",
            "execution respond",
            "execution diff",
            "execution export",
        ],
    ),
    (
        "secrets",
        &[
            "secret set",
            "secret rotate",
            "secret history",
            "secret used-by",
            "secret rm",
        ],
    ),
    (
        "monitors",
        &[
            "monitor show",
            "monitor check",
            "monitor test",
            "monitor pause",
            "monitor resume",
            "monitor history",
            "monitor uptime",
            "monitor beat",
            "monitor rm",
        ],
    ),
    (
        "prompts",
        &["prompt show", "prompt answer", "prompt delegate"],
    ),
    ("tokens", &["token revoke", "token rotate"]),
    (
        "schedules",
        &[
            "schedule show",
            "schedule preview",
            "schedule pause",
            "schedule resume",
            "schedule trigger",
            "schedule rm",
        ],
    ),
    (
        "sensors",
        &[
            "sensor show",
            "sensor events",
            "sensor test",
            "sensor pause",
            "sensor resume",
        ],
    ),
    ("channels", &["notify show", "notify test", "notify rm"]),
    ("regions", &["region show", "region update", "region rm"]),
];

/// Other words for a noun.
const SHORT: [(&str, &str); 3] = [("worker", "w"), ("workflow", "wf"), ("execution", "ex")];

/// Adds the names to a script.
pub(super) fn with_names(shell: Shell, script: &str) -> String {
    match shell {
        Shell::Bash => format!("{script}{}", bash()),
        Shell::Zsh => zsh(script),
        Shell::Fish => format!("{}{}", fish_flags(script), fish()),
        Shell::Elvish | Shell::PowerShell | _ => script.to_owned(),
    }
}

/// A command in every way to type it.
fn spellings(command: &str) -> Vec<String> {
    let mut all = vec![command.to_owned()];
    if let Some((noun, verb)) = command.split_once(' ') {
        let short = SHORT.iter().filter(|(long, _)| *long == noun);
        all.extend(short.map(|(_, short)| format!("{short} {verb}")));
    }
    all
}

fn bash() -> String {
    let cases: Vec<String> = TAKES
        .iter()
        .map(|(kind, commands)| {
            let patterns: Vec<String> = commands
                .iter()
                .flat_map(|command| spellings(command))
                .map(|command| match command.split_once(' ') {
                    Some(_) => format!("'{command} '*"),
                    None => format!("'{command} '"),
                })
                .collect();
            format!("        {}) echo {kind} ;;", patterns.join("|"))
        })
        .collect();
    format!(
        r#"
# Which names the word under the cursor could be; nothing behind `--`, and for flags.
_pulsectl_kind() {{
    local word words=''
    case "${{COMP_WORDS[COMP_CWORD-1]}}" in
        --target|--worker) echo workers; return ;;
        --workflow) echo workflows; return ;;
        --monitor) echo monitors; return ;;
        --region) echo regions; return ;;
        --prompt) echo prompts; return ;;
    esac
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$word" in
            --) return ;;
            -*) ;;
            *) words="$words$word " ;;
        esac
    done
    case "$words" in
{}
    esac
}}

_pulsectl_with_names() {{
    _pulsectl "$@"
    # Not the last of COMP_WORDS: bash parts @last at the @.
    local cur="$2" kind
    [[ "$cur" == -* ]] && return
    kind=$(_pulsectl_kind)
    [[ -n "$kind" ]] || return 0
    COMPREPLY=($(compgen -W "$(pulsectl complete-names "$kind" 2>/dev/null)" -- "$cur"))
}}
complete -F _pulsectl_with_names -o bashdefault -o default pulsectl
"#,
        cases.join("\n")
    )
}

/// What names an argument or a flag of the zsh script takes.
fn kind_of(line: &str) -> Option<&'static str> {
    let argument = line
        .trim_start()
        .trim_start_matches(['\'', '*', ':', '(', ')']);
    let id: String = argument
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .collect();
    match id.as_str() {
        "worker" | "workers" | "--worker" | "--target" => Some("workers"),
        "workflow" | "workflows" | "--workflow" => Some("workflows"),
        "execution" | "executions" => Some("executions"),
        "secret" => Some("secrets"),
        "monitor" | "--monitor" => Some("monitors"),
        "prompt" | "--prompt" => Some("prompts"),
        "token" | "tokens" => Some("tokens"),
        "schedule" => Some("schedules"),
        "sensor" => Some("sensors"),
        "channel" => Some("channels"),
        "region" | "--region" => Some("regions"),
        _ => None,
    }
}

fn zsh(script: &str) -> String {
    let functions: Vec<String> = TAKES
        .iter()
        .map(|(kind, _)| {
            format!(
                "_pulsectl_{kind}() {{\n    local -a names\n    \
                 (( ${{words[(i)--]}} < CURRENT )) && return 1\n    \
                 names=(${{(f)\"$(pulsectl complete-names {kind} 2>/dev/null)\"}})\n    \
                 compadd \"$@\" -a names\n}}\n"
            )
        })
        .collect();
    let lines = script.lines().map(|line| {
        let taken = line.trim_end().strip_suffix(":_default' \\");
        match (taken, kind_of(line)) {
            (Some(rest), Some(kind)) => format!("{rest}:_pulsectl_{kind}' \\"),
            (Some(_) | None, _) => line.to_owned(),
        }
    });
    let lines: Vec<String> = lines.collect();
    let script = lines.join("\n");
    let end = "\nif [ \"$funcstack[1]\" = \"_pulsectl\" ]; then";
    let script = script.replacen(end, &format!("\n{}{end}", functions.concat()), 1);
    format!("{script}\n")
}

/// The script of fish with names for the flags that take them; clap leaves them to the names of files.
fn fish_flags(script: &str) -> String {
    const FLAGS: [(&str, &str); 6] = [
        (" -l target ", "workers"),
        (" -l worker ", "workers"),
        (" -l workflow ", "workflows"),
        (" -l region ", "regions"),
        (" -l prompt ", "prompts"),
        (" -l monitor ", "monitors"),
    ];
    let lines = script.lines().map(|line| {
        let kind = FLAGS.iter().find(|(flag, _)| line.contains(flag));
        match kind.filter(|_| line.ends_with(" -r")) {
            Some((_, kind)) => {
                format!("{line} -f -a \"(pulsectl complete-names {kind} 2>/dev/null)\"\n")
            }
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}

fn fish() -> String {
    let mut lines = vec![
        "\ncomplete -c pulsectl -n \"__fish_pulsectl_using_subcommand completion\" -f -a \"bash elvish fish powershell zsh\"".to_owned(),
        "\n# The names of things, asked of the server and kept for a minute; nothing behind `--`.".to_owned(),
        "function __fish_pulsectl_is_own_word\n    not contains -- -- (commandline -opc)\nend".to_owned(),
    ];
    for (kind, commands) in TAKES {
        for command in commands.iter().flat_map(|command| spellings(command)) {
            let when = match command.split_once(' ') {
                Some((noun, verb)) => format!(
                    "__fish_pulsectl_using_subcommand {noun}; and __fish_seen_subcommand_from {verb}; \
                     and __fish_pulsectl_is_own_word"
                ),
                None => format!("__fish_pulsectl_using_subcommand {command}"),
            };
            lines.push(format!(
                "complete -c pulsectl -n \"{when}\" -f -a \"(pulsectl complete-names {kind} 2>/dev/null)\""
            ));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_of_the_zsh_script_that_are_names_get_them() {
        let script = "'*::workers -- Names or ids:_default' \\\n'::workflow -- Name:_default' \\\n\
            '*--target=[Worker or group]:NAME:_default' \\\n'--reason=[Why]:REASON:_default' \\\n\
            ':worker_note -- x:_default' \\\n\nif [ \"$funcstack[1]\" = \"_pulsectl\" ]; then\nfi";

        let with = zsh(script);

        let lines: Vec<&str> = with.lines().collect();
        assert_eq!(
            lines[0],
            "'*::workers -- Names or ids:_pulsectl_workers' \\"
        );
        assert_eq!(lines[1], "'::workflow -- Name:_pulsectl_workflows' \\");
        assert_eq!(
            lines[2],
            "'*--target=[Worker or group]:NAME:_pulsectl_workers' \\"
        );
        assert_eq!(lines[3], "'--reason=[Why]:REASON:_default' \\");
        assert_eq!(lines[4], "':worker_note -- x:_default' \\");
        assert!(with.contains("_pulsectl_executions() {"));
    }
}
