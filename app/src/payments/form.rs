//! Reading the fields of the order page's forms.

use super::model::{PaymentMethod, Reader};
use crate::RequestCx;
use crate::error::AppError;
use crate::kernel::PublicId;
use crate::orders::model::PUBLIC_PREFIX;

/// The order that a form is about.
///
/// # Errors
/// [`AppError::NotFound`] for anything that cannot be an order's id.
pub fn order(text: &str) -> Result<PublicId, AppError> {
    PublicId::parse(PUBLIC_PREFIX, text).ok_or(AppError::NotFound)
}

/// The chosen method.
///
/// # Errors
/// [`AppError::Invalid`] for anything that is no method.
pub fn method(text: &str) -> Result<PaymentMethod, AppError> {
    PaymentMethod::parse(text).map_err(|code| AppError::field("payment_method", code))
}

/// Who sends a form: the browser, and the secret of the mail's link when the page was opened by it.
#[must_use]
pub fn reader(cx: &RequestCx, key: String) -> Reader {
    Reader { guest: cx.guest.clone(), key: Some(key).filter(|key| !key.is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_an_order_or_a_method_is_refused_by_name() {
        assert_eq!(order("../x"), Err(AppError::NotFound));
        assert_eq!(method("iou").map_err(|error| error.status()), Err(422));
    }
}
