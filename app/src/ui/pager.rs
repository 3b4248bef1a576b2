//! Links between the pages of a long list.

use super::icon::{Icon, IconName};
use crate::i18n::common as t;
use crate::kernel::Locale;
use leptos::prelude::*;

/// The facts of a paged list.
#[derive(Debug, Clone)]
pub struct PagerState {
    /// The list's address without `page`, for example `/en/c/teaware?sort=price`.
    pub base: String,
    /// The page shown, from 1.
    pub number: u32,
    /// How many pages there are.
    pub pages: u32,
}

impl PagerState {
    /// The address of a page; the first one has no `page`.
    #[must_use]
    pub fn href(&self, number: u32) -> String {
        match (number, self.base.contains('?')) {
            (..=1, _) => self.base.clone(),
            (_, true) => format!("{}&page={number}", self.base),
            (_, false) => format!("{}?page={number}", self.base),
        }
    }

    /// The numbers to show, with `None` for a gap: the ends and the neighbours of the current page.
    #[must_use]
    pub fn numbers(&self) -> Vec<Option<u32>> {
        let mut out = Vec::new();
        let mut last = 0;
        for number in (1..=self.pages).filter(|number| self.is_shown(*number)) {
            if number > last + 1 {
                out.push(None);
            }
            out.push(Some(number));
            last = number;
        }
        out
    }

    const fn is_shown(&self, number: u32) -> bool {
        number == 1 || number == self.pages || number.abs_diff(self.number) <= 1
    }
}

/// Links to the pages of a list; nothing for a list of one page.
#[component]
pub fn Pager(
    /// The language.
    locale: Locale,
    /// Where we are.
    state: PagerState,
) -> impl IntoView {
    (state.pages > 1).then(|| {
        let previous = (state.number > 1).then(|| state.href(state.number - 1));
        let next = (state.number < state.pages).then(|| state.href(state.number + 1));
        let numbers: Vec<_> =
            state.numbers().into_iter().map(|number| entry(locale, &state, number)).collect();
        view! {
            <nav class="pager" aria-label=t::more_pages(locale)>
                {previous
                    .map(|href| {
                        view! {
                            <a class="pager-step" rel="prev" href=href>
                                <Icon name=IconName::Left />
                                {t::previous_page(locale)}
                            </a>
                        }
                    })}
                <ol>{numbers}</ol>
                {next
                    .map(|href| {
                        view! {
                            <a class="pager-step" rel="next" href=href>
                                {t::next_page(locale)}
                                <Icon name=IconName::Right />
                            </a>
                        }
                    })}
            </nav>
        }
    })
}

fn entry(locale: Locale, state: &PagerState, number: Option<u32>) -> AnyView {
    let Some(number) = number else {
        return view! {
            <li class="pager-gap" aria-hidden="true">
                "…"
            </li>
        }
        .into_any();
    };
    let current = (number == state.number).then_some("page");
    view! {
        <li>
            <a href=state.href(number) aria-current=current aria-label=t::page_number(locale, number)>
                {number}
            </a>
        </li>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn state(number: u32, pages: u32) -> PagerState {
        PagerState { base: "/en/c/tea?sort=price".into(), number, pages }
    }

    #[test]
    fn the_ends_and_the_neighbours_are_shown_with_gaps_between() {
        let expected = [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)];
        assert_eq!(state(5, 9).numbers(), expected);
        assert_eq!(state(1, 2).numbers(), [Some(1), Some(2)]);
    }

    #[test]
    fn the_first_page_has_the_plain_address() {
        assert_eq!(state(2, 3).href(1), "/en/c/tea?sort=price");
        assert_eq!(state(2, 3).href(3), "/en/c/tea?sort=price&page=3");
    }

    #[test]
    fn a_list_of_one_page_has_no_pager() {
        let html = view! { <Pager locale=Locale::En state=state(1, 1) /> }.to_html();
        assert!(!html.contains("<nav"), "{html}");
    }

    #[test]
    fn the_current_page_is_marked_and_the_neighbours_are_linked() {
        let html = view! { <Pager locale=Locale::Zh state=state(2, 3) /> }.to_html();
        assert!(html.contains(r#"aria-current="page""#), "{html}");
        assert!(html.contains(r#"rel="prev""#) && html.contains(r#"rel="next""#), "{html}");
        assert!(html.contains("第 3 页"), "{html}");
    }
}
