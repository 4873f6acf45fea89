//! From the JavaScript parser's tree to ours, refusing everything that is not part of the language.
//!
//! The only file that knows the parser.

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument as JsArgument, ArrayExpression, ArrayExpressionElement, ArrowFunctionExpression,
    BinaryExpression, BindingPattern, CallExpression, ChainElement, ComputedMemberExpression,
    Expression as Js, LogicalExpression, ObjectExpression, ObjectPropertyKind, PropertyKey,
    PropertyKind, StaticMemberExpression, TemplateLiteral, UnaryExpression,
};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan as _, SourceType, Span};
use oxc_syntax::operator::{BinaryOperator, LogicalOperator, UnaryOperator};

use super::names::Scope;
use super::tree::{Argument, Binary, Callback, Function, Item, Kind, Method, Node, Unary};
use super::{ExpressionFault, Place, Root, guard};

type Compiled<T> = Result<T, ExpressionFault>;

/// How deep the tree may go; chains such as `a + b + c` count too.
const DEEPEST: usize = 64;

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

/// Parses and checks an expression.
pub(super) fn compile(source: &str, place: Place) -> Compiled<Node> {
    guard::check(source)?;
    let allocator = Allocator::default();
    let options = ParseOptions {
        preserve_parens: false,
        ..ParseOptions::default()
    };
    let parser = Parser::new(&allocator, source, SourceType::mjs()).with_options(options);
    let expression = parser.parse_expression().map_err(|errors| {
        let first = errors.into_iter().next();
        let offset = first
            .as_ref()
            .and_then(|error| error.labels.first())
            .map_or(0, |label| label.offset());
        let message = first.map_or_else(
            || "not an expression".to_owned(),
            |error| error.message.to_string(),
        );
        wrong(message.trim_end_matches('.').to_owned(), offset as usize)
    })?;
    let end = expression.span().end as usize;
    let rest = source.get(end..).unwrap_or_default();
    let unread = rest.trim_start_matches([')', ' ', '\t', '\n', '\r']);
    if !unread.is_empty() {
        return Err(wrong(
            "unexpected text after the expression",
            source.len() - unread.len(),
        ));
    }
    Compiler {
        scope: Scope::new(place),
        depth: 0,
    }
    .node(&expression)
}

struct Compiler {
    scope: Scope,
    depth: usize,
}

impl Compiler {
    fn node(&mut self, js: &Js<'_>) -> Compiled<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("nested more than {DEEPEST} levels deep");
            return Err(wrong(message, start(js.span())));
        }
        let kind = self.kind(js)?;
        self.depth -= 1;
        Ok(Node {
            at: start(js.span()),
            kind,
        })
    }

    fn boxed(&mut self, js: &Js<'_>) -> Compiled<Box<Node>> {
        self.node(js).map(Box::new)
    }

    fn kind(&mut self, js: &Js<'_>) -> Compiled<Kind> {
        let at = start(js.span());
        match js {
            Js::BooleanLiteral(literal) => Ok(Kind::Bool(literal.value)),
            Js::NullLiteral(_) => Ok(Kind::Null),
            Js::NumericLiteral(literal) => Ok(Kind::Number(literal.value)),
            Js::StringLiteral(literal) if literal.lone_surrogates => {
                Err(wrong("the string holds half of a character", at))
            }
            Js::StringLiteral(literal) => Ok(Kind::String(literal.value.as_str().into())),
            Js::TemplateLiteral(literal) => self.template(literal),
            Js::Identifier(name) => self.scope.name(name.name.as_str(), at),
            Js::ArrayExpression(array) => self.array(array),
            Js::ObjectExpression(object) => self.object(object),
            Js::ParenthesizedExpression(inner) => Ok(self.node(&inner.expression)?.kind),
            Js::UnaryExpression(unary) => self.unary(unary),
            Js::BinaryExpression(binary) => self.binary(binary),
            Js::LogicalExpression(logical) => self.logical(logical),
            Js::ConditionalExpression(choice) => Ok(Kind::Choose {
                test: self.boxed(&choice.test)?,
                yes: self.boxed(&choice.consequent)?,
                no: self.boxed(&choice.alternate)?,
            }),
            Js::StaticMemberExpression(member) => self.member(member),
            Js::ComputedMemberExpression(member) => self.index(member),
            Js::CallExpression(call) => self.call(call),
            Js::ChainExpression(chain) => self.chain(&chain.expression, at),
            Js::ArrowFunctionExpression(_) => Err(wrong(
                "a function may only be given to `filter`, `map`, `some` and the like",
                at,
            )),
            Js::AssignmentExpression(_) => {
                Err(wrong("`=` would assign", at).hinted("write `===` to compare"))
            }
            Js::SequenceExpression(_) => {
                Err(wrong("`,` does not join expressions", at).hinted("write `&&` or `||`"))
            }
            Js::RegExpLiteral(_) => Err(wrong("regular expressions are not supported", at)),
            Js::BigIntLiteral(_) => Err(wrong("big integers are not supported", at)),
            Js::Super(_)
            | Js::AwaitExpression(_)
            | Js::ClassExpression(_)
            | Js::FunctionExpression(_)
            | Js::ImportExpression(_)
            | Js::NewExpression(_)
            | Js::TaggedTemplateExpression(_)
            | Js::ThisExpression(_)
            | Js::UpdateExpression(_)
            | Js::YieldExpression(_)
            | Js::PrivateInExpression(_)
            | Js::ImportMeta(_)
            | Js::NewTarget(_)
            | Js::JSXElement(_)
            | Js::JSXFragment(_)
            | Js::TSAsExpression(_)
            | Js::TSSatisfiesExpression(_)
            | Js::TSTypeAssertion(_)
            | Js::TSNonNullExpression(_)
            | Js::TSInstantiationExpression(_)
            | Js::V8IntrinsicExpression(_)
            | Js::PrivateFieldExpression(_) => {
                Err(wrong("this is not supported in an expression", at))
            }
        }
    }

    fn template(&mut self, literal: &TemplateLiteral<'_>) -> Compiled<Kind> {
        let mut texts = Vec::with_capacity(literal.quasis.len());
        for quasi in &literal.quasis {
            match &quasi.value.cooked {
                Some(text) if !quasi.lone_surrogates => texts.push(text.as_str().into()),
                Some(_) | None => {
                    return Err(wrong(
                        "the string holds an escape that means nothing",
                        start(quasi.span),
                    ));
                }
            }
        }
        let values = literal
            .expressions
            .iter()
            .map(|js| self.node(js))
            .collect::<Compiled<_>>()?;
        Ok(Kind::Template { texts, values })
    }

    fn array(&mut self, array: &ArrayExpression<'_>) -> Compiled<Kind> {
        let mut items = Vec::with_capacity(array.elements.len());
        for element in &array.elements {
            let item = match element {
                ArrayExpressionElement::SpreadElement(spread) => Item {
                    node: self.node(&spread.argument)?,
                    spread: true,
                },
                element => match element.as_expression() {
                    Some(js) => Item {
                        node: self.node(js)?,
                        spread: false,
                    },
                    None => return Err(wrong("a list has a hole here", start(element.span()))),
                },
            };
            items.push(item);
        }
        Ok(Kind::Array(items))
    }

    fn object(&mut self, object: &ObjectExpression<'_>) -> Compiled<Kind> {
        let mut entries = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            let at = start(property.span());
            let ObjectPropertyKind::ObjectProperty(property) = property else {
                return Err(wrong("`...` is not supported in an object", at));
            };
            if property.method || property.kind != PropertyKind::Init {
                return Err(wrong("methods are not supported in an object", at));
            }
            let key: Box<str> = match &property.key {
                PropertyKey::StaticIdentifier(name) => name.name.as_str().into(),
                PropertyKey::StringLiteral(text) if !text.lone_surrogates => {
                    text.value.as_str().into()
                }
                PropertyKey::NumericLiteral(number) => super::number::text(number.value).into(),
                _ => return Err(wrong("an object's keys must be written out", at)),
            };
            allowed(&key, at)?;
            entries.push((key, self.node(&property.value)?));
        }
        Ok(Kind::Object(entries))
    }

    fn unary(&mut self, unary: &UnaryExpression<'_>) -> Compiled<Kind> {
        let operator = match unary.operator {
            UnaryOperator::LogicalNot => Unary::Not,
            UnaryOperator::UnaryPlus => Unary::Plus,
            UnaryOperator::UnaryNegation => Unary::Minus,
            UnaryOperator::Typeof => Unary::Typeof,
            UnaryOperator::BitwiseNot | UnaryOperator::Void | UnaryOperator::Delete => {
                let message = format!("`{}` is not supported", unary.operator.as_str());
                return Err(wrong(message, start(unary.span)));
            }
        };
        Ok(Kind::Unary {
            operator,
            operand: self.boxed(&unary.argument)?,
        })
    }

    fn binary(&mut self, binary: &BinaryExpression<'_>) -> Compiled<Kind> {
        let operator = operator(binary)?;
        let left = self.boxed(&binary.left)?;
        Ok(Kind::Binary {
            operator,
            left,
            right: self.boxed(&binary.right)?,
        })
    }

    fn logical(&mut self, logical: &LogicalExpression<'_>) -> Compiled<Kind> {
        let (left, right) = (self.boxed(&logical.left)?, self.boxed(&logical.right)?);
        Ok(match logical.operator {
            LogicalOperator::And => Kind::And(left, right),
            LogicalOperator::Or => Kind::Or(left, right),
            LogicalOperator::Coalesce => Kind::Coalesce(left, right),
        })
    }

    fn member(&mut self, member: &StaticMemberExpression<'_>) -> Compiled<Kind> {
        let property = member.property.name.as_str();
        let at = start(member.property.span);
        allowed(property, at)?;
        if let Js::Identifier(name) = &member.object
            && self.scope.is_namespace(name.name.as_str())
        {
            let name = format!("{}.{property}", name.name.as_str());
            return Err(match Function::named(&name) {
                Some(_) => wrong(format!("`{name}` must be called"), start(member.span)),
                None => unknown_function(&name, start(member.span)),
            });
        }
        let object = self.boxed(&member.object)?;
        Ok(member_of(object, property, member.optional))
    }

    fn index(&mut self, member: &ComputedMemberExpression<'_>) -> Compiled<Kind> {
        let object = self.boxed(&member.object)?;
        let index = self.boxed(&member.expression)?;
        if let Kind::String(property) = &index.kind {
            allowed(property, index.at)?;
            return Ok(member_of(object, property, member.optional));
        }
        Ok(Kind::Index {
            object,
            index,
            optional: member.optional,
        })
    }

    fn chain(&mut self, chain: &ChainElement<'_>, at: usize) -> Compiled<Kind> {
        let kind = match chain {
            ChainElement::CallExpression(call) => self.call(call)?,
            ChainElement::StaticMemberExpression(member) => self.member(member)?,
            ChainElement::ComputedMemberExpression(member) => self.index(member)?,
            ChainElement::TSNonNullExpression(_) | ChainElement::PrivateFieldExpression(_) => {
                return Err(wrong("this is not supported in an expression", at));
            }
        };
        Ok(Kind::Chain(Box::new(Node { at, kind })))
    }

    fn call(&mut self, call: &CallExpression<'_>) -> Compiled<Kind> {
        let at = start(call.span);
        if call.optional {
            return Err(wrong("`?.(` is not supported", at));
        }
        match &call.callee {
            Js::Identifier(name) => self.function(name.name.as_str(), call),
            Js::StaticMemberExpression(member) => {
                if let Js::Identifier(name) = &member.object
                    && self.scope.is_namespace(name.name.as_str())
                {
                    let name = format!("{}.{}", name.name.as_str(), member.property.name.as_str());
                    return self.function(&name, call);
                }
                self.method(member, call)
            }
            _ => Err(wrong(
                "only methods and functions with a name can be called",
                at,
            )),
        }
    }

    fn function(&mut self, name: &str, call: &CallExpression<'_>) -> Compiled<Kind> {
        let at = start(call.span);
        if let Some(status) = self.scope.status(name) {
            if !call.arguments.is_empty() {
                return Err(wrong(format!("`{name}()` takes no arguments"), at));
            }
            return self.scope.allow_status(status, name, at);
        }
        let Some(function) = Function::named(name).filter(|_| !self.scope.is_local(name)) else {
            return Err(unknown_function(name, at));
        };
        check_count(name, function.arguments(), call)?;
        let arguments = call.arguments.iter().map(|argument| self.plain(argument));
        Ok(Kind::Call {
            function,
            arguments: arguments.collect::<Compiled<_>>()?,
        })
    }

    fn method(
        &mut self,
        member: &StaticMemberExpression<'_>,
        call: &CallExpression<'_>,
    ) -> Compiled<Kind> {
        let name = member.property.name.as_str();
        let at = start(member.property.span);
        allowed(name, at)?;
        let Some(method) = Method::named(name) else {
            let fault = wrong(format!("no method `{name}` is supported"), at);
            return Err(
                match crate::decode::nearest(name, Method::NAMES.iter().copied()) {
                    Some(near) => fault.hinted(&format!("did you mean `{near}`?")),
                    None => fault,
                },
            );
        };
        check_count(name, method.arguments(), call)?;
        let object = self.boxed(&member.object)?;
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for (position, argument) in call.arguments.iter().enumerate() {
            arguments.push(if position == 0 && method.takes_callback() {
                Argument::Callback(self.callback(argument, method)?)
            } else {
                Argument::Value(self.plain(argument)?)
            });
        }
        Ok(Kind::Method {
            object,
            method,
            arguments,
            optional: member.optional,
        })
    }

    fn plain(&mut self, argument: &JsArgument<'_>) -> Compiled<Node> {
        match argument.as_expression() {
            Some(js) => self.node(js),
            None => Err(wrong("`...` is not supported here", start(argument.span()))),
        }
    }

    fn callback(&mut self, argument: &JsArgument<'_>, method: Method) -> Compiled<Callback> {
        let at = start(argument.span());
        match argument.as_expression() {
            Some(Js::ArrowFunctionExpression(arrow)) => self.arrow(arrow, method),
            Some(Js::Identifier(name)) if !self.scope.is_local(name.name.as_str()) => {
                match Function::named(name.name.as_str()) {
                    Some(function) if method != Method::Reduce => Ok(Callback::Function(function)),
                    Some(_) | None => Err(unknown_function(name.name.as_str(), at)),
                }
            }
            _ => Err(wrong(
                format!("`{}` takes a function, as in `item => …`", method.as_str()),
                at,
            )),
        }
    }

    fn arrow(&mut self, arrow: &ArrowFunctionExpression<'_>, method: Method) -> Compiled<Callback> {
        let at = start(arrow.span);
        let most = if method == Method::Reduce { 3 } else { 2 };
        let Some(body) = arrow.body.as_expression().filter(|_| !arrow.r#async) else {
            return Err(wrong("the body of `=>` is a single value", at));
        };
        if arrow.params.rest.is_some() || arrow.params.items.len() > most {
            return Err(wrong(
                format!("this function has at most {most} parameters"),
                at,
            ));
        }
        let mut names = Vec::new();
        for parameter in &arrow.params.items {
            match &parameter.pattern {
                BindingPattern::BindingIdentifier(name) if parameter.initializer.is_none() => {
                    names.push(name.name.as_str().to_owned());
                }
                BindingPattern::BindingIdentifier(_)
                | BindingPattern::ObjectPattern(_)
                | BindingPattern::ArrayPattern(_)
                | BindingPattern::AssignmentPattern(_) => {
                    return Err(wrong("a parameter is a plain name", start(parameter.span))
                        .hinted("write `entry => entry[0]` instead of taking it apart"));
                }
            }
        }
        let parameters = names.len();
        self.scope.enter(names);
        let body = self.boxed(body)?;
        self.scope.leave(parameters);
        Ok(Callback::Arrow { parameters, body })
    }
}

/// `steps.<id>` as one thing, so that the other steps need not be built.
fn member_of(object: Box<Node>, property: &str, optional: bool) -> Kind {
    let of_steps = match &object.kind {
        Kind::Root(Root::Steps) => true,
        Kind::Member {
            object, property, ..
        } => matches!(object.kind, Kind::Root(Root::State)) && &**property == "steps",
        _ => false,
    };
    if of_steps {
        return Kind::Step(property.into());
    }
    Kind::Member {
        object,
        property: property.into(),
        optional,
    }
}

fn operator(binary: &BinaryExpression<'_>) -> Compiled<Binary> {
    let refused = |hint: &str| {
        let at = start(binary.left.span());
        Err(wrong(
            format!("`{}` is not supported", binary.operator.as_str()),
            at,
        )
        .hinted(hint))
    };
    Ok(match binary.operator {
        BinaryOperator::Equality => Binary::Equal,
        BinaryOperator::Inequality => Binary::NotEqual,
        BinaryOperator::StrictEquality => Binary::StrictEqual,
        BinaryOperator::StrictInequality => Binary::StrictNotEqual,
        BinaryOperator::LessThan => Binary::Less,
        BinaryOperator::LessEqualThan => Binary::LessEqual,
        BinaryOperator::GreaterThan => Binary::Greater,
        BinaryOperator::GreaterEqualThan => Binary::GreaterEqual,
        BinaryOperator::Addition => Binary::Add,
        BinaryOperator::Subtraction => Binary::Subtract,
        BinaryOperator::Multiplication => Binary::Multiply,
        BinaryOperator::Division => Binary::Divide,
        BinaryOperator::Remainder => Binary::Remainder,
        BinaryOperator::Exponential => Binary::Power,
        BinaryOperator::In => Binary::In,
        BinaryOperator::BitwiseOR => return refused("write `||` for or"),
        BinaryOperator::BitwiseAnd => return refused("write `&&` for and"),
        BinaryOperator::ShiftLeft
        | BinaryOperator::ShiftRight
        | BinaryOperator::ShiftRightZeroFill
        | BinaryOperator::BitwiseXOR
        | BinaryOperator::Instanceof => return refused("compare values instead"),
    })
}

fn check_count(
    name: &str,
    (least, most): (usize, usize),
    call: &CallExpression<'_>,
) -> Compiled<()> {
    let given = call.arguments.len();
    if (least..=most).contains(&given) {
        return Ok(());
    }
    let wanted = if least == most {
        least.to_string()
    } else {
        format!("{least} to {most}")
    };
    Err(wrong(
        format!("`{name}` takes {wanted} arguments, not {given}"),
        start(call.span),
    ))
}

fn allowed(property: &str, at: usize) -> Compiled<()> {
    if FORBIDDEN.contains(&property) {
        return Err(wrong(
            format!("`{property}` is not available to expressions"),
            at,
        ));
    }
    Ok(())
}

fn unknown_function(name: &str, at: usize) -> ExpressionFault {
    let fault = wrong(format!("no function `{name}` is supported"), at);
    let known = ["success", "failure", "always", "cancelled"];
    match crate::decode::nearest(name, Function::NAMES.iter().copied().chain(known)) {
        Some(near) => fault.hinted(&format!("did you mean `{near}`?")),
        None => fault,
    }
}

pub(super) fn wrong(message: impl Into<String>, offset: usize) -> ExpressionFault {
    ExpressionFault {
        message: message.into(),
        hint: None,
        offset,
    }
}

fn start(span: Span) -> usize {
    span.start as usize
}
