//! Which names an expression may use where it stands.

use super::compile::wrong;
use super::tree::{Function, Kind, Status};
use super::{ExpressionFault, Place, Root};

const ROOTS: &[(&str, Root)] = &[
    ("promptResponse", Root::PromptResponse),
    ("state", Root::State),
    ("inputs", Root::Inputs),
    ("steps", Root::Steps),
    ("execution", Root::Execution),
    ("host", Root::Host),
    ("matrix", Root::Matrix),
    ("item", Root::Item),
    ("payload", Root::Payload),
    ("headers", Root::Headers),
];
const NAMESPACES: &[&str] = &["Array", "Math", "Number", "Object"];

/// The names in scope at one place of an expression.
pub(super) struct Scope {
    place: Place,
    locals: Vec<String>,
}

impl Root {
    pub(super) fn as_str(self) -> &'static str {
        ROOTS
            .iter()
            .find(|(_, root)| *root == self)
            .map_or("", |(name, _)| name)
    }
}

impl Scope {
    pub(super) const fn new(place: Place) -> Self {
        Self {
            place,
            locals: Vec::new(),
        }
    }

    pub(super) fn enter(&mut self, names: Vec<String>) {
        self.locals.extend(names);
    }

    pub(super) fn leave(&mut self, count: usize) {
        self.locals.truncate(self.locals.len() - count);
    }

    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|local| local == name)
    }

    pub(super) fn is_namespace(&self, name: &str) -> bool {
        NAMESPACES.contains(&name) && !self.is_local(name)
    }

    pub(super) fn status(&self, name: &str) -> Option<Status> {
        match name {
            _ if self.is_local(name) => None,
            "success" => Some(Status::Success),
            "failure" => Some(Status::Failure),
            "always" => Some(Status::Always),
            "cancelled" => Some(Status::Cancelled),
            _ => None,
        }
    }

    pub(super) fn allow_status(
        &self,
        status: Status,
        name: &str,
        at: usize,
    ) -> Result<Kind, ExpressionFault> {
        match self.place {
            Place::Condition => Ok(Kind::Status(status)),
            Place::Text | Place::Start | Place::Job | Place::When | Place::Delivery => {
                Err(wrong(format!("`{name}()` belongs in a condition"), at))
            }
        }
    }

    /// Resolves a name that stands alone.
    pub(super) fn name(&self, name: &str, at: usize) -> Result<Kind, ExpressionFault> {
        if let Some(slot) = self.locals.iter().rposition(|local| local == name) {
            return Ok(Kind::Local(slot));
        }
        if let Some((_, root)) = ROOTS.iter().find(|(known, _)| *known == name) {
            if *root == Root::Host && self.place != Place::Job {
                return Err(wrong(
                    "`host` is known only inside a command, script or `env`",
                    at,
                ));
            }
            let is_delivery = matches!(self.place, Place::When | Place::Delivery);
            if matches!(root, Root::Payload | Root::Headers) != is_delivery {
                let message = if is_delivery {
                    format!(
                        "`{name}` is not known yet: only `payload` and `headers` are, in a webhook"
                    )
                } else {
                    format!("`{name}` is known only in `triggers.webhook`")
                };
                return Err(wrong(message, at));
            }
            if *root != Root::Inputs && self.place == Place::Start {
                let message =
                    format!("`{name}` is not known yet: only `inputs` is, before the start");
                return Err(wrong(message, at));
            }
            return Ok(Kind::Root(*root));
        }
        match name {
            "undefined" => Ok(Kind::Undefined),
            "NaN" => Ok(Kind::Number(f64::NAN)),
            "Infinity" => Ok(Kind::Number(f64::INFINITY)),
            _ if self.status(name).is_some() => {
                Err(wrong(format!("`{name}` is a function"), at)
                    .hinted(&format!("write `{name}()`")))
            }
            _ => Err(self.unknown(name, at)),
        }
    }

    fn unknown(&self, name: &str, at: usize) -> ExpressionFault {
        let fault = wrong(format!("unknown name `{name}`"), at);
        if Function::named(name).is_some() || NAMESPACES.contains(&name) {
            return wrong(format!("`{name}` must be called"), at);
        }
        let roots = ROOTS.iter().map(|(known, _)| *known);
        let known = roots.chain(self.locals.iter().map(String::as_str));
        match crate::decode::nearest(name, known) {
            Some(near) => fault.hinted(&format!("did you mean `{near}`?")),
            None => fault.hinted(
                "texts need quotes; the names are promptResponse, state, inputs, steps, execution",
            ),
        }
    }
}
