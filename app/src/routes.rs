//! The one place where paths are written: builders for links, and the table of routes.

/// Patterns of the pages that are the same for everybody who looks at them in one language and currency. They must show
/// nothing of the visitor's; what is theirs (the cart's badge) comes from islands.
pub const FOR_EVERYBODY: [&str; 6] = [
    "/{locale}",
    "/{locale}/c/{slug}",
    "/{locale}/p/{slug}",
    "/{locale}/categories",
    "/{locale}/collections/{slug}",
    "/{locale}/help/{slug}",
];

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

    /// Every category.
    #[must_use]
    pub fn categories(locale: Locale) -> String {
        format!("/{}/categories", locale.code())
    }

    /// A collection.
    #[must_use]
    pub fn collection(locale: Locale, slug: &str) -> String {
        format!("/{}/collections/{slug}", locale.code())
    }

    /// A page of help.
    #[must_use]
    pub fn help(locale: Locale, slug: &str) -> String {
        format!("/{}/help/{slug}", locale.code())
    }

    /// What this browser has seen lately; the page's script names it.
    #[must_use]
    pub fn seen(locale: Locale) -> String {
        format!("/{}/seen", locale.code())
    }

    /// The cart in short.
    #[must_use]
    pub fn drawer(locale: Locale) -> String {
        format!("/{}/cart/drawer", locale.code())
    }

    /// What an installed shop shows without a network.
    #[must_use]
    pub fn offline(locale: Locale) -> String {
        format!("/{}/offline", locale.code())
    }

    /// The cart.
    #[must_use]
    pub fn cart(locale: Locale) -> String {
        format!("/{}/cart", locale.code())
    }

    /// The cart, offering these articles: `SKU:2,SKU2:1`. It changes nothing by itself.
    #[must_use]
    pub fn cart_of(locale: Locale, items: &str) -> String {
        format!("{}?items={items}", cart(locale))
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

    /// The printable invoice of an order, for whoever may open the order.
    #[must_use]
    pub fn order_bill(locale: Locale, public_id: &str, key: &str) -> String {
        let page = order_with_key(locale, public_id, key);
        match page.split_once('?') {
            Some((path, query)) => format!("{path}/invoice?{query}"),
            None => format!("{page}/invoice"),
        }
    }

    /// An order as it was opened: with the secret of its mail's link, when there is one. Whatever cannot be such a
    /// secret is left out.
    #[must_use]
    pub fn order_with_key(locale: Locale, public_id: &str, key: &str) -> String {
        let path = order(locale, public_id);
        let is_plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_plain { format!("{path}?key={key}") } else { path }
    }
}
