//! The one place where paths are written: builders for links, and the table of routes.

/// Patterns of the pages that are the same for everybody who looks at them in one language and currency. They must show
/// nothing of the visitor's; what is theirs (the cart's badge) comes from islands.
pub const FOR_EVERYBODY: [&str; 3] = ["/{locale}", "/{locale}/c/{slug}", "/{locale}/p/{slug}"];

/// Links to pages. Everything that links uses these.
pub mod href {
    use crate::kernel::Locale;

    /// The home page.
    #[must_use]
    pub fn home(locale: Locale) -> String {
        format!("/{}", locale.code())
    }

    /// A category.
    #[must_use]
    pub fn category(locale: Locale, slug: &str) -> String {
        format!("/{}/c/{slug}", locale.code())
    }

    /// A product.
    #[must_use]
    pub fn product(locale: Locale, slug: &str) -> String {
        format!("/{}/p/{slug}", locale.code())
    }

    /// The search page (its form adds `?q=`).
    #[must_use]
    pub fn search(locale: Locale) -> String {
        format!("/{}/search", locale.code())
    }

    /// The cart.
    #[must_use]
    pub fn cart(locale: Locale) -> String {
        format!("/{}/cart", locale.code())
    }

    /// The checkout.
    #[must_use]
    pub fn checkout(locale: Locale) -> String {
        format!("/{}/checkout", locale.code())
    }

    /// An order, by its public id.
    #[must_use]
    pub fn order(locale: Locale, public_id: &str) -> String {
        format!("/{}/orders/{public_id}", locale.code())
    }
}
