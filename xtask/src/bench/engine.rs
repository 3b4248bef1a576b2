//! Where a shop keeps its data, and what its servers are called in the report.

use crate::postgres::Postgres;
use anyhow::Result;

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(super) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgresql",
        }
    }

    /// A database server for one shop, where the shop does not bring its own.
    pub(super) fn start(self) -> Result<Option<Postgres>> {
        match self {
            Self::Sqlite => Ok(None),
            Self::Postgres => Postgres::start_durable().map(Some),
        }
    }

    /// The shop as it is.
    pub(super) fn kept(self) -> String {
        format!("{}, pages kept", self.name())
    }

    /// The shop without its memory of pages.
    pub(super) fn anew(self) -> String {
        format!("{}, every page made anew", self.name())
    }

    /// A fact of this engine's; SQLite, which is the usual one, is not named.
    pub(super) fn fact(self, name: &str) -> String {
        match self {
            Self::Sqlite => name.to_owned(),
            Self::Postgres => format!("{name}, {}", self.name()),
        }
    }
}
