//! One person (or script) following one execution: what is shown, what is asked, what is answered.

use std::{collections::VecDeque, time::Instant};

use pulse_api::{
    http::{
        executions::{CancelExecution, Entry, EntryKind, ExecutionView, PromptEntry},
        prompts::PromptView,
    },
    status::PromptStatus,
};

use super::{
    Ended, Gaps, Given, Manner, Model, OnInterrupt, Only, Questions, WhenLate, answers::option_of,
    waits::Waits,
};
use crate::{
    app::App,
    client::{Begun, Call, Client, Followed},
    clock, duration,
    error::{Failure, Kind},
    ui::{
        Device,
        live::{Screen, Show, bytes_of},
        picker::{Picker, Press},
        quote, sanitize,
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

    /// Answers a question with what was given, asks the person, or gives up.
    async fn question(&mut self, prompt: &PromptEntry) -> Result<(), Failure> {
        let name = self.model.step_name(&prompt.step).to_owned();
        if let Some(answer) = self.manner.answers.take(&prompt.step, &name) {
            let answer = option_of(&answer, &prompt.options);
            return self.answer(prompt, &answer).await;
        }
        if self.manner.answers.defaults {
            let view: PromptView = self
                .client
                .get(&format!("/prompts/{}", prompt.prompt))
                .await?;
            if let Some(default) = view.default {
                return self.answer(prompt, &default).await;
            }
        }
        match self.manner.questions {
            Questions::Mention => {
                let how = how_to_answer(prompt);
                self.screen.talk(&format!("  to answer: {how}"));
            }
            Questions::Refuse => return self.refuse(prompt, &name).await,
            Questions::Ask => {
                self.learn_who_started().await;
                self.open.push_back(prompt.clone());
                self.ask_next();
            }
        }
        Ok(())
    }

    /// Fetches what a person wants to know before answering, where the stream did not say it.
    async fn learn_who_started(&mut self) {
        let Some(id) = self
            .model
            .id
            .clone()
            .filter(|_| self.model.started_by.is_empty())
        else {
            return;
        };
        if let Ok(view) = self
            .client
            .get::<ExecutionView>(&format!("/executions/{id}"))
            .await
        {
            self.model.started_by = view.started_by;
        }
    }

    /// Ends with code 8, unless somebody has answered meanwhile.
    async fn refuse(&mut self, prompt: &PromptEntry, name: &str) -> Result<(), Failure> {
        let path = format!("/prompts/{}", prompt.prompt);
        if let Ok(view) = self.client.get::<PromptView>(&path).await
            && view.status != PromptStatus::Open
        {
            return Ok(());
        }
        self.close()?;
        let label = self.model.label();
        let options = prompt.options.join(", ");
        let watch = format!("pulsectl execution watch {}", self.model.reference());
        Err(Failure::new(
            Kind::PromptOpen,
            format!("{label} waits for an answer to {name}: {}", prompt.message),
        )
        .details(vec![format!("options: {options}")])
        .hint(format!(
            "{}, then `{watch}`; or give --answer {} from the start",
            how_to_answer(prompt),
            quote(&format!("{name}=ANSWER"))
        )))
    }

    /// Sends an answer; that somebody else was faster is told and no failure.
    async fn answer(&mut self, prompt: &PromptEntry, answer: &str) -> Result<(), Failure> {
        let body = pulse_api::http::prompts::Respond {
            response: answer.to_owned(),
            ..Default::default()
        };
        let call = Call::post(&format!("/prompts/{}/answer", prompt.prompt)).json(&body)?;
        match self.client.send(&call).await {
            Ok(_) => Ok(()),
            Err(failure) if failure.kind == Kind::Conflict => {
                self.screen
                    .talk(&format!("not answered with {answer}: {}", failure.message));
                Ok(())
            }
            Err(failure) => {
                self.close()?;
                let watch = format!("pulsectl execution watch {}", self.model.reference());
                if failure.hint.is_some() {
                    return Err(failure);
                }
                let options = prompt.options.join(", ");
                Err(failure.hint(format!(
                    "the options are {options}; the execution still waits: `{watch}`"
                )))
            }
        }
    }

    /// Puts the first open question on the screen.
    fn ask_next(&mut self) {
        if self.picker.is_none()
            && let Some(prompt) = self.open.front()
        {
            self.picker = Some(Picker::new(&prompt.options));
        }
        self.draw();
    }

    fn draw(&mut self) {
        let (Some(picker), Some(prompt)) = (&self.picker, self.open.front()) else {
            self.screen.ask(None);
            return;
        };
        let name = self.model.step_name(&prompt.step);
        let left = prompt.expires_at.map(|at| {
            let seconds = at.as_second() - clock::now().as_second();
            format!(
                ", {} left",
                duration::age(u64::try_from(seconds).unwrap_or(0))
            )
        });
        let by = Some(&self.model.started_by).filter(|by| !by.is_empty());
        let title = format!(
            "? {name}: {}\n  {}{}{}",
            prompt.message,
            self.model.label(),
            by.map(|by| format!(" started by {by}")).unwrap_or_default(),
            // A terminal without a cursor cannot redraw a countdown.
            left.filter(|_| self.app.ui.device == Device::Screen)
                .unwrap_or_default(),
        );
        let text = picker.draw(&title, self.app.ui.device);
        self.screen.ask(Some(&text));
    }

    /// Takes away a question that is no longer open.
    fn close_question(&mut self, prompt: &PromptEntry) {
        if prompt.status == PromptStatus::Open {
            return;
        }
        let was_shown = self
            .open
            .front()
            .is_some_and(|open| open.prompt == prompt.prompt);
        self.open.retain(|open| open.prompt != prompt.prompt);
        if was_shown {
            self.picker = None;
            self.screen.ask(None);
            self.ask_next();
        }
    }

    /// Takes a key or a line for the question on the screen.
    pub(super) async fn press(&mut self, given: Given) -> Result<(), Failure> {
        let Some(picker) = &mut self.picker else {
            return Ok(());
        };
        match picker.give(&given) {
            Press::Stay => self.draw(),
            Press::Leave => return Err(self.detach(Kind::PromptOpen)),
            Press::Chosen(index) => {
                self.picker = None;
                self.screen.ask(None);
                if let Some(prompt) = self.open.pop_front() {
                    let answer = prompt.options.get(index).cloned().unwrap_or_default();
                    self.answer(&prompt, &answer).await?;
                }
                self.ask_next();
            }
        }
        Ok(())
    }

    /// Lets go at the first Ctrl-C, or cancels where that was asked for; the second ends at once.
    pub(super) async fn interrupt(&mut self) -> Result<(), Failure> {
        if self.interrupted {
            return Err(super::interrupted());
        }
        self.interrupted = true;
        let id = self.model.id.clone();
        match (self.manner.on_interrupt, id) {
            (OnInterrupt::Cancel, Some(id)) => {
                self.screen.talk("cancelling; Ctrl-C again leaves at once");
                self.cancel(self.client, &id, "interrupted").await
            }
            (OnInterrupt::Cancel | OnInterrupt::Detach, _) => Err(self.detach(Kind::Interrupted)),
        }
    }

    /// Ends the execution, unless it has ended by itself.
    async fn cancel(&self, client: &Client, id: &str, reason: &str) -> Result<(), Failure> {
        let body = CancelExecution {
            reason: Some(reason.to_owned()),
            force: false,
        };
        let call = Call::post(&format!("/executions/{id}/cancel")).json(&body)?;
        match client.send(&call).await {
            Err(failure) if failure.kind != Kind::Conflict => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Leaves the execution to itself, saying so.
    fn detach(&mut self, kind: Kind) -> Failure {
        self.screen.ask(None);
        if let Err(failure) = self.close() {
            return failure;
        }
        let (label, reference) = (self.model.label(), self.model.reference());
        self.app.ui.say(format!(
            "{label} is still running; go on with `pulsectl execution watch {reference}`, \
             or end it with `pulsectl execution cancel {reference}`"
        ));
        Failure::new(kind, "")
    }

    pub(super) async fn waited_too_long(&mut self) -> Failure {
        if let Err(failure) = self.close() {
            return failure;
        }
        let label = self.model.label();
        if let (WhenLate::IsCancelled, Some(id)) = (self.manner.when_late, self.model.id.clone()) {
            // By one whose time has not run out.
            let cancelled = match self.app.client() {
                Ok(client) => self.cancel(&client, &id, "the time for it ran out").await,
                Err(failure) => Err(failure),
            };
            return match cancelled {
                Ok(()) => {
                    let late = format!("{label} was not over in time, and was cancelled");
                    Failure::new(Kind::WaitedTooLong, late)
                }
                Err(failure) => failure,
            };
        }
        Failure::new(
            Kind::WaitedTooLong,
            format!("{label} was not over in time; it goes on"),
        )
        .hint(format!(
            "`pulsectl execution watch {}` goes on waiting",
            self.model.reference()
        ))
    }

    pub(super) fn tick(&mut self) {
        self.screen.tick();
        if self.picker.is_some() {
            self.draw();
        }
    }
}

/// What to type for an answer from elsewhere.
pub(super) fn how_to_answer(prompt: &PromptEntry) -> String {
    let option = prompt.options.first().map_or("ANSWER", String::as_str);
    format!(
        "`pulsectl prompt answer {} {}`",
        prompt.prompt,
        quote(option)
    )
}
