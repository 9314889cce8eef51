/// Proofs that take longer: block, which of its proofs (from 1), percent. Proofs are counted by build, from the
/// first that it made in the place where it lies, warm-ups and those made again among them.
pub const OUTLIERS: &[(u64, u64, f64)] = &[];

/// Proofs that fail: block, which of its proofs.
pub const FAILURES: &[(u64, u64)] = &[];

/// Of ln(time), the standard deviation from proof to proof.
pub const NOISE: f64 = 0.0;

/// Another seed is another series of noise.
pub const NOISE_SEED: u64 = 0;
