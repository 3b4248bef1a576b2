//! Collections as a catalogue's file lists them.

use super::row::RuleDoc;
use app::kernel::Localized;
use serde::Deserialize;

/// A collection.
#[derive(Debug, Deserialize)]
pub struct CollectionEntry {
    /// Unique key.
    pub slug: String,
    /// Name.
    pub name: Localized,
    /// One sentence below it.
    #[serde(default)]
    pub summary: Localized,
    /// What belongs into it.
    pub rule: RuleDoc,
    /// Keys that it had before; their addresses lead to it.
    #[serde(default)]
    pub formerly: Vec<String>,
}
