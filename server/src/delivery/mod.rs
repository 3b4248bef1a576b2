//! How parcels travel: methods, zones, and prices by weight. The rows are read with the other rates of an order, by
//! [`crate::checkout`].
//!
//! | file | holds |
//! |---|---|
//! | [`tariff`] | what a parcel costs |
//! | [`offer`] | the ways that a parcel can go, and when it arrives |
//! | [`zone`] | which part of an address decides about the zone |

pub mod offer;
pub mod tariff;
pub mod zone;
