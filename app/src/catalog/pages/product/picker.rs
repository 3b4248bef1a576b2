//! The choice of a variant: every value is a link to the page with that value, so it works anywhere.

use crate::catalog::model::{OptionView, ProductPage, VariantView};
use crate::i18n::catalog as t;
use crate::kernel::Locale;
use crate::routes::href;
use leptos::prelude::*;

/// How a value stands beside the other chosen values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Can be bought.
    Available,
    /// Exists, but is sold out.
    SoldOut,
    /// There is no such combination; choosing it changes the other options.
    Impossible,
}

/// A value of an option, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) address: String,
    pub(super) is_chosen: bool,
    pub(super) standing: Standing,
}

/// The values of `option`, each with the address that chooses it and keeps the rest.
pub(super) fn choices(
    locale: Locale,
    content: &ProductPage,
    chosen: &VariantView,
    option: &OptionView,
) -> Vec<Choice> {
    let choice = |(key, label): &(String, String)| {
        let wanted = with(&chosen.options, &option.key, key);
        let variant = content.variants.iter().find(|variant| variant.options == wanted);
        let standing = match variant {
            Some(variant) if variant.available > 0 => Standing::Available,
            Some(_) => Standing::SoldOut,
            None => Standing::Impossible,
        };
        let named = match standing {
            Standing::Impossible => vec![(option.key.clone(), key.clone())],
            Standing::Available | Standing::SoldOut => wanted,
        };
        Choice {
            label: label.clone(),
            address: address(locale, &content.slug, &named),
            is_chosen: chosen.options.contains(&(option.key.clone(), key.clone())),
            standing,
        }
    };
    option.values.iter().map(choice).collect()
}

/// The chosen values with one replaced.
fn with(options: &[(String, String)], key: &str, value: &str) -> Vec<(String, String)> {
    let replaced = |(name, old): &(String, String)| {
        let value = if name == key { value } else { old };
        (name.clone(), value.to_owned())
    };
    options.iter().map(replaced).collect()
}

/// Option and value keys are slugs, so they need no encoding.
fn address(locale: Locale, slug: &str, options: &[(String, String)]) -> String {
    let pairs: Vec<String> = options.iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("{}?{}", href::product(locale, slug), pairs.join("&"))
}

/// Every option of the product; nothing for a product without options.
pub(super) fn picker(locale: Locale, content: &ProductPage, chosen: Option<&VariantView>) -> AnyView {
    let options = chosen.map(|chosen| {
        let shown = |option: &OptionView| group(option, choices(locale, content, chosen, option), locale);
        content.options.iter().map(shown).collect::<Vec<_>>()
    });
    view! { <div class="picker">{options}</div> }.into_any()
}

fn group(option: &OptionView, choices: Vec<Choice>, locale: Locale) -> AnyView {
    let chosen = choices.iter().find(|choice| choice.is_chosen).map(|choice| choice.label.clone());
    let links: Vec<_> = choices.into_iter().map(|choice| link(locale, choice)).collect();
    view! {
        <div class="option" role="group" aria-label=t::choose(locale, &option.name)>
            <p class="option-name">
                {option.name.clone()}
                {chosen.map(|label| view! { <span class="option-chosen">{label}</span> })}
            </p>
            <ul class="option-values">{links}</ul>
        </div>
    }
    .into_any()
}

fn link(locale: Locale, choice: Choice) -> AnyView {
    let (class, label) = match choice.standing {
        Standing::Available => ("value", None),
        Standing::SoldOut => ("value value-out", Some(t::value_sold_out(locale, &choice.label))),
        Standing::Impossible => ("value value-none", Some(t::value_unavailable(locale, &choice.label))),
    };
    let current = choice.is_chosen.then_some("true");
    view! {
        <li>
            <a class=class href=choice.address aria-current=current aria-label=label>
                {choice.label}
            </a>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod unit {
    use super::super::tests::pot;
    use super::*;

    fn choices_of(option: usize, chosen: usize) -> Vec<Choice> {
        let pot = pot();
        choices(Locale::En, &pot, &pot.variants[chosen], &pot.options[option])
    }

    #[test]
    fn choosing_a_value_keeps_the_others_in_the_address() {
        let sizes = choices_of(1, 0);
        assert_eq!(sizes[1].address, "/en/p/pot?style=red&size=l");
        assert!(sizes[0].is_chosen && !sizes[1].is_chosen);
    }

    #[test]
    fn sold_out_values_can_be_looked_at_and_impossible_ones_change_the_rest() {
        let styles = choices_of(0, 0);
        assert_eq!(
            (styles[1].standing, styles[1].address.as_str()),
            (Standing::SoldOut, "/en/p/pot?style=blue&size=s")
        );
        let styles = choices_of(0, 1);
        assert_eq!(
            (styles[1].standing, styles[1].address.as_str()),
            (Standing::Impossible, "/en/p/pot?style=blue")
        );
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_chosen_value_is_marked_and_a_sold_out_one_says_so() {
        let pot = pot();
        let html = picker(Locale::En, &pot, pot.variants.first()).to_html();
        assert_eq!(html.matches(r#"aria-current="true""#).count(), 2, "{html}");
        assert!(html.contains("BLUE (sold out)"), "{html}");
    }
}
