//! One person (or script) following one execution: what is shown, what is asked, what is answered.

mod leaving;
mod questions;

pub(crate) use leaving::still_runs;
pub(crate) use questions::{asked, who_answers};

use std::{
    collections::{BTreeMap, VecDeque},
    time::Instant,
};

use pulse_api::http::{
    executions::{Entry, EntryKind, PromptEntry},
    prompts::FieldView,
};

use super::{
    Ended, First, Gaps, Manner, Model, Only, WhenLate,
    inside::{Found, Happened},
    removed,
    tails::Tails,
    waits::Waits,
};
use crate::{
    app::App,
    client::{Begun, Client, Followed},
    clock,
    error::Failure,
    ui::{
        form::Form,
        live::{Screen, Show, bytes_of},
        picker::Picker,
        sanitize,
    },
};

/// Which execution an entry is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Itself,
    /// One that a step of it runs.
    Inside,
}

pub(super) struct Session<'a> {
    app: &'a App,
    client: &'a Client,
    screen: Box<dyn Screen>,
    manner: Manner,
    only: Only,
    model: Model,
    gaps: Gaps,
    tails: Tails,
    waits: Waits,
    /// Executions that steps run and that are not followed yet.
    found: VecDeque<Found>,
    /// Questions to ask the person, the first one on the screen.
    open: VecDeque<PromptEntry>,
    /// The groups that may answer each question, where it has been asked who may.
    answerers: BTreeMap<i64, Option<Vec<String>>>,
    picker: Option<Picker>,
    /// How many times something was asked.
    asked: u32,
    /// What tells the story of the question that is put to the person.
    untold: Option<Entry>,
    /// What each question asks beside its options.
    fields: BTreeMap<i64, Vec<FieldView>>,
    /// The option that was chosen, and what is filled in with it.
    form: Option<(String, Form)>,
    interrupted: bool,
    /// When `--timeout` is over, as it was given.
    given_until: Option<Instant>,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        app: &'a App,
        client: &'a Client,
        screen: Box<dyn Screen>,
        (manner, only): (Manner, Only),
    ) -> Self {
        Self {
            app,
            client,
            screen,
            tails: Tails::new(manner.log_lines),
            manner,
            only,
            model: Model::default(),
            gaps: Gaps::default(),
            waits: Waits::default(),
            found: VecDeque::new(),
            open: VecDeque::new(),
            answerers: BTreeMap::new(),
            picker: None,
            asked: 0,
            untold: None,
            fields: BTreeMap::new(),
            form: None,
            interrupted: false,
            given_until: clock::deadline(app.settings.global.timeout),
        }
    }

    /// What is asked now, counted: the same question counts again when it is put again.
    pub(super) fn asks(&self) -> Option<u32> {
        (self.picker.is_some() || self.form.is_some()).then_some(self.asked)
    }

    /// Takes what the stream says; gives the execution once it is over.
    pub(super) async fn take(&mut self, followed: Followed) -> Result<Option<Ended>, Failure> {
        match followed {
            Followed::Begun(begun) => self.begin(&begun)?,
            Followed::Entry(entry) => {
                let is_open = match &entry.what {
                    EntryKind::Prompt(prompt) => self.model.is_open(entry.seq, prompt),
                    EntryKind::Status(_)
                    | EntryKind::Step(_)
                    | EntryKind::Job(_)
                    | EntryKind::Output(_) => false,
                };
                self.entry(&entry, (Origin::Itself, is_open)).await?;
            }
            Followed::Lost => self
                .screen
                .talk("the connection is lost, the execution goes on; reconnecting …"),
            Followed::Back => self.screen.talk("reconnected"),
            Followed::End(end) => {
                self.close()?;
                for step in self.manner.answers.unused() {
                    self.app
                        .ui
                        .say(format!("no prompt asked for the answer to {step}"));
                }
                let ended = Ended {
                    end,
                    model: std::mem::take(&mut self.model),
                };
                self.sum_up(&ended);
                return Ok(Some(ended));
            }
        }
        Ok(None)
    }

    /// Says how it ended; groups have told already who failed, and the story has where they are few.
    fn sum_up(&self, ended: &Ended) {
        if !self.manner.summary {
            return;
        }
        let is_told = self.manner.show == Show::Lines && !self.tails.are_wanted();
        let is_story = is_told && ended.has_few_failures();
        if self.manner.show != Show::Grouped && !is_story {
            for line in ended.failures(&self.tails) {
                self.app.ui.say(line);
            }
        }
        self.app.ui.say(ended.summary());
        if let Some(command) = ended.log_command().filter(|_| is_story) {
            self.app.ui.say(format!("`{command}` shows what failed"));
        }
    }

    /// Ends the screen, and tells what it could not show.
    fn close(&mut self) -> Result<(), Failure> {
        if self.untold.is_some() {
            self.screen.ask(None);
            self.tell_question()?;
        }
        self.screen.close(&self.model)?;
        for gap in std::mem::take(&mut self.gaps).told() {
            self.app.ui.warn(gap);
        }
        Ok(())
    }

    fn begin(&mut self, begun: &Begun) -> Result<(), Failure> {
        let is_first = self.model.number.is_none();
        self.model.name(&begun.id, begun.number);
        if let Some(view) = &begun.view {
            self.model.begin(view);
            if let Some(removed) = removed(view).filter(|_| is_first) {
                self.app.ui.warn(removed);
            }
        }
        if is_first {
            match self.manner.first {
                First::Nothing => {}
                First::Id => self.app.ui.data(&begun.id)?,
                First::Name => self.app.ui.data(format!("execution/{}", begun.id))?,
            }
        }
        if is_first && self.manner.summary {
            let name = begun
                .view
                .as_ref()
                .and_then(|view| view.workflow.name.as_ref());
            let name = name.map(|name| format!(" {name}")).unwrap_or_default();
            self.screen
                .talk(&format!("#{}{name} started", begun.number));
        }
        Ok(())
    }

    /// An execution that a step runs and that is not followed yet.
    pub(super) fn found(&mut self) -> Option<Found> {
        self.found.pop_front()
    }

    /// Takes what happened in an execution that a step runs.
    pub(super) async fn take_inside(&mut self, happened: Happened) -> Result<(), Failure> {
        match happened {
            Happened::Begun(line) if self.manner.summary => self.screen.talk(&line),
            Happened::Begun(_) | Happened::Nothing => {}
            Happened::Entry(entry, is_open) => {
                self.entry(&entry, (Origin::Inside, is_open)).await?;
            }
        }
        Ok(())
    }

    async fn entry(
        &mut self,
        entry: &Entry,
        (origin, is_open): (Origin, bool),
    ) -> Result<(), Failure> {
        self.found.extend(Found::of(entry));
        self.model.take(entry);
        self.tails.take(entry);
        if let EntryKind::Job(_) = &entry.what
            && !self.app.ui.silent
        {
            self.waits.note(&self.model);
        }
        if let EntryKind::Output(output) = &entry.what
            && !self.only.admits(output)
        {
            return Ok(());
        }
        if let EntryKind::Prompt(prompt) = &entry.what {
            self.close_question(prompt)?;
        }
        if let EntryKind::Output(output) = &entry.what
            && self.manner.show != Show::Nothing
        {
            self.gaps.take(output, bytes_of(output).len());
        }
        // As JSON each entry is what the server said of this execution.
        let shown = origin == Origin::Itself || self.manner.show != Show::Json;
        let shown = shown.then_some(entry);
        match &entry.what {
            EntryKind::Prompt(prompt) if is_open && prompt.answers.is_empty() => {
                return self.question(prompt, shown).await;
            }
            EntryKind::Prompt(prompt) if is_open => self.hear(prompt),
            EntryKind::Prompt(_)
            | EntryKind::Status(_)
            | EntryKind::Step(_)
            | EntryKind::Job(_)
            | EntryKind::Output(_) => {}
        }
        self.tell(shown)
    }

    fn tell(&mut self, entry: Option<&Entry>) -> Result<(), Failure> {
        entry.map_or(Ok(()), |entry| self.screen.entry(entry, &self.model))
    }

    /// When the time is over for what has not begun: there is no word of a worker to wait for.
    pub(super) fn patience(&self) -> Option<Instant> {
        let is_pending = self.manner.when_late == WhenLate::IsCancelled && !self.model.has_begun();
        self.given_until.filter(|_| is_pending)
    }

    /// When to look why something waits.
    pub(super) fn look_at(&self) -> Option<Instant> {
        self.waits.look_at()
    }

    /// Says why something waits, and what to type.
    pub(super) async fn explain_waits(&mut self) {
        for line in self.waits.explain(self.client, &self.model).await {
            let line = sanitize::line(&line);
            // Whoever waits without seeing anything wants to know all the more.
            if self.manner.show == Show::Nothing {
                self.app.ui.say(line);
            } else {
                self.screen.talk(&line);
            }
        }
    }

    pub(super) fn tick(&mut self) {
        self.screen.tick();
        if self.asks().is_some() {
            self.draw();
        }
    }
}
