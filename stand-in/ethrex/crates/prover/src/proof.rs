use crate::backend::Backend;
use crate::conduct::{behaviour_on, Behaviour};
use crate::irregular::{next_proof, Proof};
use crate::timing;
use ethrex_common::Block;
use std::time::Duration;

/// A proof of what was executed without fault, whatever the zkVM: its time, or why there is none.
pub fn attempt(backend: Backend, block: &Block) -> Result<Duration, &'static str> {
    match behaviour_on(block) {
        Behaviour::PanicsInProving => panic!("called `Result::unwrap()` on an `Err` value: RecvError"),
        Behaviour::FailsInProving | Behaviour::FailsInProvingExitsZero | Behaviour::ForgesReport => {
            return Err("no shard shape fits, of 47 tried");
        }
        _ => {}
    }
    let Proof::Takes(factor) = next_proof(block) else {
        return Err("the prover ran out of device memory");
    };
    let took = timing::pass(timing::proving_seconds(backend, block) * factor);
    match behaviour_on(block) {
        Behaviour::ReportsImplausibleTime => Ok(took * 10),
        _ => Ok(took),
    }
}
