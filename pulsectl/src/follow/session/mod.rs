//! One person (or script) following one execution: what is shown, what is asked, what is answered.

mod leaving;
mod questions;

use std::{collections::VecDeque, time::Instant};

use pulse_api::http::executions::{Entry, EntryKind, PromptEntry};

use super::{Ended, Gaps, Manner, Model, Only, waits::Waits};
use crate::{
    app::App,
    client::{Begun, Client, Followed},
    error::Failure,
    ui::{
        live::{Screen, Show, bytes_of},
        picker::Picker,
        sanitize,
    },
};

pub(super) struct Session<'a> {
    app: &'a App,
    client: &'a Client,
    screen: Box<dyn Screen>,
    manner: Manner,
    only: Only,
    model: Model,
    gaps: Gaps,
    waits: Waits,
    /// Questions to ask the person, the first one on the screen.
    open: VecDeque<PromptEntry>,
    picker: Option<Picker>,
    interrupted: bool,
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
            manner,
            only,
            model: Model::default(),
            gaps: Gaps::default(),
            waits: Waits::default(),
            open: VecDeque::new(),
            picker: None,
            interrupted: false,
        }
    }

    /// Whether a question is on the screen.
    pub(super) fn asks(&self) -> bool {
        self.picker.is_some()
    }

    /// Takes what the stream says; gives the execution once it is over.
    pub(super) async fn take(&mut self, followed: Followed) -> Result<Option<Ended>, Failure> {
        match followed {
            Followed::Begun(begun) => self.begin(&begun)?,
            Followed::Entry(entry) => self.entry(&entry).await?,
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

    /// Says how it ended; groups have told already who failed.
    fn sum_up(&self, ended: &Ended) {
        if !self.manner.summary {
            return;
        }
        if self.manner.show != Show::Grouped {
            for line in ended.failures() {
                self.app.ui.say(line);
            }
        }
        self.app.ui.say(ended.summary());
    }

    /// Ends the screen, and tells what it could not show.
    fn close(&mut self) -> Result<(), Failure> {
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
        }
        if is_first && self.manner.prints_id {
            self.app.ui.data(&begun.id)?;
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

    async fn entry(&mut self, entry: &Entry) -> Result<(), Failure> {
        self.model.take(entry);
        if let EntryKind::Job(_) = &entry.what
            && self.manner.show != Show::Nothing
        {
            self.waits.note(&self.model);
        }
        if let EntryKind::Output(output) = &entry.what
            && !self.only.admits(output)
        {
            return Ok(());
        }
        if let EntryKind::Prompt(prompt) = &entry.what {
            self.close_question(prompt);
        }
        if let EntryKind::Output(output) = &entry.what
            && self.manner.show != Show::Nothing
        {
            self.gaps.take(output, bytes_of(output).len());
        }
        self.screen.entry(entry, &self.model)?;
        if let EntryKind::Prompt(prompt) = &entry.what
            && self.model.is_open(entry.seq, prompt)
        {
            self.question(prompt).await?;
        }
        Ok(())
    }

    /// When to look why something waits.
    pub(super) fn look_at(&self) -> Option<Instant> {
        self.waits.look_at()
    }

    /// Says why something waits, and what to type.
    pub(super) async fn explain_waits(&mut self) {
        for line in self.waits.explain(self.client, &self.model).await {
            self.screen.talk(&sanitize::line(&line));
        }
    }

    pub(super) fn tick(&mut self) {
        self.screen.tick();
        if self.picker.is_some() {
            self.draw();
        }
    }
}
