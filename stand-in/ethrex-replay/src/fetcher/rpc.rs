use crate::cache::Cache;
use crate::failure::Failure;
use crate::http;
use crate::json::{self, Json};
use crate::network::Network;
use ethrex_common::trace;

/// What a block's answer holds beside its header.
const BODY: &[&str] = &["transactions", "uncles", "withdrawals"];
const NEITHER: &[&str] = &["hash", "size", "totalDifficulty"];

pub struct Node {
    url: String,
    pub network: Network,
    pub latest: u64,
}

impl Node {
    pub fn connect(url: &str) -> Result<Self, Failure> {
        let chain = call(url, "eth_chainId", vec![])?;
        let id = quantity(&chain, "eth_chainId")?;
        let network =
            Network::from_chain_id(id).ok_or_else(|| Failure::new(format!("Unknown chain {id}")))?;
        let latest = quantity(&call(url, "eth_blockNumber", vec![])?, "eth_blockNumber")?;
        Ok(Self {
            url: url.to_string(),
            network,
            latest,
        })
    }

    pub fn fetch(&self, number: u64) -> Result<Cache, Failure> {
        let hex = Json::Text(format!("{number:#x}"));
        let block = call(
            &self.url,
            "eth_getBlockByNumber",
            vec![hex.clone(), Json::Bool(true)],
        )?;
        let witness = call(&self.url, "debug_executionWitness", vec![hex]).inspect_err(|_| {
            let message = "debug_executionWitness endpoint not implemented, using fallback eth_getProof";
            trace::warn("ethrex_replay::fetcher", message);
        })?;
        let json = Json::Object(vec![
            ("blocks".to_string(), Json::List(vec![split(block)?])),
            ("witness".to_string(), witness),
            ("network".to_string(), self.network.to_json()),
        ]);
        Cache::from_json(json)
            .map_err(|error| Failure::because(format!("Block {number} cannot be read"), error))
    }
}

fn split(block: Json) -> Result<Json, Failure> {
    let Json::Object(fields) = block else {
        return Err(Failure::new("Block not found"));
    };
    let (mut header, mut body) = (Vec::new(), Vec::new());
    for (name, value) in fields {
        if BODY.contains(&name.as_str()) {
            body.push((name, value));
        } else if !NEITHER.contains(&name.as_str()) {
            header.push((name, value));
        }
    }
    let parts = [("header", header), ("body", body)];
    Ok(Json::Object(
        parts
            .map(|(name, fields)| (name.to_string(), Json::Object(fields)))
            .into(),
    ))
}

fn call(url: &str, method: &str, parameters: Vec<Json>) -> Result<Json, Failure> {
    let request = Json::Object(vec![
        ("id".to_string(), Json::Number("1".to_string())),
        ("jsonrpc".to_string(), Json::text("2.0")),
        ("method".to_string(), Json::text(method)),
        ("params".to_string(), Json::List(parameters)),
    ]);
    let answer =
        http::post(url, &request.compact()).map_err(|failure| failure.within(format!("{method} failed")))?;
    let answer = json::parse(&answer).map_err(|error| Failure::because(format!("{method} failed"), error))?;
    if let Some(error) = answer.get("error") {
        let message = error
            .get("message")
            .and_then(|message| message.as_text().ok())
            .unwrap_or("no message");
        return Err(Failure::because(
            format!("{method} failed"),
            format!("RPC error: {message}"),
        ));
    }
    answer
        .get("result")
        .cloned()
        .ok_or_else(|| Failure::because(format!("{method} failed"), "no result"))
}

fn quantity(value: &Json, method: &str) -> Result<u64, Failure> {
    value
        .quantity()
        .map_err(|error| Failure::because(format!("{method} failed"), error))
}
