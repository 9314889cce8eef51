//! Asks an endpoint for a block and executes it on the host. Of the calls that rsp makes, this is the first; the state,
//! which takes thousands more, is not needed here.

use crate::{http, Error};
use sp1_sdk::{fault_of, log, Block, Fault};

const TARGET: &str = "rsp_host_executor::host_executor";

pub fn block(url: &str, chain: u64, number: u64) -> Result<Block, Error> {
    log::info(TARGET, "fetching the current block and the previous block");
    let answer = call(url, "eth_getBlockByNumber", &format!("\"{number:#x}\",true"))?;
    let block = Block {
        chain,
        number,
        gas_used: quantity(&answer, "gasUsed")
            .ok_or_else(|| Error::new(format!("RPC didnt have expected block height {number}")))?,
        transactions: items(&answer, "transactions"),
    };
    log::info(TARGET, "setting up the database for the block executor");
    let transactions = block.transactions;
    let message =
        format!("executing the block with rpc db: block_number={number}, transaction_count={transactions}");
    log::info(TARGET, &message);
    log::info(TARGET, "validating the block post execution");
    if fault_of(number) == Some(Fault::GasMismatch) {
        return Err(gas_mismatch(&block));
    }
    log::info(TARGET, "successfully generated client input");
    Ok(block)
}

/// EIP-7702 before reth 2: some gas of each authorisation is not counted.
fn gas_mismatch(block: &Block) -> Error {
    let got = block.gas_used - 12_500;
    let spent: Vec<(u64, u64)> = (0..block.transactions)
        .map(|index| (index, 21_000 * (index + 1)))
        .collect();
    let cause = format!(
        "block gas used mismatch: got {got}, expected {}; gas spent by each transaction: {spent:?}",
        block.gas_used
    );
    Error::because("Failed to validate post execution state", cause)
}

pub fn chain_id(url: &str) -> Result<u64, Error> {
    let answer = call(url, "eth_chainId", "")?;
    quantity(&answer, "result").ok_or_else(|| Error::new("Transport Error: no chain id"))
}

fn call(url: &str, method: &str, parameters: &str) -> Result<String, Error> {
    let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":[{parameters}]}}");
    http::post(url, &body)
}

/// A field whose value is a quantity as Ethereum writes it, wherever it stands.
fn quantity(json: &str, name: &str) -> Option<u64> {
    let digits = after(json, name)?.strip_prefix("\"0x")?.split('"').next()?;
    u64::from_str_radix(digits, 16).ok()
}

/// How many items a field's list has, by the commas that are inside nothing but the list.
fn items(json: &str, name: &str) -> u64 {
    let Some(list) = after(json, name).and_then(|rest| rest.strip_prefix('[')) else {
        return 0;
    };
    let (mut depth, mut commas, mut is_empty) = (0, 0, true);
    for letter in list.chars() {
        match letter {
            ']' if depth == 0 => break,
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => commas += 1,
            _ => {}
        }
        is_empty = is_empty && letter.is_whitespace();
    }
    if is_empty {
        0
    } else {
        commas + 1
    }
}

fn after<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = json.split_once(&format!("\"{name}\""))?;
    Some(rest.trim_start().strip_prefix(':')?.trim_start())
}
