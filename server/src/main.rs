//! jishi
fn main() {}
