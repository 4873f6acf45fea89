//! What a prompt is, and the only moves it can make.

use jiff::Timestamp;
use pulse_api::{
    ExecutionId, PromptId,
    http::prompts::{FieldView, PromptAnswer},
    status::PromptStatus,
};
use pulse_workflow::{NotBy, Terms};

use super::machine::{Illegal, moves};

moves! { "Prompt", PromptStatus;
    /// Somebody chose an option, or nobody did in time and a default is declared.
    Answer = "answer": Open => Answered;
    /// Nobody answered in time and no default is declared: its step fails.
    Expire = "expire": Open => Expired;
    /// The execution is being ended.
    Cancel = "cancel": Open => Cancelled;
}

/// A prompt, locked for a move.
#[derive(Debug, Clone)]
pub(crate) struct Prompt {
    pub(crate) id: PromptId,
    pub(crate) number: i64,
    pub(crate) step: String,
    pub(crate) message: String,
    pub(crate) options: Vec<String>,
    pub(crate) default: Option<String>,
    pub(crate) terms: Terms,
    /// What people have said so far, where an answer takes several of them.
    pub(crate) answers: Vec<PromptAnswer>,
    pub(crate) status: PromptStatus,
    pub(crate) response: Option<String>,
    pub(crate) answered_by: Option<String>,
    pub(crate) answered_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
}

/// A question that a step asks now.
#[derive(Debug, Clone)]
pub(crate) struct NewPrompt {
    pub(crate) id: PromptId,
    pub(crate) execution: ExecutionId,
    pub(crate) step: String,
    pub(crate) message: String,
    pub(crate) options: Vec<String>,
    pub(crate) default: Option<String>,
    pub(crate) terms: Terms,
    pub(crate) fields: Vec<FieldView>,
    pub(crate) timeout_ms: Option<u64>,
}

/// A move that a prompt has made, for the store to write. Only this file can make one.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    prompt: PromptId,
    to: PromptStatus,
    response: Option<String>,
    by: Option<String>,
    comment: Option<String>,
}

impl Change {
    pub(crate) fn prompt(&self) -> PromptId {
        self.prompt
    }

    pub(crate) fn to(&self) -> PromptStatus {
        self.to
    }

    pub(crate) fn response(&self) -> Option<&str> {
        self.response.as_deref()
    }

    pub(crate) fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    pub(crate) fn comment(&self) -> Option<&str> {
        self.comment.as_deref()
    }
}

/// An answer to a prompt.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) response: String,
    pub(crate) by: String,
    pub(crate) comment: Option<String>,
}

/// What an answer does.
#[derive(Debug)]
pub(crate) enum Effect {
    /// It is kept: more people must say the same.
    Kept,
    Answers(Change),
}

/// Why an answer does not count.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RefusedAnswer {
    #[error("it is closed")]
    Closed(#[from] Illegal),
    #[error("not one of the options")]
    NotAnOption,
    #[error("the same person has answered before")]
    Twice(Box<PromptAnswer>),
    #[error("who started the execution may not answer")]
    Starter,
}

impl Prompt {
    /// Takes an answer to an open prompt: the first one that is among the options, or that of the
    /// last person whom its option needs. Each person has one.
    pub(crate) fn answer(&self, answer: Answer, starter: &str) -> Result<Effect, RefusedAnswer> {
        next(self.status, Verb::Answer)?;
        if self.terms.not_by == Some(NotBy::Starter) && answer.by == starter {
            return Err(RefusedAnswer::Starter);
        }
        if let Some(before) = self.answers.iter().find(|one| one.answered_by == answer.by) {
            return Err(RefusedAnswer::Twice(Box::new(before.clone())));
        }
        let alike = |one: &&PromptAnswer| one.response == answer.response;
        let people = self.answers.iter().filter(alike).count() + 1;
        let needed = self.terms.needed(&answer.response);
        let change = self.close_with(answer)?;
        let is_enough = u32::try_from(people).is_ok_and(|people| people >= needed);
        Ok(if is_enough {
            Effect::Answers(change)
        } else {
            Effect::Kept
        })
    }

    /// Whether what each person says is kept.
    pub(crate) fn takes_several(&self) -> bool {
        !self.terms.approvals.is_empty()
    }

    /// Closes it with this answer, whoever gave it.
    pub(crate) fn close_with(&self, answer: Answer) -> Result<Change, RefusedAnswer> {
        let to = next(self.status, Verb::Answer)?;
        if !self.options.contains(&answer.response) {
            return Err(RefusedAnswer::NotAnOption);
        }
        Ok(Change {
            prompt: self.id,
            to,
            response: Some(answer.response),
            by: Some(answer.by),
            comment: answer.comment,
        })
    }

    pub(crate) fn expire(&self) -> Result<Change, Illegal> {
        self.close(Verb::Expire)
    }

    pub(crate) fn cancel(&self) -> Result<Change, Illegal> {
        self.close(Verb::Cancel)
    }

    fn close(&self, verb: Verb) -> Result<Change, Illegal> {
        let to = next(self.status, verb)?;
        Ok(Change {
            prompt: self.id,
            to,
            response: None,
            by: None,
            comment: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> Prompt {
        Prompt {
            id: PromptId::new(),
            number: 1,
            step: "ask".into(),
            message: "Go on?".into(),
            options: vec!["Yes".into(), "No".into()],
            default: None,
            terms: Terms::default(),
            answers: Vec::new(),
            status: PromptStatus::Open,
            response: None,
            answered_by: None,
            answered_at: None,
            expires_at: None,
        }
    }

    /// One that needs two people for its Yes, and has heard these.
    fn shared(answers: &[(&str, &str)]) -> Prompt {
        let answers = answers.iter().map(|(by, response)| PromptAnswer {
            answered_by: (*by).into(),
            response: (*response).into(),
            comment: None,
            values: None,
            answered_at: Timestamp::UNIX_EPOCH,
        });
        Prompt {
            terms: Terms {
                approvals: [("Yes".to_owned(), 2)].into(),
                not_by: Some(NotBy::Starter),
            },
            answers: answers.collect(),
            ..open()
        }
    }

    fn answer(by: &str, response: &str) -> Answer {
        Answer {
            response: response.into(),
            by: by.into(),
            comment: None,
        }
    }

    fn response(effect: Result<Effect, RefusedAnswer>) -> Option<String> {
        match effect.unwrap() {
            Effect::Kept => None,
            Effect::Answers(change) => change.response().map(str::to_owned),
        }
    }

    #[test]
    fn only_an_option_is_an_answer() {
        let taken = open().answer(answer("ada", "Yes"), "eve");

        assert!(matches!(
            open().answer(answer("ada", "yes"), "eve"),
            Err(RefusedAnswer::NotAnOption)
        ));
        assert_eq!(response(taken).as_deref(), Some("Yes"));
    }

    #[test]
    fn a_closed_prompt_takes_no_answer() {
        let mut prompt = open();
        prompt.status = PromptStatus::Answered;

        assert!(matches!(
            prompt.answer(answer("ada", "Yes"), "eve"),
            Err(RefusedAnswer::Closed(_))
        ));
    }

    #[test]
    fn the_last_person_an_option_needs_answers_and_any_other_option_answers_at_once() {
        let first = shared(&[]).answer(answer("ada", "Yes"), "eve");
        let second = shared(&[("ada", "Yes")]).answer(answer("bo", "Yes"), "eve");
        let dissent = shared(&[("ada", "Yes")]).answer(answer("bo", "No"), "eve");

        assert_eq!(response(first), None);
        assert_eq!(response(second).as_deref(), Some("Yes"));
        assert_eq!(response(dissent).as_deref(), Some("No"));
    }

    #[test]
    fn nobody_answers_twice_nor_for_what_they_started() {
        let heard = shared(&[("ada", "Yes")]);

        assert!(matches!(
            heard.answer(answer("ada", "No"), "eve"),
            Err(RefusedAnswer::Twice(_))
        ));
        assert!(matches!(
            heard.answer(answer("eve", "No"), "eve"),
            Err(RefusedAnswer::Starter)
        ));
    }
}
