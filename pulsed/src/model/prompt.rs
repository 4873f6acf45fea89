//! What a prompt is, and the only moves it can make.

use jiff::Timestamp;
use pulse_api::{ExecutionId, PromptId, status::PromptStatus};

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
    pub(crate) status: PromptStatus,
    pub(crate) response: Option<String>,
    pub(crate) answered_by: Option<String>,
    pub(crate) answered_at: Option<Timestamp>,
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

/// Why an answer does not count.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RefusedAnswer {
    #[error("it is closed")]
    Closed(#[from] Illegal),
    #[error("not one of the options")]
    NotAnOption,
}

impl Prompt {
    /// Takes an answer: the first one to an open prompt that is among the options.
    pub(crate) fn answer(&self, answer: Answer) -> Result<Change, RefusedAnswer> {
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
            status: PromptStatus::Open,
            response: None,
            answered_by: None,
            answered_at: None,
        }
    }

    fn answer(response: &str) -> Answer {
        Answer {
            response: response.into(),
            by: "ada".into(),
            comment: None,
        }
    }

    #[test]
    fn only_an_option_is_an_answer() {
        assert!(matches!(
            open().answer(answer("yes")),
            Err(RefusedAnswer::NotAnOption)
        ));
        assert_eq!(
            open().answer(answer("Yes")).unwrap().response(),
            Some("Yes")
        );
    }

    #[test]
    fn a_closed_prompt_takes_no_answer() {
        let mut prompt = open();
        prompt.status = PromptStatus::Answered;

        assert!(matches!(
            prompt.answer(answer("Yes")),
            Err(RefusedAnswer::Closed(_))
        ));
    }
}
