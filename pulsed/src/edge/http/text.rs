//! Free text that people write into a body.

use pulse_api::{ProblemCode, problem::FaultView};
use pulse_workflow::text::is_prose;

use super::problem::Refusal;

/// The most characters of a reason or a comment.
const LONGEST: usize = 1_000;

/// Why somebody does something, in their words.
pub(super) fn reason(text: Option<String>) -> Result<Option<String>, Refusal> {
    words("reason", text)
}

/// What somebody says with an answer.
pub(super) fn comment(text: Option<String>) -> Result<Option<String>, Refusal> {
    words("comment", text)
}

/// What somebody says to others: what these read later shows what it says.
fn words(path: &str, text: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(said) = &text else { return Ok(None) };
    let length = said.chars().count();
    if length > LONGEST {
        let detail = format!("a {path} has at most {LONGEST} characters; this has {length}");
        return Err(unfit(path, detail));
    }
    check(path, said)?;
    Ok(text)
}

/// Refuses text that does not show what it says.
pub(super) fn check(path: &str, text: &str) -> Result<(), Refusal> {
    if is_prose(text) {
        return Ok(());
    }
    let detail = format!("{path} holds a control character, or one that turns text around");
    Err(unfit(path, detail))
}

fn unfit(path: &str, detail: String) -> Refusal {
    let fault = FaultView {
        path: path.to_owned(),
        line: None,
        column: None,
        message: detail.clone(),
        hint: None,
        source_line: None,
    };
    Refusal::new(ProblemCode::InvalidBody, detail).errors(vec![fault])
}
