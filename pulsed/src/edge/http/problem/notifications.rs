//! What goes wrong with channels.

use pulse_api::ProblemCode;

use super::Refusal;
use crate::domain::notifications::{ChannelFault, PutError, TestError};

impl From<ChannelFault> for Refusal {
    fn from(fault: ChannelFault) -> Self {
        let refusal = Self::new(ProblemCode::InvalidBody, fault.to_string());
        match fault {
            ChannelFault::Url(_) => refusal.hint(
                "keep it as a secret: `pulsectl secret set NAME`, and `url: {secret: NAME}` here",
            ),
            ChannelFault::NoWorkflow(_) => {
                refusal.hint("store it first: a channel is for workflows that are there")
            }
            ChannelFault::NoMonitor(_) => {
                refusal.hint("make it first: a channel is for monitors that are there")
            }
            ChannelFault::Ways => refusal
                .hint("for example `slack: {url: {secret: NAME}}`; the others are in `pulsectl notify apply --help`"),
            ChannelFault::Name(_)
            | ChannelFault::Events
            | ChannelFault::Mail(_)
            | ChannelFault::Inputs
            | ChannelFault::TooMany => refusal,
        }
    }
}

impl From<PutError> for Refusal {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Channel(fault) => fault.into(),
            PutError::Secret(fault) => fault.into(),
            PutError::Store(error) => error.into(),
        }
    }
}

impl From<TestError> for Refusal {
    fn from(error: TestError) -> Self {
        match error {
            TestError::Unknown(name) => {
                Self::not_found("channel", name).hint("pulsectl notify ls shows what there is")
            }
            TestError::Engine(error) => error.into(),
        }
    }
}
