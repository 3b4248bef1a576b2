//! Prices as the sheet writes them: `62.00`.

/// `62.5` in minor units of a currency with two decimal places; `None` for anything else than a price.
pub(super) fn parse(text: &str) -> Option<i64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 2 || !is_plain(whole) || !is_plain(fraction) {
        return None;
    }
    let cents: i64 = format!("{fraction:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// `6250` as `62.50`.
pub(super) fn format(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_reads_back() {
        for minor in [0, 5, 100, 6250, 123_456_789] {
            assert_eq!(parse(&format(minor)), Some(minor));
        }
        assert_eq!((parse("62"), parse(" 62.5 ")), (Some(6200), Some(6250)));
        for wrong in ["", "-1", "1,5", "1.005", "$5", "1e3", ".5", "99999999999999999999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
