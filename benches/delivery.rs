//! Micro-benchmarks of delivery.

fn main() {}
