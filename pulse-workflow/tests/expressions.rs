//! What expressions mean.

use pulse_workflow::expression::{Expression, Names, Outlook, Place, Root, Value};

/// A small world: one prompt answered, one step with output.
struct World;

fn json(value: &serde_json::Value) -> Value {
    Value::from(value)
}

impl Names for World {
    fn root(&self, root: Root) -> Value {
        match root {
            Root::PromptResponse => json(&"Yes".into()),
            Root::Inputs => json(&serde_json::json!({
                "version": "1.2.0", "count": 3, "hosts": ["a", "b", "c"], "flag": true, "none": null,
                "smile": "a😀b", "nested": {"deep": [1, [2, 3]]}
            })),
            Root::Steps => json(&serde_json::json!({"check": {"exit_code": 0}})),
            Root::State
            | Root::Execution
            | Root::Host
            | Root::Matrix
            | Root::Item
            | Root::Payload
            | Root::Headers
            | Root::Event => json(&serde_json::json!({})),
        }
    }

    fn step(&self, id: &str) -> Value {
        match id {
            "check" => json(&serde_json::json!({"exit_code": 0, "stdout": "line one\nline two\n"})),
            _ => Value::Undefined,
        }
    }

    fn outlook(&self) -> Outlook {
        Outlook {
            success: true,
            failure: false,
            cancelled: false,
        }
    }
}

fn evaluate(source: &str) -> Result<Value, String> {
    let expression = Expression::parse(source, Place::Job).map_err(|fault| fault.message)?;
    expression.evaluate(&World).map_err(|error| error.message)
}

fn is_true(source: &str) {
    match evaluate(source) {
        Ok(Value::Bool(true)) => {}
        other => panic!("{source} gave {other:?}"),
    }
}

#[test]
fn the_condition_of_the_seed_holds() {
    is_true("promptResponse === 'Yes'");
}

#[test]
fn values_are_compared_as_javascript_compares_them() {
    for source in [
        "1 == '1'",
        "null == undefined",
        "null !== undefined",
        "!(null == 0)",
        "null >= 0",
        "'' == 0",
        "true == 1",
        "[] == ''",
        "!([] == [])",
        "[1, 2] == '1,2'",
        "NaN !== NaN",
        "'10' < '9'",
        "10 > '9'",
        "!(undefined < 1) && !(undefined >= 1)",
        "inputs.hosts.every((h, i) => inputs.hosts[i] == h)",
        "'a' < 'b' && 'Z' < 'a'",
        "({}) + '' === '[object Object]'",
        "'\\u{10000}' < '\\uffff'",
    ] {
        is_true(source);
    }
}

#[test]
fn operators_coerce_as_javascript_does() {
    for source in [
        "1 + '2' === '12'",
        "'3' * '4' === 12",
        "1 + null === 1",
        "typeof (1 + undefined) === 'number'",
        "[1] + [2] === '12'",
        "-7 % 3 === -1",
        "2 ** 10 === 1024",
        "0.1 + 0.2 !== 0.3",
        "`${1 + 1} of ${inputs.count}` === '2 of 3'",
        "(inputs.none ?? 'x') === 'x' && (0 ?? 1) === 0",
        "inputs.nothing?.deeper.still === undefined",
        "inputs?.version === '1.2.0'",
        "('' || 'x') === 'x' && ('a' && 'b') === 'b'",
        "typeof null === 'object' && typeof undefined === 'undefined'",
        "'version' in inputs && !('nope' in inputs)",
        "+'0x10' === 16 && +' ' === 0",
        "(inputs.count > 2 ? 'many' : 'few') === 'many'",
    ] {
        is_true(source);
    }
}

#[test]
fn methods_work_as_in_javascript() {
    for source in [
        "inputs.hosts.filter(h => h !== 'b').join('-') === 'a-c'",
        "inputs.hosts.map((h, i) => h + i).includes('c2')",
        "inputs.hosts.some(h => h === 'a') && inputs.hosts.every(h => h.length === 1)",
        "inputs.hosts.find(h => h > 'a') === 'b' && inputs.hosts.findIndex(h => h === 'z') === -1",
        "[1, 2, 3].reduce((sum, n) => sum + n) === 6 && [].reduce((a, b) => a, 7) === 7",
        "[[1], [2, 3]].flatMap(x => x).length === 3 && [1, [2]].flat().length === 2",
        "[0, '', 'x', null].filter(Boolean).length === 1",
        "['1', '2'].map(Number).reduce((a, b) => a + b) === 3",
        "'a,b,c'.split(',').length === 3 && 'abc'.split('').join('-') === 'a-b-c'",
        "'1.2.0'.split('.', 2).join() === '1,2'",
        "'hello'.slice(1, -1) === 'ell' && 'hello'.substring(3, 1) === 'el' && 'abc'.at(-1) === 'c'",
        "' x '.trim() === 'x' && 'x'.padStart(3, 'ab') === 'abx' && 'x'.padEnd(3) === 'x  '",
        "'a-b-c'.replace('-', '+') === 'a+b-c' && 'a-b-c'.replaceAll('-', '') === 'abc'",
        "'aXbX'.lastIndexOf('X') === 3 && 'abc'.indexOf('z') === -1 && 'abc'.includes('')",
        "'ab'.repeat(2) === 'abab' && 'Ab'.toUpperCase() === 'AB'",
        "inputs.smile.length === 4 && inputs.smile.indexOf('b') === 3 && inputs.smile.slice(1, 3) === '😀'",
        "steps.check.stdout.trim().split('\\n').length === 2",
        "Object.keys({b: 1, a: 2, 1: 0}).join() === '1,b,a'",
        "Object.entries({a: 1})[0][0] === 'a' && Object.values({a: 5}).includes(5)",
        "Math.max(1, '3', 2) === 3 && Math.round(-2.5) === -2 && Math.min() === Infinity",
        "Array.isArray([]) && !Array.isArray('') && String(null) === 'null' && Number('') === 0",
        "[1, 2, 3].slice(-2).join() === '2,3' && [3].concat([4], 5).length === 3 && [...'x'.split(''), 1].length === 2",
        "[NaN].includes(NaN) && [NaN].indexOf(NaN) === -1 && [1, null, undefined].join() === '1,,'",
    ] {
        is_true(source);
    }
}

#[test]
fn errors_are_errors_and_never_a_value() {
    for source in [
        "inputs.nothing.deeper === 1",
        "inputs.none.x",
        "inputs.smile[1]",
        "inputs.smile.split('')",
        "inputs.hosts.filter === 1",
        "'x' in 'xyz'",
        "[].reduce((a, b) => a)",
        "'x'.repeat(-1)",
        "inputs.count.filter(x => x)",
        "Object.keys(1)",
    ] {
        assert!(evaluate(source).is_err(), "{source}");
    }
}

#[test]
fn what_is_not_part_of_the_language_is_refused_before_it_runs() {
    for source in [
        "[].constructor.constructor('return process')()",
        "''['constructor']",
        "inputs.__proto__",
        "({__proto__: 1})",
        "new Date()",
        "function () { return 1 }",
        "async () => 1",
        "await 1",
        "this",
        "globalThis.x",
        "process.exit()",
        "require('fs')",
        "eval('1')",
        "/a+b/.test('x')",
        "x => x",
        "[1].map(x => { return x })",
        "promptResponse = 'Yes'",
        "inputs.count++",
        "1, 2",
        "1 | 2",
        "1n ** 5n",
        "`a`.raw`b`",
        "import('fs')",
        "delete inputs.x",
        "void 0",
        "inputs.hosts.sort()",
        "[1].map(x => x, 2)",
        "'a'.match('b')",
        "1 // comment",
        "/* c */ 1",
        "[,1]",
        "({...inputs})",
        "Math.max(...inputs.hosts)",
        "[1].map(([x]) => x)",
        "[1].map((x = 1) => x)",
        "1 2",
        "(1",
        "'x",
        "`x",
        "`${1`",
        "",
        " ",
        "success()",
        "a\\u0062c",
        "<a/>",
        "1;2",
        "@x",
        "#x in y",
        "new.target",
        "import.meta",
        "'\\ud800'",
    ] {
        assert!(Expression::parse(source, Place::Job).is_err(), "{source}");
    }
}

#[test]
fn a_condition_that_cannot_be_a_boolean_is_refused() {
    for source in [
        "'Yes'",
        "1",
        "promptResponse",
        "`x`",
        "null",
        "steps.check",
        "[1]",
        "1 + 1",
        "1 > 0 ? 1 : 2",
        "promptResponse || 'No'",
    ] {
        assert!(
            Expression::parse(source, Place::Condition).is_err(),
            "{source}"
        );
    }
}

#[test]
fn an_unknown_name_gets_a_suggestion_and_its_place() {
    let fault =
        Expression::parse("1 === 1 && promtResponse === 'Yes'", Place::Condition).unwrap_err();

    assert_eq!(fault.message, "unknown name `promtResponse`");
    assert_eq!(
        fault.hint.as_deref(),
        Some("did you mean `promptResponse`?")
    );
    assert_eq!(fault.offset, 11);
}
