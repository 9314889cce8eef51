/// The first word of the guest's input: another number is another input for the same block.
pub const INPUT_FORMAT: u32 = 1;
