//! Which products stand beside a product: pure, from what is known of all of them.

use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Neighbours kept of each kind: twice what a page shows, since some will be sold out.
const KEPT: usize = 8;
/// Products looked at on either side of a product's price, so that a shelf of thousands takes no longer.
const REACH: usize = 120;

/// What is known of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Traits {
    pub(super) id: Uuid,
    pub(super) category: Uuid,
    /// The top-level category.
    pub(super) shelf: Uuid,
    pub(super) tags: BTreeSet<String>,
    pub(super) price: i64,
}

/// A product's neighbours, the nearest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Neighbours {
    pub(super) product: Uuid,
    /// Of the same category: what else it could have been.
    pub(super) similar: Vec<Uuid>,
    /// Of another category of the same shelf: what goes with it.
    pub(super) matches: Vec<Uuid>,
}

/// The neighbours of every product. Nearness is shared tags first, then a similar price.
pub(super) fn of_all(products: Vec<Traits>) -> Vec<Neighbours> {
    let mut shelves: BTreeMap<Uuid, Vec<Traits>> = BTreeMap::new();
    for product in products {
        shelves.entry(product.shelf).or_default().push(product);
    }
    let mut all = Vec::new();
    for shelf in shelves.values_mut() {
        shelf.sort_by_key(|product| (product.price, product.id));
        for (index, product) in shelf.iter().enumerate() {
            let around = shelf.iter().skip(index.saturating_sub(REACH)).take(2 * REACH + 1);
            let others: Vec<&Traits> = around.filter(|other| other.id != product.id).collect();
            let (same, different): (Vec<&Traits>, Vec<&Traits>) =
                others.into_iter().partition(|other| other.category == product.category);
            all.push(Neighbours {
                product: product.id,
                similar: nearest(product, same),
                matches: nearest(product, different),
            });
        }
    }
    all
}

fn nearest(product: &Traits, mut others: Vec<&Traits>) -> Vec<Uuid> {
    others.sort_by_cached_key(|other| {
        let shared = product.tags.intersection(&other.tags).count();
        (std::cmp::Reverse(shared), product.price.abs_diff(other.price), other.id)
    });
    others.into_iter().take(KEPT).map(|other| other.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(id: u128, category: u128, tags: &[&str], price: i64) -> Traits {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Traits {
            id: Uuid::from_u128(id),
            category: Uuid::from_u128(category),
            shelf: Uuid::nil(),
            tags,
            price,
        }
    }

    fn ids(list: &[Uuid]) -> Vec<u128> {
        list.iter().map(Uuid::as_u128).collect()
    }

    #[test]
    fn similar_is_of_the_same_category_and_a_match_is_not() {
        let all = of_all(vec![
            traits(1, 10, &["tea"], 100),
            traits(2, 10, &[], 110),
            traits(3, 10, &["tea"], 900),
            traits(4, 20, &["tea"], 500),
            traits(5, 20, &[], 100),
        ]);
        let first = all.iter().find(|neighbours| neighbours.product == Uuid::from_u128(1)).unwrap();
        assert_eq!(ids(&first.similar), [3, 2], "a shared tag counts more than the price");
        assert_eq!(ids(&first.matches), [4, 5]);
    }

    #[test]
    fn nothing_is_its_own_neighbour_and_a_lone_product_has_none() {
        let all = of_all(vec![traits(1, 10, &[], 100)]);
        assert!(all[0].similar.is_empty() && all[0].matches.is_empty());
    }

    #[test]
    fn a_shelf_of_thousands_looks_around_the_price_only() {
        let shelf: Vec<Traits> =
            (0..5_000).map(|id| traits(id, 10, &[], i64::try_from(id).unwrap())).collect();
        let all = of_all(shelf);
        assert_eq!(all.len(), 5_000);
        assert!(all.iter().all(|neighbours| neighbours.similar.len() == KEPT));
        assert_eq!(ids(&all[2_500].similar).iter().max(), Some(&2_504));
    }
}
