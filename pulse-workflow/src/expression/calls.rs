//! Calls of methods and functions, and the functions given to them.
//!
//! Part of compiling; knows the parser's tree as `compile` does.

use oxc_ast::ast::{
    Argument as JsArgument, ArrowFunctionExpression, BindingPattern, CallExpression,
    Expression as Js, StaticMemberExpression,
};
use oxc_span::GetSpan as _;

use super::compile::{Compiled, Compiler, start, wrong};
use super::refusals::{allowed, unknown_function};
use super::tree::{Argument, Callback, Function, Kind, Method, Node};

impl Compiler {
    pub(super) fn call(&mut self, call: &CallExpression<'_>) -> Compiled<Kind> {
        let at = start(call.span);
        if call.optional {
            return Err(wrong("`?.(` is not supported", at));
        }
        if let Js::Identifier(name) = &call.callee {
            return self.function(name.name.as_str(), call);
        }
        let Js::StaticMemberExpression(member) = &call.callee else {
            return Err(wrong(
                "only methods and functions with a name can be called",
                at,
            ));
        };
        if let Js::Identifier(name) = &member.object
            && self.scope.is_namespace(name.name.as_str())
        {
            let name = format!("{}.{}", name.name.as_str(), member.property.name.as_str());
            return self.function(&name, call);
        }
        self.method(member, call)
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
            reach: member.optional.into(),
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
        if let Some(Js::ArrowFunctionExpression(arrow)) = argument.as_expression() {
            return self.arrow(arrow, method);
        }
        let Some(Js::Identifier(name)) = argument.as_expression() else {
            let message = format!("`{}` takes a function, as in `item => …`", method.as_str());
            return Err(wrong(message, at));
        };
        let name = name.name.as_str();
        match Function::named(name).filter(|_| !self.scope.is_local(name)) {
            Some(function) if method != Method::Reduce => Ok(Callback::Function(function)),
            Some(_) | None => Err(unknown_function(name, at)),
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
