//! JSON, as far as cache files and JSON-RPC need it. Objects keep their order; numbers keep their digits.

mod read;
mod write;

pub use read::parse;

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn field(&self, name: &str) -> Result<&Json, String> {
        self.get(name).ok_or_else(|| format!("missing field `{name}`"))
    }

    pub fn items(&self) -> Result<&[Json], String> {
        match self {
            Self::List(items) => Ok(items),
            _ => Err("invalid type: expected a sequence".to_string()),
        }
    }

    pub fn as_text(&self) -> Result<&str, String> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err("invalid type: expected a string".to_string()),
        }
    }

    /// A quantity as Ethereum writes it: `0x` and hex digits.
    pub fn quantity(&self) -> Result<u64, String> {
        let text = self.as_text()?;
        let digits = text
            .strip_prefix("0x")
            .ok_or_else(|| format!("`{text}` does not begin with 0x"))?;
        u64::from_str_radix(digits, 16).map_err(|error| format!("`{text}`: {error}"))
    }

    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        let text = self.as_text()?;
        let digits = text.strip_prefix("0x").unwrap_or(text).as_bytes();
        let pairs = digits.chunks(2).map(|pair| match pair {
            [high, low] => Some(hex(*high)? << 4 | hex(*low)?),
            _ => None,
        });
        pairs
            .collect::<Option<Vec<u8>>>()
            .ok_or_else(|| "odd or invalid hex digits".to_string())
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}
