//! Fetches a block, executes it, proves it, each as far as it is asked for.

mod error;
mod executor;
mod fetch;
mod http;
mod input;

pub use error::Error;
pub use executor::{execute, Config, OnExecuted};
pub use fetch::chain_id;
