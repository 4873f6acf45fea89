//! Compares the evaluator with a JavaScript engine over generated expressions.
//!
//! Whatever pulse gives a value for must have that value in JavaScript; pulse may refuse more.

use std::cell::Cell;

use proptest::prelude::*;
use rquickjs::{CatchResultExt as _, Context, Runtime};
use serde_json::json;

use super::{Expression, Names, Outlook, Place, Root, Value, number};

const SHOW: &str = "
function show(v) {
    if (v === undefined) return 'undefined';
    if (v === null) return 'null';
    if (typeof v === 'number') return 'n:' + (Object.is(v, -0) ? '-0' : String(v));
    if (typeof v === 'string') return 's:' + v;
    if (typeof v === 'boolean') return String(v);
    if (Array.isArray(v)) return '[' + v.map(show).join(',') + ']';
    if (typeof v === 'function') return 'function';
    return '{' + Object.keys(v).map(k => k + ':' + show(v[k])).join(',') + '}';
}
var promptResponse = 'Yes';
var inputs = JSON.parse(INPUTS);
";

fn facts() -> serde_json::Value {
    json!({
        "n": 3, "s": "abcabc", "list": [3, "b", null, 1], "words": ["x", "yy", "z"],
        "o": {"b": 1, "a": "A", "10": 2, "9": 3}, "none": null, "wide": "é😀x", "t": true,
        "text": " one two\nthree ", "nested": [[1, 2], [3, [4]]]
    })
}

struct World {
    inputs: Value,
}

impl Names for World {
    fn root(&self, root: Root) -> Value {
        match root {
            Root::PromptResponse => Value::string("Yes"),
            Root::Inputs => self.inputs.clone(),
            Root::State
            | Root::Steps
            | Root::Execution
            | Root::Host
            | Root::Matrix
            | Root::Item
            | Root::Payload
            | Root::Headers
            | Root::Event => Value::Undefined,
        }
    }

    fn step(&self, _id: &str) -> Value {
        Value::Undefined
    }

    fn outlook(&self) -> Outlook {
        Outlook::default()
    }
}

fn show(value: &Value) -> String {
    match value {
        Value::Undefined => "undefined".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(zero) if *zero == 0.0 && zero.is_sign_negative() => "n:-0".to_owned(),
        Value::Number(number) => format!("n:{}", number::text(*number)),
        Value::String(text) => format!("s:{text}"),
        Value::Array(array) => {
            let items: Vec<String> = array.items.iter().map(show).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let entries: Vec<String> = object
                .entries()
                .iter()
                .map(|(key, value)| format!("{key}:{}", show(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn leaf() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "0",
        "1",
        "2",
        "-1",
        "0.5",
        "1e21",
        "1e-7",
        "NaN",
        "Infinity",
        "7",
        "''",
        "'a'",
        "'abc'",
        "'10'",
        "'9'",
        "' 3 '",
        "'Yes'",
        "'c'",
        "'0x1F'",
        "'\\n'",
        "'é'",
        "'😀'",
        "','",
        "true",
        "false",
        "null",
        "undefined",
        "promptResponse",
        "inputs",
        "inputs.n",
        "inputs.s",
        "inputs.list",
        "inputs.words",
        "inputs.o",
        "inputs.o.a",
        "inputs.none",
        "inputs.missing",
        "inputs.wide",
        "inputs.t",
        "inputs.text",
        "inputs.nested",
        "[]",
        "[1, 2]",
        "['a', [null, 2]]",
        "({})",
        "({k: 1, a: 'x'})",
    ])
    .prop_map(str::to_owned)
}

fn callback() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "x => x",
        "x => x === 'b'",
        "x => x > 1",
        "(x, i) => i",
        "x => [x, x]",
        "x => x + 1",
        "x => !x",
        "x => typeof x",
        "x => x?.length",
        "() => true",
        "x => `${x}!`",
        "Boolean",
        "String",
        "Number",
        "x => inputs.words.some(y => y === x)",
    ])
    .prop_map(str::to_owned)
}

fn expression() -> impl Strategy<Value = String> {
    leaf().prop_recursive(4, 40, 3, |inner| {
        let operator = prop::sample::select(vec![
            "+", "-", "*", "/", "%", "**", "==", "!=", "===", "!==", "<", "<=", ">", ">=", "&&", "||",
            "??", "in",
        ]);
        let text_method = prop::sample::select(vec![
            "includes", "startsWith", "endsWith", "indexOf", "lastIndexOf", "at", "charAt", "slice",
            "substring", "split", "concat", "padStart", "padEnd", "join",
        ]);
        let bare_method = prop::sample::select(vec![
            "toLowerCase", "toUpperCase", "trim", "trimStart", "trimEnd", "toString", "slice", "flat",
            "join", "concat",
        ]);
        let each = prop::sample::select(vec![
            "filter", "map", "some", "every", "find", "findIndex", "flatMap",
        ]);
        let function = prop::sample::select(vec![
            "Boolean", "Number", "String", "Array.isArray", "Math.abs", "Math.ceil", "Math.floor",
            "Math.max", "Math.min", "Math.round", "Math.trunc", "Number.isNaN", "Number.isInteger",
            "Object.entries", "Object.keys", "Object.values",
        ]);
        let unary = prop::sample::select(vec!["!", "-", "+", "typeof "]);
        let a = inner.clone();
        prop_oneof![
            4 => (a.clone(), operator, a.clone()).prop_map(|(l, o, r)| format!("(({l}) {o} ({r}))")),
            1 => (unary, a.clone()).prop_map(|(o, v)| format!("({o}({v}))")),
            1 => (a.clone(), a.clone(), a.clone()).prop_map(|(t, y, n)| format!("(({t}) ? ({y}) : ({n}))")),
            1 => (a.clone(), a.clone()).prop_map(|(x, y)| format!("`<${{{x}}}-${{{y}}}>`")),
            1 => (a.clone(), a.clone()).prop_map(|(x, y)| format!("({x})[{y}]")),
            1 => a.clone().prop_map(|x| format!("({x})?.length")),
            1 => a.clone().prop_map(|x| format!("({x})?.a?.b")),
            3 => (a.clone(), text_method, a.clone()).prop_map(|(x, m, y)| format!("({x}).{m}({y})")),
            1 => (a.clone(), a.clone(), a.clone()).prop_map(|(x, y, z)| format!("({x}).slice({y}, {z})")),
            1 => (a.clone(), a.clone(), a.clone()).prop_map(|(x, y, z)| format!("({x}).substring({y}, {z})")),
            1 => (a.clone(), a.clone(), a.clone()).prop_map(|(x, y, z)| format!("({x}).replace({y}, {z})")),
            1 => (a.clone(), a.clone(), a.clone()).prop_map(|(x, y, z)| format!("({x}).replaceAll({y}, {z})")),
            1 => (a.clone(), a.clone(), a.clone()).prop_map(|(x, y, z)| format!("({x}).split({y}, {z})")),
            2 => (a.clone(), bare_method).prop_map(|(x, m)| format!("({x}).{m}()")),
            2 => (a.clone(), each, callback()).prop_map(|(x, m, c)| format!("({x}).{m}({c})")),
            1 => (a.clone(), a.clone()).prop_map(|(x, y)| format!("({x}).reduce((s, x) => s + x, {y})")),
            2 => (function, a.clone()).prop_map(|(f, x)| format!("{f}({x})")),
            1 => (a.clone(), a.clone()).prop_map(|(x, y)| format!("[{x}, ...({y})]")),
            1 => (a.clone(), a).prop_map(|(x, y)| format!("({{p: {x}, 2: {y}, 1: 0}})")),
        ]
    })
}

thread_local! {
    static GAVE_A_VALUE: Cell<u32> = const { Cell::new(0) };
}

#[test]
fn whatever_has_a_value_has_it_in_javascript_too() {
    let runtime = Runtime::new().unwrap();
    let context = Context::full(&runtime).unwrap();
    let facts = facts();
    let world = World {
        inputs: Value::from(&facts),
    };
    context.with(|js| {
        let prelude = SHOW.replace("INPUTS", &json!(facts.to_string()).to_string());
        js.eval::<(), _>(prelude).unwrap();
    });
    let mut runner = prop::test_runner::TestRunner::new(ProptestConfig {
        cases: 4000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });

    let outcome = runner.run(&expression(), |source| {
        let Ok(parsed) = Expression::parse(&source, Place::Job) else {
            return Ok(());
        };
        let Ok(value) = parsed.evaluate(&world) else {
            return Ok(());
        };
        GAVE_A_VALUE.with(|count| count.set(count.get() + 1));
        let wanted = context.with(|js| {
            js.eval::<String, _>(format!("show({source})"))
                .catch(&js)
                .map_err(|error| error.to_string())
        });
        prop_assert_eq!(Ok(show(&value)), wanted, "{}", source);
        Ok(())
    });

    if let Err(error) = outcome {
        panic!("{error}");
    }
    let compared = GAVE_A_VALUE.with(Cell::get);
    assert!(compared > 800, "only {compared} expressions gave a value");
}
