//! Flags that every command takes, and words that many have.

mod pairs;

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};

pub(crate) use self::pairs::Pairs;
use crate::{duration, error::Failure, names};

const HEADING: &str = "Global options";

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = HEADING)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Global {
    /// Use this context
    #[arg(
        short,
        long,
        global = true,
        value_name = "NAME",
        hide_short_help = true,
        overrides_with = "context"
    )]
    pub(crate) context: Option<String>,
    /// Address of the server
    #[arg(
        long,
        global = true,
        value_name = "URL",
        hide_short_help = true,
        overrides_with = "url"
    )]
    pub(crate) url: Option<String>,
    /// Read the token from this file, or from stdin for -
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        hide_short_help = true,
        overrides_with = "token_file"
    )]
    pub(crate) token_file: Option<String>,
    /// Certificate authority of the server, in PEM
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        hide_short_help = true,
        overrides_with = "ca_cert"
    )]
    pub(crate) ca_cert: Option<PathBuf>,
    /// Form of the output
    #[arg(
        short,
        long,
        global = true,
        value_name = "FORMAT",
        value_enum,
        overrides_with = "output"
    )]
    pub(crate) output: Option<Output>,
    /// Show these columns only, in this order
    #[arg(
        long,
        global = true,
        value_name = "NAMES",
        value_delimiter = ',',
        hide_short_help = true
    )]
    pub(crate) columns: Vec<String>,
    /// Print what this jq expression gives for the JSON output
    #[arg(
        long,
        global = true,
        value_name = "EXPRESSION",
        hide_short_help = true,
        conflicts_with = "format",
        overrides_with = "jq"
    )]
    pub(crate) jq: Option<String>,
    /// Print a line for each object, such as '{{.name}} {{.status}}'
    #[arg(
        long,
        global = true,
        value_name = "TEMPLATE",
        hide_short_help = true,
        overrides_with = "format"
    )]
    pub(crate) format: Option<String>,
    /// Leave out the titles of a table
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        overrides_with = "no_headers"
    )]
    pub(crate) no_headers: bool,
    /// Print ids and results only, and no talk; with -o, --jq or --format, no talk
    #[arg(short, long, global = true, overrides_with = "quiet")]
    pub(crate) quiet: bool,
    /// Tell more; may be repeated
    #[arg(short, long, global = true, action = clap::ArgAction::Count, hide_short_help = true)]
    pub(crate) verbose: u8,
    /// Show every HTTP request on stderr, without secrets
    #[arg(long, global = true, hide_short_help = true, overrides_with = "debug")]
    pub(crate) debug: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_short_help = true,
        overrides_with = "color"
    )]
    pub(crate) color: ColorChoice,
    /// Never ask anything
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        overrides_with = "no_input"
    )]
    pub(crate) no_input: bool,
    /// Answer every "are you sure" with yes
    #[arg(short, long, global = true, overrides_with = "yes")]
    pub(crate) yes: bool,
    /// How long to wait, such as 30s or 5m; remote work goes on
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration::parse, overrides_with = "timeout")]
    pub(crate) timeout: Option<Duration>,
    /// Never show long tables through a pager
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        overrides_with = "no_pager"
    )]
    pub(crate) no_pager: bool,
    /// How to show times
    #[arg(
        long,
        global = true,
        value_name = "STYLE",
        value_enum,
        hide_short_help = true,
        overrides_with = "time"
    )]
    pub(crate) time: Option<TimeFormat>,
}

impl Global {
    /// Whether this call asks for a form of output by a flag.
    pub(crate) fn chooses_form(&self) -> bool {
        self.output.is_some() || self.jq.is_some() || self.format.is_some()
    }

    /// Whether ids and results are all that is printed: a form that is asked for too holds, and then
    /// `-q` keeps the talk away alone.
    pub(crate) fn ids_only(&self) -> bool {
        let is_table = matches!(self.output, None | Some(Output::Table | Output::Wide));
        self.quiet && is_table && self.jq.is_none() && self.format.is_none()
    }

    /// The form of the output: flag, then what `PULSE_OUTPUT` says, then a table.
    pub(crate) fn output(&self, variable: Option<&str>) -> Result<Output, Failure> {
        if self.jq.is_some() || self.format.is_some() {
            let is_by_line = self.output == Some(Output::Jsonl);
            return Ok(if is_by_line {
                Output::Jsonl
            } else {
                Output::Json
            });
        }
        if let Some(output) = self.output {
            return Ok(output);
        }
        // Inside a step the variable is the path of the file for its outputs.
        match variable.filter(|name| !name.contains('/')) {
            None => Ok(Output::Table),
            Some(name) => Output::from_str(name, true).map_err(|_| {
                Failure::usage(format!(
                    "PULSE_OUTPUT is `{name}`, which is no form of output"
                ))
                .hint(form_meant(name))
            }),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Aligned columns
    Table,
    /// Aligned columns, all of them
    Wide,
    Json,
    /// One JSON object a line
    Jsonl,
    Yaml,
    Csv,
    /// KIND/NAME, one a line
    Name,
    /// Logs: the bytes as the step wrote them
    Raw,
    /// Validation: annotations for a GitHub job
    Github,
    /// Validation: for code scanners
    Sarif,
}

/// What an output looks like from afar: most commands print it in one of five ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people, or text with a form of its own.
    Text,
    Name,
    Csv,
    /// An object a line, as it comes.
    Lines,
    /// All of it at once.
    Document,
}

/// The form that was probably meant, or all that lists have.
fn form_meant(given: &str) -> String {
    let known = Output::value_variants().iter().map(|form| form.as_str());
    match names::nearest(given, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use table, wide, json, jsonl, yaml, csv or name".to_owned(),
    }
}

impl Output {
    /// What it is called on the command line.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Wide => "wide",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Yaml => "yaml",
            Self::Csv => "csv",
            Self::Name => "name",
            Self::Raw => "raw",
            Self::Github => "github",
            Self::Sarif => "sarif",
        }
    }

    pub(crate) fn form(self) -> Form {
        match self {
            Self::Table | Self::Wide | Self::Raw | Self::Github | Self::Sarif => Form::Text,
            Self::Name => Form::Name,
            Self::Csv => Form::Csv,
            Self::Jsonl => Form::Lines,
            Self::Json | Self::Yaml => Form::Document,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimeFormat {
    Relative,
    Local,
    Utc,
    Rfc3339,
}
