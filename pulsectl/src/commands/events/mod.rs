//! `events`: everything that happens, a line each.

mod line;

pub(crate) use line::told as line_of;

use clap::Args;
use pulse_api::http::events::{Event, EventKind};

use crate::{
    app::App,
    client::{Call, Fed, Feed},
    clock,
    error::{Exit, Failure, Kind},
    flags::Form,
    signals::interruptible,
};

/// Show what happens: executions, steps, jobs, prompts, workers, workflows
///
/// Without --follow it shows the newest events and ends. A lost connection is taken up again
/// without leaving anything out. -o json prints one array; with -f, and with -o jsonl, a line of
/// JSON for each event.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl events -f
  pulsectl events -f --kind worker,prompt
  pulsectl events --kind job --tail 200 -o jsonl")]
pub(crate) struct Events {
    /// Go on with what happens from now on
    #[arg(short, long)]
    follow: bool,
    /// Only these kinds; may be repeated
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',',
          value_parser = clap::builder::PossibleValuesParser::new(EventKind::KINDS))]
    kinds: Vec<String>,
    /// Begin about so many events back; 50 without --follow, 0 with it
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(0..=1000))]
    tail: Option<u32>,
}

/// How many events are shown without a wish.
const USUAL: u32 = 50;

impl Events {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        interruptible(self.show(app)).await
    }

    async fn show(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let tail = self.tail.unwrap_or(if self.follow { 0 } else { USUAL });
        let kinds = (!self.kinds.is_empty()).then(|| self.kinds.join(","));
        let call = Call::get("/events")
            .maybe("kind", kinds)
            .query("tail", tail.to_string());
        let mut feed = if self.follow {
            Feed::new(&client, call)
        } else {
            Feed::until_now(&client, call)
        };
        let is_list = !self.follow && app.ui.output.form() == Form::Document;
        let mut listed = Vec::new();
        loop {
            let fed = tokio::select! {
                biased;
                () = clock::until(client.deadline()) => {
                    return Err(Failure::new(Kind::WaitedTooLong, ""));
                }
                fed = feed.next() => fed?,
            };
            match fed {
                Fed::Event(event) if is_list => listed.push(event),
                Fed::Event(event) => print(app, &event)?,
                Fed::Lost => app.ui.say("the connection is lost; reconnecting …"),
                Fed::Back => app.ui.say("reconnected"),
                Fed::End if is_list => {
                    app.ui.values(&listed)?;
                    return Ok(Exit::OK);
                }
                Fed::End => return Ok(Exit::OK),
            }
        }
    }
}

fn print(app: &App, event: &Event) -> Result<(), Failure> {
    match app.ui.output.form() {
        Form::Lines | Form::Document => app.ui.entry(event),
        Form::Text | Form::Name | Form::Csv => {
            let time = if app.ui.stdout_tty {
                app.ui.times.of_line(event.at)
            } else {
                app.ui.times.exact().show(event.at)
            };
            let text = line::told(event, app.ui.paint);
            app.ui
                .data(format!("{time}  {:<8}  {text}", event.what.event()))
        }
    }
}
