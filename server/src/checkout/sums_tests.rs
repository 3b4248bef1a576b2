//! The golden numbers of the field's own suites, and what holds for every order.

use super::*;
use app::kernel::{Currency, Money};
use proptest::prelude::*;

fn rate(ppm: i64) -> RatePpm {
    RatePpm::new(ppm).unwrap()
}

fn item(unit_minor: i64, quantity: i64, ppm: i64) -> Item {
    Item { unit_minor, quantity, rate: rate(ppm) }
}

/// Off all items.
fn off(amount_minor: i64) -> Cut {
    Cut { item: None, amount_minor }
}

/// Off one item.
fn off_item(item: usize, amount_minor: i64) -> Cut {
    Cut { item: Some(item), amount_minor }
}

fn added(items: &[Item], ppm: i64) -> Sums {
    sum_up(items, &[], 0, Tax::Added(rate(ppm), false)).unwrap()
}

#[test]
fn net_prices_round_half_up() {
    for (unit, quantity, ppm, tax, total) in [
        (4_595, 1, 100_000, 460, 5_055),
        (4_594, 1, 100_000, 459, 5_053),
        (1_010, 10, 230_000, 2_323, 12_423),
    ] {
        let sums = added(&[item(unit, quantity, 0)], ppm);
        assert_eq!((sums.tax_added, sums.total, sums.tax_included), (tax, total, 0));
    }
}

/// Two rates for one destination are one rate: the cart, the order and the invoice read the same stored figure, and what
/// either rate comes to is a part of it.
#[test]
fn stacked_rates_give_one_figure_whose_parts_add_up() {
    let (state, county) = (82_500, 50_000);
    let sums = added(&[item(2_299, 1, 0)], state + county);
    assert_eq!((sums.tax_added, sums.lines[0].tax_minor, sums.total), (305, 305, 2_604));
    assert_eq!(prorate(sums.tax_added, &[state, county]), [190, 115]);
}

/// One stored policy, rounding per line, gives one answer on the cart, the order, the invoice and the refund.
#[test]
fn a_tax_within_ten_units_is_rounded_once() {
    let sums = sum_up(&[item(3_823, 10, 200_000)], &[], 0, Tax::Included(rate(200_000))).unwrap();
    assert_eq!((sums.total, sums.tax_included), (38_230, 6_372));
    let single = sum_up(&[item(3_823, 1, 200_000)], &[], 0, Tax::Included(rate(200_000))).unwrap();
    assert_eq!(single.tax_included, 637, "ten single units would make two units less");
}

#[test]
fn a_discount_larger_than_the_order_leaves_nothing_to_pay_and_nothing_negative() {
    for tax in [Tax::Included(rate(130_000)), Tax::Added(rate(72_500), true)] {
        let sums = sum_up(&[item(88, 2, 130_000)], &[off(1_000)], 0, tax).unwrap();
        assert_eq!((sums.total, sums.subtotal, sums.tax_included, sums.tax_added), (0, 0, 0, 0));
        assert_eq!((sums.discount, sums.cuts[0].amount_minor), (176, 176), "no more than there is");
    }
}

#[test]
fn the_discounted_line_is_taxed_and_delivery_only_where_the_state_does() {
    let items = [item(5_000, 2, 0), item(1_000, 1, 0)];
    let cuts = [off(500), off_item(0, 1_000)];
    let with = sum_up(&items, &cuts, 900, Tax::Added(rate(100_000), true)).unwrap();
    assert_eq!((with.subtotal, with.tax_added, with.delivery_tax, with.total), (9_500, 1_040, 90, 11_440));
    assert_eq!(
        with.lines.iter().map(|line| (line.total_minor, line.tax_minor)).collect::<Vec<_>>(),
        [(8_550, 855), (950, 95)]
    );
    let without = sum_up(&items, &cuts, 900, Tax::Added(rate(100_000), false)).unwrap();
    assert_eq!(with.cuts.iter().map(|cut| cut.parts.clone()).collect::<Vec<_>>(), [[450, 50], [1_000, 0]]);
    assert_eq!((without.tax_added, without.delivery_tax, without.total), (950, 0, 11_350));
}

#[test]
fn three_equal_lines_share_the_odd_cent_and_sum_to_the_tax() {
    let sums = added(&[item(333, 1, 0), item(333, 1, 0), item(333, 1, 0)], 100_000);
    assert_eq!(sums.tax_added, 100);
    assert_eq!(sums.lines.iter().map(|line| line.tax_minor).collect::<Vec<_>>(), [34, 33, 33]);
}

#[test]
fn a_sum_that_does_not_fit_is_refused() {
    assert!(sum_up(&[item(i64::MAX, 2, 0)], &[], 0, Tax::Included(rate(0))).is_err());
    assert!(sum_up(&[item(i64::MAX, 1, 0)], &[], 1, Tax::Added(rate(0), true)).is_err());
}

/// Minor units are integers whatever their number of decimal places, so the same sums hold for each currency.
#[test]
fn currencies_with_none_two_and_three_decimal_places_are_written_as_they_are() {
    use app::i18n::fmt;
    use app::kernel::Locale;
    let sums = added(&[item(1_999, 3, 0)], 100_000);
    assert_eq!(sums.total, 6_597);
    for (currency, exponent, text) in
        [(Currency::Jpy, 0, "6,597"), (Currency::Cny, 2, "65.97"), (Currency::Kwd, 3, "6.597")]
    {
        assert_eq!(currency.exponent(), exponent);
        let written = fmt::money(Locale::En, Money::new(sums.total, currency));
        assert!(written.ends_with(text), "{written}");
    }
}

#[test]
fn ten_off_three_equal_lines_gives_the_odd_cent_to_the_first() {
    let items = [item(1_000, 1, 130_000), item(1_000, 1, 130_000), item(1_000, 1, 130_000)];
    let sums = sum_up(&items, &[off(1_000)], 1_200, Tax::Included(rate(130_000))).unwrap();
    assert_eq!(sums.cuts, [CutSum { amount_minor: 1_000, parts: vec![334, 333, 333] }]);
    let lines: Vec<_> = sums.lines.iter().map(|line| (line.total_minor, line.tax_minor)).collect();
    assert_eq!(lines, [(666, 77), (667, 77), (667, 77)], "the tax is that of the price that is paid");
    assert_eq!((sums.discount, sums.subtotal, sums.total), (1_000, 2_000, 3_200));
}

#[test]
fn of_two_discounts_the_second_finds_what_the_first_has_left() {
    let items = [item(500, 1, 0), item(300, 1, 0)];
    let (lines, cuts) = cut(&items, &[off(700), off(200), off_item(1, 250)]).unwrap();
    assert_eq!(cuts.iter().map(|cut| cut.amount_minor).collect::<Vec<_>>(), [550, 0, 250]);
    assert!(lines.iter().all(|line| line.total_minor == 0));
    let (_, gone) = cut(&items, &[off_item(7, 100)]).unwrap();
    assert_eq!(gone[0].amount_minor, 0, "there is no such item");
}

prop_compose! {
    fn any_item()(unit in 0_i64..1_000_000, quantity in 1_i64..99, ppm in 0_i64..=300_000) -> Item {
        Item { unit_minor: unit, quantity, rate: rate(ppm) }
    }
}

prop_compose! {
    /// Of one item, of one that is not there, of all; some ask for less than nothing, some for more than there is.
    fn any_cut()(item in prop::option::of(0_usize..12), amount_minor in -10_i64..2_000_000) -> Cut {
        Cut { item, amount_minor }
    }
}

prop_compose! {
    /// With none, two and three decimal places.
    fn any_currency()(index in 0_usize..3) -> Currency {
        [Currency::Jpy, Currency::Cny, Currency::Kwd][index]
    }
}

/// Minor units, read back from what is written on paper; its decimal places must be the currency's.
fn read_back(written: &str, currency: Currency) -> i64 {
    let places = written.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(places, currency.exponent() as usize, "{written}");
    written.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// The tax within a gross amount by other arithmetic: whole units, and one more when half of one is left.
fn half_up(gross: i64, ppm: i64) -> i64 {
    let (exact, parts) = (i128::from(gross) * i128::from(ppm), 1_000_000 + i128::from(ppm));
    i64::try_from(exact / parts + i128::from(exact % parts * 2 >= parts)).unwrap()
}

proptest! {
    /// Whoever adds up what is written gets what is written below it.
    #[test]
    fn the_figures_on_paper_add_up_in_currencies_of_none_two_and_three_decimal_places(
        items in prop::collection::vec(any_item(), 1..12), cuts in prop::collection::vec(any_cut(), 0..3),
        delivery in 0_i64..10_000, ppm in 0_i64..=300_000, is_added: bool, currency in any_currency(), is_zh: bool,
    ) {
        use app::{i18n::fmt, kernel::Locale};
        let locale = if is_zh { Locale::Zh } else { Locale::En };
        let tax = if is_added { Tax::Added(rate(ppm), true) } else { Tax::Included(rate(ppm)) };
        let sums = sum_up(&items, &cuts, delivery, tax).unwrap();
        let paper = |minor: i64| read_back(&fmt::money(locale, Money::new(minor, currency)), currency);
        let lines: i64 = sums.lines.iter().map(|line| paper(line.total_minor)).sum();
        prop_assert_eq!(lines, paper(sums.subtotal));
        prop_assert_eq!(lines + paper(sums.delivery) + paper(sums.tax_added), paper(sums.total));
        let taxes: i64 = sums.lines.iter().map(|line| paper(line.tax_minor)).sum();
        prop_assert_eq!(taxes + paper(sums.delivery_tax), paper(sums.tax_included) + paper(sums.tax_added));
    }

    #[test]
    fn a_tax_inside_is_rounded_half_up_once_for_each_line_and_once_for_delivery(
        items in prop::collection::vec(any_item(), 0..20), cuts in prop::collection::vec(any_cut(), 0..4),
        delivery in 0_i64..10_000, ppm in 0_i64..=300_000,
    ) {
        let sums = sum_up(&items, &cuts, delivery, Tax::Included(rate(ppm))).unwrap();
        for (line, item) in sums.lines.iter().zip(&items) {
            prop_assert_eq!(line.tax_minor, half_up(line.total_minor, item.rate.ppm()));
        }
        prop_assert_eq!(sums.delivery_tax, half_up(delivery, ppm));
    }

    #[test]
    fn a_tax_on_top_is_rounded_half_up_once_and_divided_without_losing_a_unit(
        items in prop::collection::vec(any_item(), 0..20), cuts in prop::collection::vec(any_cut(), 0..4),
        delivery in 0_i64..10_000, ppm in 0_i64..=300_000, is_on_delivery: bool,
    ) {
        let sums = sum_up(&items, &cuts, delivery, Tax::Added(rate(ppm), is_on_delivery)).unwrap();
        let taxed = sums.subtotal + if is_on_delivery { delivery } else { 0 };
        prop_assert_eq!(sums.tax_added, (taxed * ppm * 2 + 1_000_000) / 2_000_000);
        prop_assert!(is_on_delivery || items.is_empty() || sums.delivery_tax == 0);
    }

    #[test]
    fn parts_sum_to_the_total_and_nothing_is_negative(
        items in prop::collection::vec(any_item(), 0..40), cuts in prop::collection::vec(any_cut(), 0..6),
        delivery in 0_i64..10_000, ppm in 0_i64..=300_000, is_added: bool, is_on_delivery: bool,
    ) {
        let tax = if is_added { Tax::Added(rate(ppm), is_on_delivery) } else { Tax::Included(rate(ppm)) };
        let sums = sum_up(&items, &cuts, delivery, tax).unwrap();
        let goods: i64 = sums.lines.iter().map(|line| line.total_minor).sum();
        let line_tax: i64 = sums.lines.iter().map(|line| line.tax_minor).sum();
        prop_assert_eq!((goods, line_tax + sums.delivery_tax), (sums.subtotal, sums.tax_included + sums.tax_added));
        prop_assert_eq!(sums.total, sums.subtotal + sums.delivery + sums.tax_added);
        prop_assert!(sums.lines.iter().all(|line| line.total_minor >= 0 && line.tax_minor >= 0));
        prop_assert!(sums.tax_included <= sums.subtotal + sums.delivery && (is_added || sums.tax_added == 0));
        prop_assert_eq!(super::goods(&items, &cuts).unwrap(), sums.subtotal);
    }

    #[test]
    fn a_discount_is_the_sum_of_its_parts_and_a_line_bears_its_parts(
        items in prop::collection::vec(any_item(), 0..40), cuts in prop::collection::vec(any_cut(), 0..6),
    ) {
        let (lines, sums) = cut(&items, &cuts).unwrap();
        for (wish, sum) in cuts.iter().zip(&sums) {
            prop_assert_eq!((sum.parts.len(), sum.parts.iter().sum::<i64>()), (items.len(), sum.amount_minor));
            prop_assert!(sum.parts.iter().all(|part| *part >= 0) && sum.amount_minor <= wish.amount_minor.max(0));
            let is_other = |index: usize| wish.item.is_some_and(|item| item != index);
            prop_assert!(sum.parts.iter().enumerate().all(|(index, part)| *part == 0 || !is_other(index)));
        }
        for (index, (item, line)) in items.iter().zip(&lines).enumerate() {
            prop_assert_eq!(line.discount_minor, sums.iter().map(|sum| sum.parts[index]).sum::<i64>());
            prop_assert_eq!(line.total_minor + line.discount_minor, item.unit_minor * item.quantity);
        }
    }

    #[test]
    fn a_discount_on_the_order_is_taken_off_exactly(items in prop::collection::vec(any_item(), 1..40), discount in 0_i64..5_000_000) {
        let without = goods(&items, &[]).unwrap();
        prop_assert_eq!(goods(&items, &[off(discount)]).unwrap(), without - discount.min(without));
    }

    #[test]
    fn a_tax_that_was_added_is_found_again_inside(net in 0_i64..1_000_000_000, ppm in 0_i64..=1_000_000) {
        let tax = rate(ppm).on_net(net);
        let inside = rate(ppm).within_gross(net + tax);
        prop_assert!((inside - tax).abs() <= 1, "{} {}", inside, tax);
    }
}
