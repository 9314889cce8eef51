//! What is not the same from proof to proof. Nothing is, by default.

use crate::irregularities::{FAILURES, NOISE, NOISE_SEED, OUTLIERS};
use ethrex_common::Block;
use std::{
    env,
    f64::consts::TAU,
    fs::OpenOptions,
    io::{self, Write},
};

pub enum Proof {
    Fails,
    /// Takes so many times as long as it is recorded to take.
    Takes(f64),
}

/// Of the proof that begins now. Counts, so it is asked once a proof.
pub fn next_proof(block: &Block) -> Proof {
    let is_regular = OUTLIERS.is_empty() && FAILURES.is_empty() && NOISE == 0.0;
    if is_regular {
        return Proof::Takes(1.0);
    }
    let nth = count(block).expect("proofs are counted beside the binary");
    let is_this = |number: u64, proof: u64| number == block.number && proof == nth;
    if FAILURES.iter().any(|(number, proof)| is_this(*number, *proof)) {
        return Proof::Fails;
    }
    let outlier = OUTLIERS
        .iter()
        .find(|(number, proof, _)| is_this(*number, *proof));
    let longer = outlier.map_or(0.0, |(_, _, percent)| percent / 100.0);
    Proof::Takes((1.0 + longer) * (NOISE * normal(block.number, nth)).exp())
}

/// Which proof of its block this is, from 1. A process knows nothing of those before it, so each adds a byte
/// to a file beside the binary: the count belongs to one build in one place, and goes with it.
fn count(block: &Block) -> io::Result<u64> {
    let binary = env::current_exe()?;
    let path = binary.with_file_name(format!("proofs-of-{}", block.number));
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(b".")?;
    Ok(file.metadata()?.len())
}

/// From the standard normal distribution, always the same for the same proof (Box-Muller).
fn normal(number: u64, nth: u64) -> f64 {
    let seed = mixed(NOISE_SEED ^ mixed(number ^ mixed(nth)));
    let radius = (-2.0 * uniform(seed).ln()).sqrt();
    radius * (TAU * uniform(mixed(seed))).cos()
}

/// Above 0 and up to 1.
fn uniform(bits: u64) -> f64 {
    ((bits >> 11) + 1) as f64 / (1u64 << 53) as f64
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
fn mixed(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
