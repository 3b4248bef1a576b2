//! The endpoints of the order page's forms.

use super::model::{PaymentMethod, Reader};
use crate::error::AppError;
use crate::kernel::PublicId;
use crate::orders::model::PUBLIC_PREFIX;
use crate::routes::href;
use leptos::server;
use leptos::server_fn::codec::{Json, PostUrl};
use serde::{Deserialize, Serialize};

/// Where a form leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// A page of the provider, or of ours.
    pub url: String,
}

/// `POST /api/payments/pay`: where to pay an order, by a method of the shopper's choice.
#[server(prefix = "/api", endpoint = "payments/pay", input = PostUrl, output = Json)]
pub async fn pay_order(
    /// The order's public id.
    #[server(default)]
    order: String,
    /// The secret of the mail's link, when the page was opened by it.
    #[server(default)]
    key: String,
    /// Name of a [`PaymentMethod`].
    #[server(default)]
    payment_method: String,
) -> Result<Next, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let id = PublicId::parse(PUBLIC_PREFIX, &order).ok_or(AppError::NotFound)?;
        let method =
            PaymentMethod::parse(&payment_method).map_err(|code| AppError::field("payment_method", code))?;
        let reader = Reader { guest: cx.guest.clone(), key: Some(key).filter(|key| !key.is_empty()) };
        Ok(Next { url: cx.services.payments.pay(&reader, &id, method).await? })
    };
    cx.answer(result.await, |next| next.url.clone())
}

/// `POST /api/orders/cancel`: calls an order off before it is sent.
#[server(prefix = "/api", endpoint = "orders/cancel", input = PostUrl, output = Json)]
pub async fn cancel_order(
    /// The order's public id.
    #[server(default)]
    order: String,
    /// The secret of the mail's link, when the page was opened by it.
    #[server(default)]
    key: String,
) -> Result<Next, AppError> {
    let cx = crate::RequestCx::current();
    let url = href::order_with_key(cx.locale, &order, &key);
    let result = async {
        let id = PublicId::parse(PUBLIC_PREFIX, &order).ok_or(AppError::NotFound)?;
        let reader = Reader { guest: cx.guest.clone(), key: Some(key).filter(|key| !key.is_empty()) };
        cx.services.payments.cancel(&reader, &id).await?;
        Ok(Next { url })
    };
    cx.answer(result.await, |next| next.url.clone())
}
