use std::fmt;

#[derive(Debug)]
pub enum BackendError {
    Execution(String),
    Proving(String),
    NotImplemented(String),
}

impl fmt::Display for BackendError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Execution(cause) => write!(out, "Execution error: {cause}"),
            Self::Proving(cause) => write!(out, "Proving error: {cause}"),
            Self::NotImplemented(what) => write!(out, "Not implemented: {what}"),
        }
    }
}
