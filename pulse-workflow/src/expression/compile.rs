//! From the JavaScript parser's tree to ours, refusing everything that is not part of the language.
//!
//! The only file that knows the parser.

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    ArrayExpression, ArrayExpressionElement, BinaryExpression, ChainElement,
    ComputedMemberExpression, Expression as Js, LogicalExpression, ObjectExpression,
    ObjectPropertyKind, PropertyKey, PropertyKind, StaticMemberExpression, TemplateLiteral,
    UnaryExpression,
};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan as _, SourceType, Span};
use oxc_syntax::operator::{BinaryOperator, LogicalOperator, UnaryOperator};

use super::names::Scope;
use super::refusals::{allowed, refusal, unknown_function};
use super::tree::{Binary, Function, Item, Kind, Node, Reach, Unary};
use super::{ExpressionFault, Place, Root, guard};

pub(super) type Compiled<T> = Result<T, ExpressionFault>;

/// How deep the tree may go; chains such as `a + b + c` count too.
const DEEPEST: usize = 64;

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
            .map_or(0, oxc_span::LabeledSpan::offset);
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

pub(super) struct Compiler {
    pub(super) scope: Scope,
    depth: usize,
}

impl Compiler {
    pub(super) fn node(&mut self, js: &Js<'_>) -> Compiled<Node> {
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

    pub(super) fn boxed(&mut self, js: &Js<'_>) -> Compiled<Box<Node>> {
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
            Js::ArrowFunctionExpression(_)
            | Js::AssignmentExpression(_)
            | Js::SequenceExpression(_)
            | Js::RegExpLiteral(_)
            | Js::BigIntLiteral(_)
            | Js::Super(_)
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
            | Js::PrivateFieldExpression(_) => Err(refusal(js)),
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
            let item = if let ArrayExpressionElement::SpreadElement(spread) = element {
                Item {
                    node: self.node(&spread.argument)?,
                    spread: true,
                }
            } else if let Some(js) = element.as_expression() {
                Item {
                    node: self.node(js)?,
                    spread: false,
                }
            } else {
                return Err(wrong("a list has a hole here", start(element.span())));
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
            let key: Box<str> = if let PropertyKey::StaticIdentifier(name) = &property.key {
                name.name.as_str().into()
            } else if let PropertyKey::StringLiteral(text) = &property.key {
                text.value.as_str().into()
            } else if let PropertyKey::NumericLiteral(number) = &property.key {
                super::number::text(number.value).into()
            } else {
                return Err(wrong("an object's keys must be written out", at));
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
        Ok(member_of(object, property, member.optional.into()))
    }

    fn index(&mut self, member: &ComputedMemberExpression<'_>) -> Compiled<Kind> {
        let object = self.boxed(&member.object)?;
        let index = self.boxed(&member.expression)?;
        if let Kind::String(property) = &index.kind {
            allowed(property, index.at)?;
            return Ok(member_of(object, property, member.optional.into()));
        }
        Ok(Kind::Index {
            object,
            index,
            reach: member.optional.into(),
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
}

/// `steps.<id>` as one thing, so that the other steps need not be built.
fn member_of(object: Box<Node>, property: &str, reach: Reach) -> Kind {
    let of_state = |object: &Node, property: &str| {
        matches!(object.kind, Kind::Root(Root::State)) && property == "steps"
    };
    let of_steps = if let Kind::Member {
        object, property, ..
    } = &object.kind
    {
        of_state(object, property)
    } else {
        matches!(object.kind, Kind::Root(Root::Steps))
    };
    if of_steps {
        return Kind::Step(property.into());
    }
    Kind::Member {
        object,
        property: property.into(),
        reach,
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

pub(super) fn wrong(message: impl Into<String>, offset: usize) -> ExpressionFault {
    ExpressionFault {
        message: message.into(),
        hint: None,
        offset,
    }
}

pub(super) fn start(span: Span) -> usize {
    span.start as usize
}
