//! What a route reads of a call, as the arguments of its handler tell it.
//!
//! A handler can take only what is listed here, so that the interface's description knows of every
//! parameter, header and body that is read.

use axum::extract::{Path, Request, State};

use super::{
    body::{Document, Json, OptionalJson, Sign, SignBody},
    guard::{ActingWorker, Actor, Caller, HOOK_LIMIT, MaybeKeyed},
    query::{Described, Parameters, Query},
    sensors::Delivered,
};
use crate::app::App;

/// What a route reads of a call beside its path.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Its query parameters; `None` where it looks at none.
    pub(super) query: Option<Vec<Described>>,
    pub(super) headers: Vec<Described>,
    pub(super) body: Option<Need>,
    /// The largest body, in bytes, where it is not what others have.
    pub(super) body_limit: Option<usize>,
    /// Whether it asks who calls, with which key.
    pub(super) caller: bool,
    /// Whether it asks for the key alone.
    pub(super) key: bool,
}

/// Whether a body may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// An argument of a handler.
pub(super) trait Reads {
    /// Adds what it reads.
    fn tell(told: &mut Told);
}

/// All arguments of a handler.
pub(super) trait Arguments {
    /// What they read together.
    fn told() -> Told;
}

impl Arguments for ((),) {
    fn told() -> Told {
        Told::default()
    }
}

/// The first of the tuple is a mark of axum's.
macro_rules! arguments {
    ($($argument:ident),+) => {
        impl<M, $($argument: Reads),+> Arguments for (M, $($argument,)+) {
            fn told() -> Told {
                let mut told = Told::default();
                $($argument::tell(&mut told);)+
                told
            }
        }
    };
}

arguments!(A);
arguments!(A, B);
arguments!(A, B, C);
arguments!(A, B, C, D);
arguments!(A, B, C, D, E);

impl<A: Reads, B: Reads> Reads for (A, B) {
    fn tell(told: &mut Told) {
        A::tell(told);
        B::tell(told);
    }
}

impl Reads for State<App> {
    fn tell(_: &mut Told) {}
}

/// The path itself names its parameters.
impl<T> Reads for Path<T> {
    fn tell(_: &mut Told) {}
}

/// Only the sockets take a call whole; what they are asked is said in frames.
impl Reads for Request {
    fn tell(_: &mut Told) {}
}

impl Reads for Caller {
    fn tell(told: &mut Told) {
        told.caller = true;
    }
}

impl Reads for MaybeKeyed {
    fn tell(told: &mut Told) {
        told.key = true;
    }
}

impl Reads for Actor {
    fn tell(_: &mut Told) {}
}

impl Reads for ActingWorker {
    fn tell(_: &mut Told) {}
}

impl<T: Parameters> Reads for Query<T> {
    fn tell(told: &mut Told) {
        told.query.get_or_insert_default().extend(T::described());
    }
}

impl<T> Reads for Json<T> {
    fn tell(told: &mut Told) {
        told.body = Some(Need::Required);
    }
}

impl<T> Reads for OptionalJson<T> {
    fn tell(told: &mut Told) {
        told.body = Some(Need::Optional);
    }
}

/// Its headers are those of whoever sends it: each kind has its own.
impl Reads for Delivered {
    fn tell(told: &mut Told) {
        told.body = Some(Need::Required);
        told.body_limit = Some(HOOK_LIMIT);
    }
}

impl<T: Sign> Reads for SignBody<T> {
    fn tell(told: &mut Told) {
        told.body = Some(T::NEED);
    }
}

impl Reads for Document {
    fn tell(told: &mut Told) {
        told.body = Some(Need::Required);
    }
}
