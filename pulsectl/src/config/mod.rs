//! Where settings come from: flag, environment, context, default, in this order.
//!
//! The only place that reads the environment and the two files.

mod change;
mod credentials;
mod environment;
mod file;
mod settings;

pub(crate) use change::{Stored, put, text_of};
pub(crate) use credentials::{Credential, Credentials};
pub(crate) use environment::Environment;
pub(crate) use environment::VARIABLES;
pub(crate) use file::{ConfigFile, Context};
pub(crate) use settings::{
    DEFAULT_ORIGIN, LOGIN, Settings, Sourced, full_path, read_token_file, same_server, tidy_url,
    token_file_warning,
};
