//! rsp's proving service; all that matters of it is the feature that it asks of SP1.

fn main() {}
