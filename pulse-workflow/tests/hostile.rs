//! What hostile expressions cost: little, and never a panic or the stack.

use std::rc::Rc;
use std::time::Duration;

use proptest::prelude::*;
use pulse_workflow::expression::{Expression, Names, Outlook, Place, Root, Value};
use pulse_workflow::{Source, load};

mod cpu;

/// One step whose output is as long as outputs get.
struct World {
    check: Value,
}

impl World {
    fn new() -> Self {
        let stdout = "x".repeat(64 * 1024);
        Self {
            check: Value::from(&serde_json::json!({"exit_code": 0, "stdout": stdout})),
        }
    }
}

impl Names for World {
    fn root(&self, _root: Root) -> Value {
        Value::String(Rc::from("Yes"))
    }

    fn step(&self, _id: &str) -> Value {
        self.check.clone()
    }

    fn outlook(&self) -> Outlook {
        Outlook::default()
    }
}

/// The most processor time that one evaluation may take; unoptimised code gets more.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 30 } else { 5 });

/// Parses and evaluates on a small stack; whatever happens must be quick and no panic.
fn survive(source: String) -> Result<String, String> {
    let thread = std::thread::Builder::new()
        .stack_size(1024 * 1024)
        .spawn(move || {
            let world = World::new();
            let before = cpu::spent();
            let result = Expression::parse(&source, Place::Condition)
                .map_err(|fault| fault.message)
                .and_then(|expression| expression.evaluate(&world).map_err(|error| error.message));
            let took = cpu::spent_since(before);
            let shown: String = source.chars().take(60).collect();
            assert!(took < LIMIT, "{shown} took {took:?}: {result:?}");
            result.map(|value| format!("{value:?}"))
        });
    thread
        .expect("a thread")
        .join()
        .expect("no panic and no overflow")
}

#[test]
fn deep_nesting_never_reaches_the_parser() {
    for source in [
        "(".repeat(4000),
        "[".repeat(4000),
        "{a:".repeat(1300),
        "!".repeat(4000),
        "-".repeat(4000),
        "- ".repeat(2000) + "1",
        "+ -".repeat(1300),
        "typeof ".repeat(580) + "1",
        "x=>".repeat(1300),
        "a?".repeat(2000),
        "1?1:".repeat(1000) + "1",
        "2**".repeat(1300) + "2",
        "`${".repeat(1300),
        "/\"/+".to_owned() + &"(".repeat(2000) + &")".repeat(2000) + "+/\"/",
        "a.".repeat(2000) + "a",
        "inputs".to_owned() + &"[0]".repeat(1300),
        "inputs".to_owned() + &"?.a".repeat(1300),
        "1".to_owned() + &"+1".repeat(2000),
        "1".to_owned() + &"&&1".repeat(1300),
        "1".to_owned() + &"??1".repeat(1300),
        "1".to_owned() + &"in 1 ".repeat(800),
        "f".to_owned() + &"()".repeat(2000),
        "[1]".to_owned() + &".map(x=>x)".repeat(400),
        "[1].map(x=>".repeat(360),
        "await ".repeat(680),
        "new ".repeat(1000),
        "<a>".repeat(1300),
        "x".repeat(5 * 1024),
    ] {
        let shown: String = source.chars().take(40).collect();
        assert!(survive(source).is_err(), "{shown}");
    }
}

#[test]
fn the_deepest_that_is_allowed_fits_the_stack() {
    let deep = format!("{}true{}", "(".repeat(32), ")".repeat(32));
    let prefixed = format!("{}true", "!".repeat(62));
    let mixed = format!("{}true{}", "!!(".repeat(30), ")".repeat(30));
    let arrows = format!("{}true{}", "[1].some(x=>".repeat(15), ")".repeat(15));
    for source in [deep, prefixed, mixed, arrows] {
        assert_eq!(
            survive(source.clone()),
            Ok("Bool(true)".to_owned()),
            "{source}"
        );
    }
}

#[test]
fn hostile_work_is_cut_short() {
    let hundred = format!("[{}]", vec!["1"; 100].join(","));
    for source in [
        "'x'.repeat(1e9) === ''".to_owned(),
        "'x'.padEnd(1e9) === ''".to_owned(),
        "'x'.padStart(2 ** 40, 'ab') === ''".to_owned(),
        "'x'.repeat(1e300) === ''".to_owned(),
        "'x'.repeat(1000000).split('').length === 1".to_owned(),
        format!("{hundred}.some(a => {hundred}.some(b => {hundred}.some(c => false)))"),
        "'ab'.repeat(400000).replaceAll('', 'xxxxxxxx').length === 1".to_owned(),
        format!("{hundred}.reduce((s, x) => s + s, 'x').length === 1"),
        format!("{hundred}.reduce((s, x) => [s, s], 'x').length === 1"),
        format!("{hundred}.reduce((s, x) => [s, s], 'x').join() === 1"),
        format!("{hundred}.reduce((s, x) => [...s, ...s], [1]).length === 1"),
        format!("{hundred}.reduce((s, x) => s.concat(s), [1]).length === 1"),
        format!("{hundred}.reduce((s, x) => s.flatMap(y => [y, y]), [1]).length === 1"),
        format!("{hundred}.reduce((s, x) => `${{s}}${{s}}`, 'x').length === 1"),
        format!(
            "{hundred}.some(a => {hundred}.some(b => steps.check.stdout.includes('xxxxxxxxxxxxy')))"
        ),
        format!(
            "{hundred}.some(a => {hundred}.some(b => steps.check.stdout.toUpperCase() === ''))"
        ),
        format!("{hundred}.some(a => {hundred}.some(b => steps.check.stdout + a === ''))"),
        format!("{hundred}.some(a => {hundred}.some(b => steps.check.stdout.split('x') === ''))"),
        format!(
            "{hundred}.some(a => {hundred}.some(b => steps.check.stdout != steps.check.stdout + ''))"
        ),
        format!("{hundred}.some(a => {hundred}.some(b => +steps.check.stdout === 1))"),
        "'xxxxxxxx'.repeat(8000).lastIndexOf('x'.repeat(4000) + 'y') === 1".to_owned(),
        "'x'.repeat(900000).trim().trim().trim() === ''".to_owned(),
    ] {
        let shown: String = source
            .chars()
            .rev()
            .take(60)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let result = survive(source);
        assert!(
            result.as_ref().is_err_and(
                |error| error.starts_with("the expression") || error.contains("too deeply")
            ) || result == Ok("Bool(false)".to_owned()),
            "{shown}: {result:?}"
        );
    }
}

#[test]
fn hostile_conditions_in_a_document_are_refused_at_their_place() {
    let text = "name: x\nsteps:\n  - command: uptime\n    condition: inputs.a && [].constructor\n";

    let faults = load(&Source {
        name: "x.yaml",
        text,
    })
    .unwrap_err();

    let places: Vec<(u32, u32)> = faults
        .0
        .iter()
        .map(|fault| (fault.line, fault.column))
        .collect();
    assert_eq!(places, [(4, 31)], "{}", faults.render("x.yaml"));
}

/// Pieces that make up most expressions, good and bad.
const TOKENS: &[&str] = &[
    "a",
    "x",
    "inputs",
    "steps.check.stdout",
    ".",
    "?.",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "`",
    "${",
    "'",
    "\"",
    "+",
    "-",
    "*",
    "/",
    "**",
    "!",
    "~",
    "=",
    "==",
    "=>",
    "<",
    ">>",
    ",",
    ":",
    ";",
    "?",
    "??",
    "&&",
    "||",
    "|",
    "0",
    "1n",
    "0x",
    "1e",
    "'s'",
    "/a/",
    "//",
    "/*",
    "\\",
    "\n",
    " ",
    "\u{e9}",
    "\u{1f600}",
    "new ",
    "async ",
    "function",
    "class ",
    "typeof ",
    "in ",
    "of ",
    "let ",
    "...",
    "@",
    "#",
    "$",
    "<!--",
    "import",
    ".map(x=>",
    ".filter(",
    "length",
    "\u{2028}",
    "true",
    "null",
    "get ",
    "yield ",
    "await ",
    "satisfies ",
    "<T>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_of_tokens_makes_a_panic(tokens in prop::collection::vec(prop::sample::select(TOKENS), 1..24)) {
        let source = tokens.concat();
        for place in [Place::Condition, Place::Job] {
            if let Ok(expression) = Expression::parse(&source, place) {
                let _ = expression.evaluate(&World::new());
            }
        }
    }
}
