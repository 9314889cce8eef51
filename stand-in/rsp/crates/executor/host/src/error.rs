use std::fmt::{self, Debug, Display};

/// An error with its causes, and the place in rsp where it was noticed.
pub struct Error {
    message: String,
    causes: Vec<String>,
    location: &'static str,
}

const FULL_EXECUTOR: &str = "crates/executor/host/src/full_executor.rs:454:22";

impl Error {
    pub fn new(message: impl Display) -> Self {
        Self {
            message: message.to_string(),
            causes: Vec::new(),
            location: FULL_EXECUTOR,
        }
    }

    pub fn because(message: impl Display, cause: impl Display) -> Self {
        Self {
            causes: vec![cause.to_string()],
            ..Self::new(message)
        }
    }
}

/// As `eyre` prints it where `main` returns it.
impl Debug for Error {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}", self.message)?;
        match self.causes.as_slice() {
            [] => {}
            [cause] => write!(out, "\n\nCaused by:\n    {cause}")?,
            causes => {
                write!(out, "\n\nCaused by:")?;
                for (number, cause) in causes.iter().enumerate() {
                    write!(out, "\n   {number}: {cause}")?;
                }
            }
        }
        write!(out, "\n\nLocation:\n    {}", self.location)
    }
}
