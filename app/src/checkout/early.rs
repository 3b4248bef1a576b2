//! Wishes that are told in the cart already: a part of the checkout's draft, so that both pages show the same.

use super::draft::Draft;
use super::form::text;
use super::model::CheckoutPage;
use crate::error::FieldErrors;
use serde::{Deserialize, Serialize};

/// The fields as typed. Every one may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EarlyWishes {
    /// Anything when it is to be wrapped.
    pub gift: String,
    /// Words for the card.
    pub gift_message: String,
    /// A wish for the courier.
    pub note: String,
}

impl EarlyWishes {
    /// What a page's draft says of them.
    #[must_use]
    pub fn of(page: &CheckoutPage) -> Self {
        let (wishes, note) = (&page.wishes, page.draft.note.clone());
        Self { gift: wishes.gift.clone(), gift_message: wishes.gift_message.clone(), note }
    }

    /// Puts them into a draft; everything else of it stays.
    pub fn put_into(&self, draft: &mut Draft) {
        draft.wishes.gift.clone_from(&self.gift);
        draft.wishes.gift_message.clone_from(&self.gift_message);
        draft.form.note.clone_from(&self.note);
    }

    /// What the checkout would complain about.
    #[must_use]
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.take("gift_message", text(&self.gift_message, MESSAGE, false));
        errors.take("note", text(&self.note, NOTE, false));
        errors
    }
}

/// Letters on a gift's card at most.
pub(super) const MESSAGE: usize = 200;
/// Letters of a wish for the courier at most.
pub(super) const NOTE: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn what_is_too_long_here_is_too_long_at_the_checkout() {
        for (message, note, field) in [(201, 0, "gift_message"), (0, 501, "note")] {
            let (gift_message, note) = ("长".repeat(message), "长".repeat(note));
            let early = EarlyWishes { gift_message, note, ..EarlyWishes::default() };
            assert_eq!(early.errors().of(field), Some(ErrorCode::TooLong));
            let mut draft = Draft::default();
            early.put_into(&mut draft);
            assert_eq!(draft.errors().of(field), Some(ErrorCode::TooLong));
        }
        let (gift_message, note) = ("长".repeat(200), "长".repeat(500));
        assert!(EarlyWishes { gift_message, note, ..EarlyWishes::default() }.errors().is_empty());
    }

    #[test]
    fn nothing_else_of_the_draft_changes() {
        let mut draft = Draft::default();
        draft.form.name = "李".into();
        draft.wishes.invoice = "personal".into();
        let early = EarlyWishes { gift: "on".into(), gift_message: "好".into(), note: "门卫".into() };
        early.put_into(&mut draft);
        assert_eq!((draft.wishes.gift.as_str(), draft.form.note.as_str()), ("on", "门卫"));
        EarlyWishes::default().put_into(&mut draft);
        let mut left = Draft::default();
        left.form.name = "李".into();
        left.wishes.invoice = "personal".into();
        assert_eq!(draft, left, "what was taken back is gone, the rest is not");
    }
}
