//! From what a shopper has chosen to the numbers of the index, and from what was found to what is told about it.

use super::engine::Index;
use super::engine::matching::{Fit, Found};
use super::highlight;
use app::catalog::model::ProductCard;
use app::search::model::{Filters, Understood};
use std::collections::HashMap;

/// The places of a category and of everything below it. `None` when there is none of that name.
pub(super) fn family(index: &Index, slug: &str) -> Option<Vec<u32>> {
    let top = index.categories.iter().position(|category| category.slug == slug)?;
    let mut ids = vec![index.categories.get(top)?.id];
    let mut places = vec![u32::try_from(top).ok()?];
    // Categories are few and two levels deep; each round finds the next level.
    loop {
        let below = (0_u32..).zip(&index.categories).filter(|(place, category)| {
            category.parent.is_some_and(|parent| ids.contains(&parent)) && !places.contains(place)
        });
        let below: Vec<(u32, uuid::Uuid)> = below.map(|(place, category)| (place, category.id)).collect();
        if below.is_empty() {
            return Some(places);
        }
        for (place, id) in below {
            places.push(place);
            ids.push(id);
        }
    }
}

/// Chosen categories and values as numbers, and whether one of the groups asks for nothing that exists.
pub(super) fn chosen(index: &Index, filters: &Filters) -> (Vec<u32>, HashMap<u32, Vec<u32>>, bool) {
    let mut categories = Vec::new();
    let mut values: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut is_impossible = false;
    for (group, key) in &filters.values {
        if group == "cat" {
            let places = family(index, key);
            is_impossible |= places.is_none();
            categories.extend(places.unwrap_or_default());
            continue;
        }
        match index.columns.values.find_group(group) {
            Some(number) => {
                let wanted = values.entry(number).or_default();
                wanted.extend(index.columns.values.find(number, key));
            }
            None => is_impossible = true,
        }
    }
    (categories, values, is_impossible)
}

/// What to tell about how a text was understood.
pub(super) fn understood(found: Option<&Found>, cards: &[ProductCard]) -> Understood {
    let Some(found) = found else { return Understood::AsWritten };
    match &found.fit {
        Fit::Exact | Fit::Nothing => Understood::AsWritten,
        Fit::Mended(text) => Understood::As(text.clone()),
        Fit::Near => Understood::Near,
        Fit::Sound => {
            let spoken = cards.iter().find_map(|card| {
                let (from, to) = *highlight::marks(&card.title, &found.words).first()?;
                card.title.get(from..to).map(str::to_owned)
            });
            spoken.map_or(Understood::Near, Understood::As)
        }
    }
}
