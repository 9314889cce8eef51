use crate::cycles::{COMMIT_CYCLES, PER_GAS, RECORDED};
use ethrex_common::Block;

/// A stretch of the guest between a cycle-tracker start and its end.
pub struct Span {
    pub name: String,
    pub cycles: u64,
    pub children: Vec<Span>,
}

/// What the guest spends on a block, in the order in which it opens its spans.
pub fn spans_of(block: &Block) -> Vec<Span> {
    match RECORDED.iter().find(|(number, _)| *number == block.number) {
        Some((_, spans)) => nest(spans.iter().copied()),
        None => {
            let of_gas = PER_GAS
                .iter()
                .map(|(path, cycles)| (*path, cycles * block.gas_used));
            nest(of_gas.chain([("commit_public_inputs", COMMIT_CYCLES)]))
        }
    }
}

fn nest<'a>(paths: impl Iterator<Item = (&'a str, u64)>) -> Vec<Span> {
    let mut roots = Vec::new();
    for (path, cycles) in paths {
        insert(&mut roots, path, cycles);
    }
    roots
}

fn insert(spans: &mut Vec<Span>, path: &str, cycles: u64) {
    match path.split_once('/') {
        None => spans.push(Span {
            name: path.to_string(),
            cycles,
            children: Vec::new(),
        }),
        Some((first, rest)) => {
            let parent = spans.iter_mut().rev().find(|span| span.name == first);
            insert(
                &mut parent.expect("a span comes after its parent").children,
                rest,
                cycles,
            );
        }
    }
}
