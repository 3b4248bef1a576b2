//! Paging of lists.

use serde::{Deserialize, Serialize};

/// A page number, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageNumber(u32);

impl PageNumber {
    /// The first page.
    pub const FIRST: Self = Self(1);
    /// No list is paged further than this; deeper look-ups are for machines.
    pub const LAST: u32 = 10_000;

    /// Reads `?page=`; nothing means the first page. `None` for rubbish, zero and numbers beyond [`Self::LAST`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::FIRST);
        }
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u32>().ok().filter(|number| (1..=Self::LAST).contains(number));
        number.filter(|_| plain).map(Self)
    }

    /// The number, from 1.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Rows before this page.
    #[must_use]
    pub fn offset(self, per_page: u32) -> i64 {
        i64::from(self.0 - 1) * i64::from(per_page)
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// Rows on all pages.
    pub total: u64,
    /// This page's number, from 1.
    pub number: u32,
    /// Rows per full page.
    pub per_page: u32,
}

impl<T> Page<T> {
    /// How many pages there are (at least 1).
    #[must_use]
    pub fn pages(&self) -> u32 {
        let pages = self.total.div_ceil(u64::from(self.per_page.max(1))).max(1);
        u32::try_from(pages).unwrap_or(u32::MAX)
    }

    /// True when the page lies behind the last one.
    #[must_use]
    pub fn is_beyond_the_end(&self) -> bool {
        self.number > self.pages()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rubbish_page_numbers_are_refused() {
        for text in ["0", "-1", "+1", "1e3", "10001", "99999999999999999999", "one", " 1"] {
            assert_eq!(PageNumber::parse(text), None, "{text}");
        }
        assert_eq!(PageNumber::parse("").map(PageNumber::get), Some(1));
        assert_eq!(PageNumber::parse("12").map(PageNumber::get), Some(12));
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let page = Page::<()> { items: vec![], total: 0, number: 1, per_page: 24 };
        assert_eq!(page.pages(), 1);
        assert!(!page.is_beyond_the_end());
    }
}
