//! An error with its causes and the place where it was noticed.

use std::{
    fmt::{self, Debug, Display},
    panic::Location,
};

pub struct Failure {
    message: String,
    causes: Vec<String>,
    location: &'static Location<'static>,
}

impl Failure {
    #[track_caller]
    pub fn new(message: impl Display) -> Self {
        Self {
            message: message.to_string(),
            causes: Vec::new(),
            location: Location::caller(),
        }
    }

    #[track_caller]
    pub fn because(message: impl Display, cause: impl Display) -> Self {
        Self {
            causes: vec![cause.to_string()],
            ..Self::new(message)
        }
    }

    /// The same failure, as the cause of a wider one.
    pub fn within(mut self, message: impl Display) -> Self {
        self.causes.insert(0, self.message);
        Self {
            message: message.to_string(),
            ..self
        }
    }
}

impl Debug for Failure {
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
        write!(
            out,
            "\n\nLocation:\n    {}:{}:{}",
            self.location.file(),
            self.location.line(),
            self.location.column()
        )
    }
}

impl Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}", self.message)
    }
}
