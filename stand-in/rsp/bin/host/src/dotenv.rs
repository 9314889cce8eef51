//! The `dotenv` crate: the first `.env` in the working directory or any above it adds to the environment, and changes
//! nothing that is set.

use std::{collections::HashMap, env, fs, path::Path};

#[derive(Default)]
pub struct Environment(HashMap<String, String>);

impl Environment {
    pub fn get(&self, name: &str) -> Option<String> {
        env::var(name).ok().or_else(|| self.0.get(name).cloned())
    }
}

pub fn load() -> Environment {
    let directory = env::current_dir().unwrap_or_default();
    let file = directory
        .ancestors()
        .map(|path| path.join(".env"))
        .find(|path| path.is_file());
    file.map(|path| read(&path)).unwrap_or_default()
}

fn read(path: &Path) -> Environment {
    let text = fs::read_to_string(path).unwrap_or_default();
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    Environment(
        pairs
            .map(|(name, value)| (name.trim().to_string(), value.trim().to_string()))
            .collect(),
    )
}
