use crate::conduct::{Behaviour, Sp1, ZisK};

/// What goes wrong, on every block that is not named below.
pub const BEHAVIOUR: Behaviour = Behaviour::Normal;
pub const BEHAVIOURS: &[(u64, Behaviour)] = &[];

/// How much `FloodsTheLog` prints.
pub const FLOOD_MEBIBYTES: u64 = 64;

/// How long what `LeavesChild` and `LeavesDaemon` leave behind lives.
pub const LEFTOVER_SECONDS: u64 = 300;

/// Whose log lines are printed.
pub const SP1: Sp1 = Sp1::V5;

/// Whose files are left.
pub const ZISK: ZisK = ZisK::V15;
