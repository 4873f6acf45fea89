//! Free text that people write into a body.

use pulse_api::{ProblemCode, problem::FaultView};
use pulse_workflow::text::is_prose;

use super::problem::Refusal;

/// The most characters of a reason.
const LONGEST_REASON: usize = 1_000;

/// Why somebody does something, in their words: what others read later shows what it says.
pub(super) fn reason(text: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(said) = &text else { return Ok(None) };
    let length = said.chars().count();
    if length > LONGEST_REASON {
        let detail = format!("a reason has at most {LONGEST_REASON} characters; this has {length}");
        return Err(unfit("reason", detail));
    }
    check("reason", said)?;
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
