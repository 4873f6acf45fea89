//! Workers: enrolling, sessions, signs of life, what operators want of them.

pub(crate) mod administer;
pub(crate) mod connect;
pub(crate) mod credentials;
pub(crate) mod drain;
pub(crate) mod enroll;
pub(crate) mod life;
pub(crate) mod logs;
pub(crate) mod named;
pub(crate) mod read;
pub(crate) mod shared;
