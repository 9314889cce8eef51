use crate::json::Json;

/// A network by its name on the command line; any other name is taken for the path of a genesis file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Network {
    Mainnet,
    Sepolia,
    Hoodi,
    Genesis(String),
}

impl Network {
    pub fn from_flag(text: &str) -> Self {
        match text {
            "mainnet" => Self::Mainnet,
            "sepolia" => Self::Sepolia,
            "hoodi" => Self::Hoodi,
            path => Self::Genesis(path.to_string()),
        }
    }

    pub fn from_chain_id(id: u64) -> Option<Self> {
        match id {
            1 => Some(Self::Mainnet),
            11_155_111 => Some(Self::Sepolia),
            560_048 => Some(Self::Hoodi),
            _ => None,
        }
    }

    /// As it stands in a cache file.
    pub fn from_json(value: &Json) -> Result<Self, String> {
        if let Some(path) = value.get("GenesisPath") {
            return Ok(Self::Genesis(path.as_text()?.to_string()));
        }
        match value.field("PublicNetwork")?.as_text()? {
            "Mainnet" => Ok(Self::Mainnet),
            "Sepolia" => Ok(Self::Sepolia),
            "Hoodi" => Ok(Self::Hoodi),
            other => Err(format!(
                "unknown variant `{other}`, expected one of `Hoodi`, `Mainnet`, `Sepolia`"
            )),
        }
    }

    pub fn to_json(&self) -> Json {
        let (kind, name) = match self {
            Self::Mainnet => ("PublicNetwork", "Mainnet"),
            Self::Sepolia => ("PublicNetwork", "Sepolia"),
            Self::Hoodi => ("PublicNetwork", "Hoodi"),
            Self::Genesis(path) => ("GenesisPath", path.as_str()),
        };
        Json::Object(vec![(kind.to_string(), Json::text(name))])
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Mainnet => "mainnet",
            Self::Sepolia => "sepolia",
            Self::Hoodi => "hoodi",
            Self::Genesis(path) => path,
        }
    }
}
