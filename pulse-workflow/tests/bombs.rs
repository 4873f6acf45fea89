//! Documents made to cost much: refused, and at once.

use std::time::Duration;

use proptest::prelude::*;
use pulse_workflow::{Source, load};

mod cpu;

/// Each repeated to the largest size a document may have.
const PARTS: &[&str] = &[
    "{a: ",
    "[",
    "{",
    "- ",
    "? ",
    "{? ",
    "[{",
    "[\n",
    "{\n",
    "a:\n",
    "a: |\n",
    "a:\n- ",
    "- - \n",
    "---\n",
    "a\n",
    "&a ",
    "[*a, ",
    "\"",
    "'",
    "\t",
    "\n",
    "!t ",
    "[? ",
    "{\"a\": ",
    ": ",
    ":",
    "%",
    "#",
    "[a,",
    "{a,",
    "a ",
    "${{ ",
    "- command: ${{ 1 }}\n",
    "\\ud83d",
];

fn laughs() -> String {
    let mut lines = vec!["a: &a [x, x, x, x, x, x, x, x, x]".to_owned()];
    for (name, before) in ('b'..='j').zip('a'..) {
        let again = vec![format!("*{before}"); 9].join(", ");
        lines.push(format!("{name}: &{name} [{again}]"));
    }
    lines.join("\n")
}

fn deep() -> String {
    let lines: Vec<String> = (0..350)
        .map(|indent| format!("{}a:", " ".repeat(indent)))
        .collect();
    lines.join("\n")
}

/// A document that is valid but for one fault in each of very many places.
fn faulty() -> String {
    let step = "- {commmand: df, condition: promtResponse, name: a}\n";
    format!("steps:\n{}", step.repeat(1200))
}

#[test]
fn bombs_are_refused_at_once() {
    let size = 64 * 1024;
    let aliases = format!("a: &a x\nsteps: [{}]\n", vec!["*a"; 60].join(", "));
    let filled = PARTS.iter().map(|part| part.repeat(size / part.len()));
    for text in filled.chain([laughs(), deep(), faulty(), aliases]) {
        let shown: String = text.chars().take(20).collect();

        // The quickest of a few: the first has caches to warm.
        let quickest = (0..5)
            .map(|_| {
                let before = cpu::spent();
                let result = load(&Source {
                    name: "bomb",
                    text: &text,
                });
                let took = cpu::spent_since(before);
                assert!(result.is_err(), "{shown}");
                took
            })
            .min()
            .expect("five of them");

        assert!(
            quickest < Duration::from_millis(50),
            "{shown:?} took {quickest:?}"
        );
    }
}

#[test]
fn text_cut_anywhere_never_panics() {
    let text = include_str!("../../examples/interactive-update.yaml");
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let _ = load(&Source {
            name: "cut",
            text: &text[..end],
        });
        let _ = load(&Source {
            name: "cut",
            text: &text[end..],
        });
    }
}

/// Pieces that make up most documents, good and bad.
const TOKENS: &[&str] = &[
    "steps:\n",
    "- ",
    "  ",
    "\n",
    "command: ",
    "name: a",
    "condition: ",
    "targets: ",
    "[",
    "]",
    "{",
    "}",
    ",",
    ": ",
    "'",
    "\"",
    "|",
    ">",
    "|2-",
    "&a ",
    "*a",
    "!t ",
    "<<: ",
    "? ",
    "#",
    " #",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\t",
    "\r",
    "\u{e9}",
    "\u{1f600}",
    "\u{feff}",
    "\\",
    "\\u",
    "${{",
    "}}",
    " inputs.a ",
    "raw(",
    ")",
    "message: m\n",
    "options: [a]\n",
    "needs: [a]\n",
    "timeout: 5s\n",
    "finally:\n",
    "inputs:\n",
    "0",
    "null",
    "~",
    "promptResponse === 'Yes'",
    "role=web",
    "retry: {max: 1}\n",
    "env: {A: b}\n",
    "\u{85}",
    "\u{2028}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_of_tokens_makes_a_panic(tokens in prop::collection::vec(prop::sample::select(TOKENS), 1..40)) {
        let text = format!("steps:\n- command: x\n  {}", tokens.concat());
        for text in [text.as_str(), &text[20..]] {
            if let Err(faults) = load(&Source { name: "soup", text }) {
                prop_assert!(!faults.0.is_empty());
                let _ = faults.render("soup");
            }
        }
    }
}
