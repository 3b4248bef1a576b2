//! The form and its wishes together: what is parsed when an order is placed, and kept when it is not.

use super::model::{CheckoutForm, PlaceOrder};
use super::wishes::WishesForm;
use crate::error::{AppError, FieldErrors};
use serde::{Deserialize, Serialize};

/// Everything that was typed at the checkout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The form.
    #[serde(flatten)]
    pub form: CheckoutForm,
    /// The wishes in it.
    #[serde(flatten)]
    pub wishes: WishesForm,
    /// A pasted address that is to be taken apart, or what it has replaced.
    #[serde(default)]
    pub paste: String,
    /// Names of places that are meant, although they were doubted before.
    #[serde(default)]
    pub sure: String,
}

impl Draft {
    /// Checks everything.
    ///
    /// # Errors
    /// [`AppError::Invalid`] naming each wrong field, in the order of the form.
    pub fn parse(&self) -> Result<PlaceOrder, AppError> {
        match (self.form.parse(), self.wishes.parse(&self.form.country)) {
            (Ok(order), Ok(wishes)) => Ok(PlaceOrder { wishes, sure: self.sure.clone(), ..order }),
            _ => Err(AppError::Invalid(self.errors())),
        }
    }

    /// The same without anything longer than a field can hold.
    #[must_use]
    pub fn clipped(self) -> Self {
        let clip = |text: String| text.chars().take(1000).collect();
        let (form, wishes) = (self.form.clipped(), self.wishes.clipped());
        Self { form, wishes, paste: clip(self.paste), sure: clip(self.sure) }
    }

    /// What [`Self::parse`] would complain about.
    #[must_use]
    pub fn errors(&self) -> FieldErrors {
        let wishes = self.wishes.errors(&self.form.country);
        FieldErrors(self.form.errors().0.into_iter().chain(wishes.0).collect())
    }
}
