//! `help`: topics, and the help of any command.

use std::fmt::Write as _;

use clap::Args;

use crate::{
    app::App,
    cli,
    config::VARIABLES,
    error::{Exit, Failure},
    names,
};

/// Show the help of a command, or of a topic: exit-codes, global-flags, environment, formatting, conditions, selectors
#[derive(Debug, Args)]
pub(crate) struct Help {
    /// A topic, or the words of a command
    #[arg(value_name = "TOPIC")]
    words: Vec<String>,
}

const TOPICS: &[&str] = &[
    "exit-codes",
    "global-flags",
    "environment",
    "formatting",
    "conditions",
    "selectors",
];

impl Help {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        if let [word] = self.words.as_slice()
            && let Some(text) = topic(word)
        {
            app.ui.text(&text)?;
            return Ok(Exit::OK);
        }
        let mut root = cli::helped();
        let mut command = &mut root;
        for word in &self.words {
            let known: Vec<String> = command
                .get_subcommands()
                .map(|sub| sub.get_name().to_owned())
                .collect();
            command = command
                .find_subcommand_mut(word)
                .ok_or_else(|| unknown(word, &known))?;
        }
        app.ui
            .data(command.render_long_help().ansi().to_string().trim_end())?;
        Ok(Exit::OK)
    }
}

fn unknown(word: &str, known: &[String]) -> Failure {
    let all = known
        .iter()
        .map(String::as_str)
        .chain(TOPICS.iter().copied());
    let failure = Failure::usage(format!("there is no command or topic `{word}`"));
    match names::nearest(word, all) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint(format!("the topics are {}", TOPICS.join(", "))),
    }
}

fn topic(name: &str) -> Option<String> {
    match name {
        "exit-codes" => Some(exit_codes()),
        "global-flags" => Some(global_flags()),
        "environment" => Some(environment()),
        "formatting" => Some(FORMATTING.to_owned()),
        "conditions" => Some(CONDITIONS.to_owned()),
        "selectors" => Some(SELECTORS.to_owned()),
        _ => None,
    }
}

/// What every command takes, a line each.
fn global_flags() -> String {
    let flags = cli::global_flags();
    let mut text = "Every command takes these, before or behind its own words.\n\n".to_owned();
    for flag in flags.get_arguments() {
        let short = flag
            .get_short()
            .map_or("    ".to_owned(), |c| format!("-{c}, "));
        let value = flag
            .get_value_names()
            .filter(|_| flag.get_action().takes_values());
        let value = value.and_then(<[_]>::first).map(|name| format!(" {name}"));
        let long = flag.get_long().unwrap_or_default();
        let name = format!("{short}--{long}{}", value.unwrap_or_default());
        let what = flag.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(text, "  {name:<24}  {what}");
        let values: Vec<String> = flag
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        if flag.get_action().takes_values() && !values.is_empty() {
            let _ = writeln!(text, "{:28}{}", "", values.join(" "));
        }
    }
    text
}

/// The variables, as the topic and the manual page list them.
fn environment() -> String {
    let width = VARIABLES
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or(0);
    let lines = VARIABLES
        .iter()
        .map(|(name, what)| format!("  {name:<width$}  {what}\n"));
    format!(
        "A flag wins over the environment, the environment over the context, the context over the\n\
         default. `pulsectl context show --origin` tells where each value comes from.\n\n{}\n\
         Files:\n  \
         $XDG_CONFIG_HOME/pulsectl/config.yaml      contexts; no secrets\n  \
         $XDG_STATE_HOME/pulsectl/credentials.yaml  tokens; refused when others can read it\n\n\
         config.yaml:\n  current: prod\n  contexts:\n    prod:\n      url: https://pulse.example\n      ca_cert: /etc/ssl/pulse.pem\n",
        lines.collect::<String>()
    )
}

/// Code and meaning, as the topic and the manual page list them.
pub(super) const EXIT_TABLE: &[(&str, &str)] = &[
    ("0", "success; also an empty list, and what is already so"),
    (
        "1",
        "error of the server, the network or pulsectl; for diff and workflow validate: different, invalid",
    ),
    (
        "2",
        "wrong usage, an invalid file given to anything else, or a question that needs a terminal",
    ),
    ("3", "the execution, rollout or check finished failed"),
    ("4", "not logged in, token expired, or not allowed"),
    ("5", "the execution was cancelled"),
    ("6", "the execution timed out on the server"),
    ("7", "not found"),
    ("8", "a prompt is open, and nobody here may answer it"),
    (
        "9",
        "conflict: name taken, stale version, prompt already answered",
    ),
    ("10", "some workers failed, some succeeded"),
    ("11", "no eligible worker, or nothing matched the selector"),
    ("12", "the server could not be reached: DNS, TCP or TLS"),
    ("124", "--timeout ran out; remote work goes on"),
    (
        "125",
        "worker exec on one worker: pulse failed once the command was accepted; before, 4, 7, 11 and 12 hold",
    ),
    ("126, 127", "worker exec on one worker: as in shells"),
    (
        "128+n",
        "worker exec on one worker: the command ended by signal n",
    ),
    ("130", "interrupted"),
];

/// The table as text, no line longer than a terminal is wide.
fn exit_codes() -> String {
    let mut text = "CODE      MEANING\n".to_owned();
    for (code, meaning) in EXIT_TABLE {
        let mut line = format!("{code:<8}");
        for word in meaning.split(' ') {
            if line.len() + 1 + word.len() > 78 {
                text.push_str(&line);
                text.push('\n');
                line = " ".repeat(8);
            }
            // The first word stands apart from the code.
            let gap = if line.len() == 8 { "  " } else { " " };
            line = format!("{line}{gap}{word}");
        }
        text.push_str(&line);
        text.push('\n');
    }
    text + EXIT_NOTES
}

const EXIT_NOTES: &str = "
worker exec on one worker otherwise gives the command's own code.
workflow diff and workflow validate: 0 the same or valid, 1 different or
invalid, more for an error.
";

const FORMATTING: &str = "\
-o table   aligned columns; times relative on a terminal, exact in a pipe
-o wide    the same with every column
-o json    an object, or an array of objects; keys in snake_case, times in RFC 3339 and UTC
-o jsonl   one JSON object a line; with `run` and `execution logs`, one entry a line as it comes
-o yaml    the same as YAML
-o csv     every column, quoted where needed; what is missing is empty, durations are seconds, shares
           are percent, times are RFC 3339
-o name    KIND/NAME, one a line
-o raw     logs as the bytes that the step wrote
-o github, -o sarif
           faults of `workflow validate` for a GitHub job, or for code scanners
-q         names or ids alone; for a change, the id of what it made. With a form, --jq or --format it
           only keeps the talk on stderr away

Every JSON object begins with \"apiVersion\": \"pulse/v1\".
--jq EXPRESSION prints what a jq expression gives for the JSON, text without quotes.
--format TEMPLATE prints a line for each object, such as '{{.name}} {{.status}}'.
--columns NAME,STATUS chooses the columns of a table and of CSV, --no-headers leaves out the titles.
--time relative|local|utc|rfc3339 chooses how times look.
Colours follow --color, NO_COLOR, CLICOLOR_FORCE and TERM.
Data goes to stdout, everything else to stderr.
";

const CONDITIONS: &str = "\
A condition is a JavaScript expression. A step whose condition is false is skipped; a condition that
cannot be evaluated fails its step.

  promptResponse                 the most recent answer among the steps before; null if none
  inputs.NAME                    an input of the run
  steps.ID.status                succeeded, failed, skipped, …
  steps.ID.outputs.KEY           what the step wrote to $PULSE_OUTPUT, on one host
  steps.ID.hosts.NAME.outputs    the same for one of several hosts
  steps.ID.exit_code, .stdout    of one host
  success() failure() always() cancelled()
                                 the state of what the step needs; success() is implied

Examples:
  condition: promptResponse === 'Yes'
  condition: inputs.force || steps.check.exit_code === 0
  condition: always()

In YAML, quote a condition that begins with !, & or *, or that holds \": \" or \" #\".
";

const SELECTORS: &str = "\
A selector chooses workers by name, group, role, region, runtime and labels.

  region=fra                      equal
  rack=b7                         a label, here the one that --label rack=b7 gave
  label.name=x                    a label that is named like one of the others
  group!=db, !group=db            not equal
  region in (iad, fra)            one of
  group=web && region=fra         and; a comma does the same
  group=web || group=db           or
  region=fra,group!=db,rack=b7

The role of a worker is action, sensor or hybrid; role=web means the label of that name.
`pulsectl worker ls -o wide` shows what can be selected by.

Use it with -l in worker ls, worker exec, worker drain and run, and as `targets:` in a workflow.
Given again, -l means the workers that match each of them.
A selector that matches nothing is an error (exit code 11), never all workers.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_codes_fit_a_terminal_of_80_columns() {
        for line in exit_codes().lines() {
            assert!(line.len() < 80, "{line}");
        }
    }

    #[test]
    fn every_topic_has_a_text() {
        assert!(TOPICS.iter().all(|name| topic(name).is_some()));
    }
}
