//! The shop's texts: one file per slice, both languages side by side.
//!
//! Each key is a function, so a missing text is a compile error and only the used texts reach the WASM.

/// Declares texts: `key = "中文" | "English";`, with arguments `key(count) = "{count} 件" | "{count} items";`.
#[macro_export]
macro_rules! messages {
    (@one $key:ident = $zh:literal | $en:literal) => {
        #[doc = concat!("“", $zh, "” / “", $en, "”")]
        #[must_use]
        pub const fn $key(locale: $crate::kernel::Locale) -> &'static str {
            match locale {
                $crate::kernel::Locale::Zh => $zh,
                $crate::kernel::Locale::En => $en,
            }
        }
    };
    (@one $key:ident ($($arg:ident),+) = $zh:literal | $en:literal) => {
        #[doc = concat!("“", $zh, "” / “", $en, "”")]
        #[must_use]
        pub fn $key(locale: $crate::kernel::Locale, $($arg: impl std::fmt::Display),+) -> String {
            match locale {
                $crate::kernel::Locale::Zh => format!($zh),
                $crate::kernel::Locale::En => format!($en),
            }
        }
    };
    ($($key:ident $(($($arg:ident),+))? = $zh:literal | $en:literal;)*) => {
        $($crate::messages!(@one $key $(($($arg),+))? = $zh | $en);)*
    };
}

pub mod address;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod common;
pub mod errors;
pub mod fmt;
pub mod help;
pub mod orders;
pub mod search;
pub mod storefront;
pub mod wishes;
