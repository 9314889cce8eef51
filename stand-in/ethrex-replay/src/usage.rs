//! What is said instead of running: help, the version, or what is wrong with the arguments.

pub struct Stop {
    pub text: String,
    pub is_error: bool,
}

pub const COMMANDS: &str = "\
Usage: ethrex-replay <COMMAND>

Commands:
  block           Replay a single block
  blocks          Replay several blocks
  generate-input  Write the guest's input of blocks into files
";

pub fn version() -> Stop {
    Stop {
        text: format!("ethrex-replay {}\n", env!("CARGO_PKG_VERSION")),
        is_error: false,
    }
}

pub fn help(text: impl Into<String>) -> Stop {
    Stop {
        text: text.into(),
        is_error: false,
    }
}

pub fn error(problem: impl AsRef<str>) -> Stop {
    let problem = problem.as_ref();
    let text = format!(
        "error: {problem}\n\nUsage: ethrex-replay <COMMAND>\n\nFor more information, try '--help'.\n"
    );
    Stop { text, is_error: true }
}

pub fn conflict(first: &str, second: &str) -> Stop {
    error(format!("the argument '{first}' cannot be used with '{second}'"))
}

pub fn missing(what: &str) -> Stop {
    error(format!(
        "the following required arguments were not provided:\n  {what}"
    ))
}

pub fn invalid(value: &str, flag: &str, reason: &str) -> Stop {
    error(format!("invalid value '{value}' for '{flag}'{reason}"))
}
