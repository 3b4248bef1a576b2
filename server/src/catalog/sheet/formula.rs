//! Cells that a spreadsheet program would run instead of showing.
//!
//! A cell is a formula to them when it begins with a sign of these, whatever stands in the shop: `=HYPERLINK(…)` would
//! tell another server what the sheet holds. A `'` in front makes it a text. A text that has such a `'` of its own gets
//! another one, so that what is written reads back as it was.

/// What a formula begins with: the signs that OWASP names, for CSV injection and in ASVS 5.0, 1.2.10. Programs in East
/// Asian languages take the wide ones for the others.
const BEGINNINGS: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0'];

const GUARD: char = '\'';

/// Whether the text is a formula, behind any number of guards.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches(GUARD).starts_with(BEGINNINGS)
}

/// The text as a cell that is no formula.
pub(super) fn guard(mut text: String) -> String {
    if is_formula(&text) {
        text.insert(0, GUARD);
    }
    text
}

/// The text in a guarded cell; `None` when it has no guard: other programs write formulas as they are.
pub(super) fn unguard(cell: &str) -> Option<&str> {
    cell.strip_prefix(GUARD).filter(|text| is_formula(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As a cell is read: one without a guard is its own text.
    fn read(cell: &str) -> &str {
        unguard(cell).unwrap_or(cell)
    }

    #[test]
    fn a_text_that_would_be_a_formula_gets_a_guard() {
        for (text, cell) in [
            ("=HYPERLINK(\"https://evil.example\")", "'=HYPERLINK(\"https://evil.example\")"),
            ("+86 pot", "'+86 pot"),
            ("-10 °C", "'-10 °C"),
            ("@maker", "'@maker"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("\0=1", "'\0=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'''-", "''''-"),
        ] {
            assert_eq!(guard(text.to_owned()), cell);
            assert_eq!(unguard(cell), Some(text));
        }
    }

    #[test]
    fn every_other_text_stays_as_it_is() {
        for text in [
            "",
            "'",
            "''",
            "Cup",
            "'s Gravenhage",
            "1+1=2",
            "62.00",
            "{\"a\":\"=1\"}",
            "https://a.example/=",
            "茶壶",
        ] {
            assert_eq!(guard(text.to_owned()), text);
            assert_eq!(unguard(text), None, "{text}");
        }
    }

    #[test]
    fn a_formula_of_another_program_is_read_as_it_is() {
        for cell in ["=1", "-10", "＠", "\t"] {
            assert_eq!(unguard(cell), None, "{cell:?}");
        }
    }

    /// Texts among which guards and formulas are frequent, and any other ones.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof!["'{0,3}[=+@＝＋－＠\t\r\n\0-]?'{0,2}[a-z=]{0,3}", any::<String>()]
    }

    proptest! {
        #[test]
        fn every_text_reads_back_and_no_cell_is_a_formula(text in texts()) {
            let cell = guard(text.clone());
            prop_assert!(!cell.starts_with(BEGINNINGS), "{cell:?}");
            prop_assert_eq!(read(&cell), text);
        }
    }
}
