//! What a card shows of a product, from one row.

use super::row::CardDoc;
use sqlx::types::Json;
use uuid::Uuid;

/// A published product as far as a card needs it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CardRow {
    /// Its id.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// Texts and media.
    pub content: Json<CardDoc>,
    /// What its variants are offered for, see [`Self::sum`]; `None` when none is sold in the currency.
    pub offers: Option<String>,
}

/// What the variants of a card's product add up to in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardSum {
    /// The lowest price in minor units.
    pub least_minor: i64,
    /// The highest one.
    pub most_minor: i64,
    /// The former price of the cheapest variant.
    pub former_minor: Option<i64>,
    /// Whether a variant can be bought now.
    pub is_in_stock: bool,
}

impl CardRow {
    /// Adds the offers up: `amount former position stock` of each variant, with commas between them. One walk over the
    /// variants in the database instead of one per figure; `None` when nothing is sold in the currency.
    #[must_use]
    pub fn sum(&self) -> Option<CardSum> {
        let offers = self.offers.as_deref()?.split(',').filter_map(|offer| {
            let mut figures = offer.split(' ').map(str::parse::<i64>);
            let mut next = || figures.next()?.ok();
            Some((next()?, next()?, next()?, next()?))
        });
        let mut cheapest: Option<(i64, i64, i64)> = None;
        let (mut most_minor, mut is_in_stock) = (i64::MIN, false);
        for (amount, former, position, stock) in offers {
            if cheapest.is_none_or(|known| (amount, position) < (known.0, known.1)) {
                cheapest = Some((amount, position, former));
            }
            most_minor = most_minor.max(amount);
            is_in_stock |= stock > 0;
        }
        let (least_minor, _, former) = cheapest?;
        Some(CardSum {
            least_minor,
            most_minor,
            former_minor: Some(former).filter(|minor| *minor > 0),
            is_in_stock,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::kernel::Localized;

    fn sum(offers: Option<&str>) -> Option<CardSum> {
        let content =
            Json(CardDoc { title: Localized::default(), subtitle: Localized::default(), media: vec![] });
        let offers = offers.map(str::to_owned);
        CardRow { id: Uuid::nil(), slug: String::new(), content, offers }.sum()
    }

    #[test]
    fn a_card_shows_the_cheapest_variant_and_whether_any_can_be_bought() {
        let found = sum(Some("500 0 2 0,300 450 1 0,300 0 0 1,900 1000 3 0")).unwrap();
        assert_eq!((found.least_minor, found.most_minor, found.is_in_stock), (300, 900, true));
        assert_eq!(found.former_minor, None, "of two equally cheap ones the first counts");
        assert_eq!(sum(Some("300 450 1 0")).unwrap().former_minor, Some(450));
        assert!(!sum(Some("300 450 1 0")).unwrap().is_in_stock);
    }

    #[test]
    fn what_is_not_sold_in_the_currency_has_no_sum() {
        assert_eq!(sum(None), None);
        assert_eq!(sum(Some("")), None);
    }
}
