//! What to say about syntax and names that are not part of the language.

use oxc_ast::ast::Expression as Js;
use oxc_span::GetSpan as _;

use super::ExpressionFault;
use super::compile::{Compiled, start, wrong};
use super::tree::Function;

/// Properties through which JavaScript reaches what it runs on.
const FORBIDDEN: &[&str] = &[
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "apply",
    "bind",
    "call",
    "caller",
    "callee",
    "constructor",
    "prototype",
    "valueOf",
];

/// What to say about syntax that is not part of the language.
pub(super) fn refusal(js: &Js<'_>) -> ExpressionFault {
    let at = start(js.span());
    if matches!(js, Js::ArrowFunctionExpression(_)) {
        let message = "a function may only be given to `filter`, `map`, `some` and the like";
        return wrong(message, at);
    }
    if matches!(js, Js::AssignmentExpression(_)) {
        return wrong("`=` would assign", at).hinted("write `===` to compare");
    }
    if matches!(js, Js::SequenceExpression(_)) {
        return wrong("`,` does not join expressions", at).hinted("write `&&` or `||`");
    }
    wrong("this is not supported in an expression", at)
}

pub(super) fn allowed(property: &str, at: usize) -> Compiled<()> {
    if FORBIDDEN.contains(&property) {
        return Err(wrong(
            format!("`{property}` is not available to expressions"),
            at,
        ));
    }
    Ok(())
}

pub(super) fn unknown_function(name: &str, at: usize) -> ExpressionFault {
    let fault = wrong(format!("no function `{name}` is supported"), at);
    let known = ["success", "failure", "always", "cancelled"];
    match crate::decode::nearest(name, Function::NAMES.iter().copied().chain(known)) {
        Some(near) => fault.hinted(&format!("did you mean `{near}`?")),
        None => fault,
    }
}
