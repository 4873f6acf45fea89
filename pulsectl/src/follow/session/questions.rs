//! What an execution asks: answered with what was given, asked of the person, or refused.

use pulse_api::{
    http::{
        executions::{Entry, PromptEntry},
        health::UserView,
        prompts::{PromptView, Respond},
    },
    status::PromptStatus,
};

use serde_json::{Map, Value};

use super::Session;
use crate::{
    client::Call,
    clock, duration,
    error::{Failure, Kind},
    follow::{Given, Questions, answers::option_of, approvals},
    ui::{
        Device,
        form::{Fill, Form},
        live::Show,
        picker::{Picker, Press},
        quote,
    },
};

impl Session<'_> {
    /// Answers a question with what was given, asks the person, or gives up; the entry is what tells
    /// of it.
    pub(super) async fn question(
        &mut self,
        prompt: &PromptEntry,
        entry: Option<&Entry>,
    ) -> Result<(), Failure> {
        let name = self.model.step_name(&prompt.step).to_owned();
        let is_drawn = self.app.ui.device == Device::Screen && self.manner.show == Show::Lines;
        if self.manner.questions == Questions::Ask && self.asks().is_none() && is_drawn {
            self.untold = entry.cloned();
        } else {
            self.tell(entry)?;
        }
        if let Some(answer) = self.manner.answers.take(&prompt.step, &name) {
            self.tell_question()?;
            let answer = option_of(&answer, &prompt.options);
            let fields = self.manner.answers.fields.of(&prompt.step, &name);
            self.answer(prompt, &answer, fields).await?;
            return self.refuse_the_rest(prompt, &name).await;
        }
        if self.manner.answers.defaults {
            let view: PromptView = self
                .client
                .get(&format!("/prompts/{}", prompt.prompt))
                .await?;
            if let Some(default) = view.default {
                self.tell_question()?;
                return self.answer(prompt, &default, Map::new()).await;
            }
        }
        match self.manner.questions {
            Questions::Mention => {
                let how = how_to_answer(prompt);
                self.screen.talk(&format!("  to answer: {how}"));
            }
            Questions::Refuse => return self.refuse(prompt, &name).await,
            Questions::Ask => {
                let mut asked = prompt.clone();
                if let Some(why) = self.learn_of(&mut asked).await {
                    self.tell_question()?;
                    self.screen.talk(&format!("  {why}"));
                    return Ok(());
                }
                self.open.push_back(asked);
                self.ask_next();
            }
        }
        Ok(())
    }

    /// Tells of the question that was put to the person: while it is on the screen that says it all.
    pub(super) fn tell_question(&mut self) -> Result<(), Failure> {
        let entry = self.untold.take();
        self.tell(entry.as_ref())
    }

    /// Takes that one more person has answered a question that still waits for others.
    pub(super) fn hear(&mut self, prompt: &PromptEntry) {
        let open = self.open.iter_mut();
        for asked in open.filter(|asked| asked.prompt == prompt.prompt) {
            asked.answers.clone_from(&prompt.answers);
        }
        self.draw();
    }

    /// Fetches what a person wants to know before answering, which the stream does not say; gives
    /// why this person is not to answer, where that is so.
    async fn learn_of(&mut self, prompt: &mut PromptEntry) -> Option<String> {
        let path = format!("/prompts/{}", prompt.prompt);
        let view = self.client.get::<PromptView>(&path).await.ok()?;
        let why = if view.not_by.is_some() || !view.answers.is_empty() {
            self.is_for_others(&view).await
        } else {
            None
        };
        self.model.started_by = view.started_by;
        self.answerers.insert(prompt.prompt, view.answerers);
        self.fields.insert(prompt.prompt, view.fields);
        prompt.answers = view.answers;
        why
    }

    /// Why a question is for other people than this one: they started it, or have answered.
    async fn is_for_others(&self, view: &PromptView) -> Option<String> {
        let me = self.client.get::<UserView>("/user").await.ok()?.username;
        let number = view.number;
        let ask = format!("`pulsectl prompt delegate {number} USER` asks them");
        if view.not_by.is_some() && view.started_by == me {
            return Some(format!(
                "somebody else must answer, as you started this; {ask}"
            ));
        }
        let mine = view.answers.iter().find(|one| one.answered_by == me)?;
        let standing = approvals::standing(&view.approvals, &view.answers)?;
        Some(format!("you said {}; {standing}; {ask}", mine.response))
    }

    /// After an answer that was given from the start: ends with code 8 where other people must
    /// answer too.
    async fn refuse_the_rest(&mut self, prompt: &PromptEntry, name: &str) -> Result<(), Failure> {
        let is_over = prompt.approvals.is_empty() || self.manner.questions != Questions::Refuse;
        if is_over {
            return Ok(());
        }
        self.refuse(prompt, name).await
    }

    /// Ends with code 8, unless somebody has answered meanwhile.
    async fn refuse(&mut self, prompt: &PromptEntry, name: &str) -> Result<(), Failure> {
        let path = format!("/prompts/{}", prompt.prompt);
        let view = self.client.get::<PromptView>(&path).await.ok();
        if view
            .as_ref()
            .is_some_and(|view| view.status != PromptStatus::Open)
        {
            return Ok(());
        }
        self.close()?;
        let label = self.model.label();
        let answers = view.map(|view| view.answers).unwrap_or_default();
        let heard = (&prompt.approvals, answers.as_slice());
        let options = approvals::options(&prompt.options, heard).join(", ");
        let watch = format!("pulsectl execution watch {}", self.model.reference());
        if let Some(standing) = approvals::standing(heard.0, heard.1) {
            let message = format!("{label} waits for an answer to {name}: {standing}");
            return Err(Failure::new(Kind::PromptOpen, message)
                .details(vec![format!("options: {options}")])
                .hint(format!(
                    "somebody else answers with {}, then `{watch}`",
                    how_to_answer(prompt)
                )));
        }
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
    async fn answer(
        &mut self,
        prompt: &PromptEntry,
        answer: &str,
        fields: Map<String, Value>,
    ) -> Result<(), Failure> {
        let body = Respond {
            response: answer.to_owned(),
            fields: Some(fields).filter(|fields| !fields.is_empty()),
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
            // Whoever sits there can fill it in again.
            Err(failure) if failure.kind == Kind::Usage && self.has_fields_to_ask(prompt) => {
                self.screen
                    .talk(&format!("not answered with {answer}: {}", failure.message));
                self.open.push_front(prompt.clone());
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

    /// Whether a person is asked for more than an option.
    fn has_fields_to_ask(&self, prompt: &PromptEntry) -> bool {
        let fields = self.fields.get(&prompt.prompt);
        self.manner.questions == Questions::Ask && fields.is_some_and(|fields| !fields.is_empty())
    }

    /// Turns to the first open question, which is on the screen once its keys are heard.
    fn ask_next(&mut self) {
        match self.open.front() {
            Some(prompt) if self.asks().is_none() => {
                self.picker = Some(Picker::new(&prompt.options));
                self.asked += 1;
            }
            Some(_) | None => self.draw(),
        }
    }

    pub(in crate::follow) fn draw(&mut self) {
        let Some(prompt) = self.open.front().filter(|_| self.asks().is_some()) else {
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
            "? {}\n  {}{}{}{}{}",
            asked(name, &prompt.message),
            self.model.label(),
            by.map(|by| format!(" started by {by}")).unwrap_or_default(),
            // A terminal without a cursor cannot redraw a countdown.
            left.filter(|_| self.app.ui.device == Device::Screen)
                .unwrap_or_default(),
            self.answerers
                .get(&prompt.prompt)
                .map(|groups| format!("\n  {}", who_answers(groups.as_deref())))
                .unwrap_or_default(),
            approvals::needs(&prompt.approvals, &prompt.answers)
                .map(|needs| format!("\n  {needs}"))
                .unwrap_or_default(),
        );
        let device = self.app.ui.device;
        let text = match (&self.picker, &self.form) {
            (Some(picker), _) => picker.draw(&title, device),
            (None, Some((option, form))) => form.draw(&format!("{title}\n  {option}"), device),
            (None, None) => return,
        };
        self.screen.ask(Some(&text));
    }

    /// Takes away a question that is no longer open.
    pub(super) fn close_question(&mut self, prompt: &PromptEntry) -> Result<(), Failure> {
        if prompt.status == PromptStatus::Open {
            return Ok(());
        }
        let was_shown = self
            .open
            .front()
            .is_some_and(|open| open.prompt == prompt.prompt);
        self.open.retain(|open| open.prompt != prompt.prompt);
        if was_shown {
            (self.picker, self.form) = (None, None);
            self.screen.ask(None);
            self.tell_question()?;
            self.ask_next();
        }
        Ok(())
    }

    /// Takes a key or a line for the question on the screen.
    pub(in crate::follow) async fn press(&mut self, given: Given) -> Result<(), Failure> {
        if let Some((option, form)) = &mut self.form {
            let option = option.clone();
            match form.give(&given) {
                Fill::Stay => self.draw(),
                Fill::Back => {
                    self.form = None;
                    self.ask_next();
                }
                Fill::Done(fields) => {
                    self.form = None;
                    self.choose(&option, fields).await?;
                }
            }
            return Ok(());
        }
        let Some(picker) = &mut self.picker else {
            return Ok(());
        };
        match picker.give(&given) {
            Press::Stay => self.draw(),
            Press::Leave => return Err(self.detach(Kind::PromptOpen)),
            Press::Chosen(index) => {
                self.picker = None;
                let Some(prompt) = self.open.front() else {
                    return Ok(());
                };
                let option = prompt.options.get(index).cloned().unwrap_or_default();
                let name = self.model.step_name(&prompt.step);
                let given = self.manner.answers.fields.of(&prompt.step, name);
                let asked = self.fields.get(&prompt.prompt);
                match asked.and_then(|fields| Form::new(fields, &given)) {
                    // Another question, drawn once what came behind the choice is thrown away.
                    Some(form) => {
                        self.form = Some((option, form));
                        self.asked += 1;
                    }
                    None => self.choose(&option, given).await?,
                }
            }
        }
        Ok(())
    }

    /// Answers the question on the screen, and goes on to the next.
    async fn choose(&mut self, option: &str, fields: Map<String, Value>) -> Result<(), Failure> {
        self.screen.ask(None);
        self.tell_question()?;
        if let Some(prompt) = self.open.pop_front() {
            self.answer(&prompt, option, fields).await?;
        }
        self.ask_next();
        Ok(())
    }
}

/// A question with the name of its step, unless it begins with it.
pub(crate) fn asked(name: &str, message: &str) -> String {
    let begins = message.get(..name.len());
    if begins.is_some_and(|begin| begin.eq_ignore_ascii_case(name)) {
        return message.to_owned();
    }
    format!("{name}: {message}")
}

/// Who else may answer: whoever has a role that does, or the groups that the workflow names.
pub(crate) fn who_answers(groups: Option<&[String]>) -> String {
    match groups {
        None => "approvers, operators and admins may answer".to_owned(),
        Some([]) => "only admins may answer".to_owned(),
        Some([only]) => format!("the group {only} and admins may answer"),
        Some(several) => format!("the groups {} and admins may answer", several.join(", ")),
    }
}

/// What to type for an answer from elsewhere.
fn how_to_answer(prompt: &PromptEntry) -> String {
    let option = prompt.options.first().map_or("ANSWER", String::as_str);
    format!(
        "`pulsectl prompt answer {} {}`",
        prompt.prompt,
        quote(option)
    )
}
