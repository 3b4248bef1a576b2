//! jishi
fn main(){}
