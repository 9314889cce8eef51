use ethrex_common::filter::Filter;
use ethrex_common::trace::Level;

/// Whatever `RUST_LOG` says; the first is the level of everything else.
const FORCED: &[(&str, Level)] = &[
    ("", Level::Info),
    ("ethrex_storage::store", Level::Off),
    ("ethrex_storage_rollup::store", Level::Off),
    (
        "ethrex_l2::sequencer::block_producer::payload_builder",
        Level::Off,
    ),
    ("ethrex_blockchain::payload", Level::Off),
];

/// Only where `RUST_LOG` holds no directive at all: any directive replaces it, whatever its target.
const DEFAULT: (&str, Level) = ("sp1_core_executor::executor", Level::Off);

pub fn with_rust_log(variable: &str) -> Filter {
    let mut filter = Filter::new(variable);
    if filter.is_empty() {
        filter.set(DEFAULT.0, DEFAULT.1);
    }
    for (target, level) in FORCED {
        filter.set(target, *level);
    }
    filter
}
