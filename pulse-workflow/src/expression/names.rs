//! Which names an expression may use where it stands.

use super::compile::wrong;
use super::tree::{Function, Kind, Status};
use super::{ExpressionFault, Occasion, Place, Root};

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
    ("event", Root::Event),
];
const NAMESPACES: &[&str] = &["Array", "Math", "Number", "Object"];

/// The names in scope at one place of an expression.
pub(super) struct Scope {
    place: Place,
    locals: Vec<String>,
}

impl Occasion {
    /// The key of a document that it belongs to, and the names that are known there.
    const fn known(self) -> (&'static str, &'static str) {
        match self {
            Self::Delivery => ("triggers.webhook", "`payload` and `headers` are"),
            Self::Event => ("triggers.event", "`event` is"),
        }
    }
}

impl Place {
    fn occasion(self) -> Option<Occasion> {
        match self {
            Self::When(occasion) | Self::Given(occasion) => Some(occasion),
            Self::Condition | Self::Text | Self::Start | Self::Job => None,
        }
    }
}

impl Root {
    /// What must have happened for it to be known.
    fn occasion(self) -> Option<Occasion> {
        match self {
            Self::Payload | Self::Headers => Some(Occasion::Delivery),
            Self::Event => Some(Occasion::Event),
            Self::PromptResponse
            | Self::State
            | Self::Inputs
            | Self::Steps
            | Self::Execution
            | Self::Host
            | Self::Matrix
            | Self::Item => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
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
            Place::Text | Place::Start | Place::Job | Place::When(_) | Place::Given(_) => {
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
            match (self.place.occasion(), root.occasion()) {
                (here, its) if here == its => {}
                (Some(here), _) => {
                    let (key, known) = here.known();
                    let message = format!("`{name}` is not known yet: only {known}, in `{key}`");
                    return Err(wrong(message, at));
                }
                (None, Some(its)) => {
                    let (key, _) = its.known();
                    return Err(wrong(format!("`{name}` is known only in `{key}`"), at));
                }
                (None, None) => {}
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
