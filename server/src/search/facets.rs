//! From counts to what people choose from.

use super::engine::Index;
use super::engine::listing::Listed;
use super::engine::product::Text;
use app::catalog::model::View;
use app::kernel::{Locale, Money};
use app::search::model::{Facet, FacetValue, Facets, ListRequest};

/// Values of a facet that are shown; chosen ones always are.
const MOST_VALUES: usize = 12;
/// Options that are shown; chosen ones always are.
const MOST_OPTIONS: usize = 5;

/// Everything that a list can be narrowed by.
#[must_use]
pub fn facets(index: &Index, listed: &Listed, request: &ListRequest, view: View) -> Facets {
    let money = |minor| Money::new(minor, view.currency);
    let mut groups: Vec<Facet> = categories(index, listed, request, view.locale).into_iter().collect();
    groups.extend(options(index, listed, request, view.locale));
    Facets {
        groups,
        prices: listed.prices.map(|(low, high)| (money(low), money(high))),
        in_stock: listed.in_stock as u64,
        on_offer: listed.on_offer as u64,
    }
}

/// A text in a language, or in the other one.
fn shown(text: &Text, locale: Locale) -> &str {
    let (wanted, other) = match locale {
        Locale::Zh => (&text.zh, &text.en),
        Locale::En => (&text.en, &text.zh),
    };
    if wanted.is_empty() { other } else { wanted }
}

fn categories(index: &Index, listed: &Listed, request: &ListRequest, locale: Locale) -> Option<Facet> {
    let values = index.categories.iter().zip(&listed.categories).map(|(category, count)| FacetValue {
        key: category.slug.clone(),
        label: category.name.get(locale).to_owned(),
        count: *count,
        is_chosen: request.filters.has("cat", &category.slug),
    });
    let name = app::i18n::common::categories(locale).to_owned();
    facet("cat", name, values.collect())
}

/// Brand, tags and options: options of most products first, then brand and tags.
fn options(index: &Index, listed: &Listed, request: &ListRequest, locale: Locale) -> Vec<Facet> {
    let values = &index.columns.values;
    let mut groups: Vec<Vec<FacetValue>> = vec![Vec::new(); values.groups().len()];
    for (number, count) in (0_u32..).zip(&listed.values) {
        let Some(known) = values.get(number) else { continue };
        let Some(group) = values.groups().get(known.group as usize) else { continue };
        let is_chosen = request.filters.has(&group.key, &known.key);
        if (*count > 0 || is_chosen)
            && let Some(list) = groups.get_mut(known.group as usize)
        {
            let label = shown(&known.label, locale).to_owned();
            list.push(FacetValue { key: known.key.clone(), label, count: *count, is_chosen });
        }
    }
    let facets = values.groups().iter().zip(groups);
    let mut facets: Vec<Facet> = facets
        .filter_map(|(group, values)| facet(&group.key, shown(&group.name, locale).to_owned(), values))
        .collect();
    facets.sort_by_key(|facet| (place(&facet.group), std::cmp::Reverse(weight(facet))));
    let mut shown = 0;
    facets.retain(|facet| {
        let is_option = place(&facet.group) == 0;
        shown += usize::from(is_option);
        !is_option || shown <= MOST_OPTIONS || facet.values.iter().any(|value| value.is_chosen)
    });
    facets
}

fn place(group: &str) -> u8 {
    match group {
        "brand" => 1,
        "tag" => 2,
        _ => 0,
    }
}

fn weight(facet: &Facet) -> u32 {
    facet.values.iter().map(|value| value.count).sum()
}

/// A facet with its most useful values. `None` when there is nothing to choose.
fn facet(group: &str, name: String, mut values: Vec<FacetValue>) -> Option<Facet> {
    values.retain(|value| value.count > 0 || value.is_chosen);
    values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.label.cmp(&other.label)));
    let mut place = 0;
    values.retain(|value| {
        place += 1;
        place <= MOST_VALUES || value.is_chosen
    });
    let is_choice = values.len() > 1 || values.iter().any(|value| value.is_chosen);
    is_choice.then(|| Facet { group: group.to_owned(), name, values })
}
