//! Pure building blocks that know no slice: money, ids, languages, paging, contact data.
//! Nothing here touches a clock, a random source, the network or a database.

pub mod contact;
pub mod ids;
pub mod locale;
pub mod localized;
pub mod money;
pub mod paging;
pub mod quantity;
pub mod slug;

pub use contact::{CountryCode, Email, Phone};
pub use ids::{GuestToken, PublicId};
pub use locale::Locale;
pub use localized::Localized;
pub use money::{Currency, Money, RatePpm};
pub use paging::{Page, PageNumber};
pub use quantity::Quantity;
pub use slug::{Sku, Slug};
