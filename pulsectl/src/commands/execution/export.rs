//! `execution export`: everything of an execution that has ended, in a file.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

use clap::Args;
use pulse_api::http::executions::ExecutionView;
use serde_json::{Value, json};

use crate::{
    app::App,
    client::{Followed, Stream},
    clock,
    commands::references,
    error::{Exit, Failure, Kind},
    ui::envelope,
};

/// Write an execution that has ended into a file, a line of JSON for each entry
///
/// The first line is the execution with its steps, jobs and prompts; the lines after it are its
/// timeline with all output that was kept.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution export 42 -O 42.jsonl
  pulsectl execution export @last | jq -r 'select(.event == \"output\").text'")]
pub(crate) struct Export {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"))]
    execution: String,
    /// Where to; stdout without, or for -
    #[arg(short = 'O', long, value_name = "FILE")]
    out: Option<String>,
    /// Write over a file that is there
    #[arg(long, requires = "out")]
    force: bool,
}

impl Export {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let reference = references::execution(&client, &self.execution).await?;
        let execution: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
        let number = execution.number;
        if !execution.status.is_terminal() {
            return Err(
                Failure::new(Kind::Conflict, format!("#{number} has not ended yet"))
                    .hint(format!("`pulsectl execution wait {number}` waits for it")),
            );
        }
        let path = self.out.as_deref().filter(|path| *path != "-");
        let mut out: Box<dyn Write> = match path {
            Some(path) => Box::new(BufWriter::new(self.create(path)?)),
            None => Box::new(BufWriter::new(app.ui.writer())),
        };
        line(&mut out, &envelope(&json!({"execution": execution})))?;
        let mut stream = Stream::attach(&client, execution);
        let mut entries = 0;
        loop {
            let followed = tokio::select! {
                biased;
                () = clock::until(client.deadline()) => {
                    return Err(Failure::new(Kind::WaitedTooLong, "not everything came in time"));
                }
                followed = stream.next() => followed?,
            };
            match followed {
                Followed::Entry(entry) => {
                    entries += 1;
                    line(&mut out, &envelope(&entry))?;
                }
                Followed::End(_) => break,
                Followed::Begun(_) | Followed::Lost | Followed::Back => {}
            }
        }
        out.flush()?;
        if let Some(path) = path {
            app.ui
                .say(format!("#{number} with {entries} entries is in {path}"));
        }
        Ok(Exit::OK)
    }
}

impl Export {
    fn create(&self, path: &str) -> Result<File, Failure> {
        let created = if self.force {
            File::create(path)
        } else {
            File::create_new(path)
        };
        created.map_err(|error| {
            let failure = Failure::usage(format!("could not make {path}")).because(&error);
            if error.kind() == io::ErrorKind::AlreadyExists {
                failure.hint("--force writes over it")
            } else {
                failure
            }
        })
    }
}

fn line(out: &mut impl Write, value: &Value) -> Result<(), Failure> {
    writeln!(out, "{value}")?;
    Ok(())
}
