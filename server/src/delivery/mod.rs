//! How parcels travel: methods, zones, and prices by weight. What an order can choose from is read with its other rates,
//! by [`crate::checkout`].
//!
//! | file | holds |
//! |---|---|
//! | [`tariff`] | what a parcel costs |
//! | [`offer`] | the ways that a parcel can go, and when it arrives |
//! | [`zone`] | which part of an address decides about the zone |
//! | `repo` | what is asked without an order |

pub mod offer;
pub mod tariff;
pub mod zone;
