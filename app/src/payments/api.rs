//! The endpoints of the order page's forms.

use crate::error::AppError;
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
    /// Name of a [`PaymentMethod`](super::model::PaymentMethod).
    #[server(default)]
    payment_method: String,
) -> Result<Next, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let id = super::form::order(&order)?;
        let method = super::form::method(&payment_method)?;
        let url = cx.services.payments.pay(&super::form::reader(&cx, key), &id, method).await?;
        Ok(Next { url })
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
    let result = async {
        let url = crate::routes::href::order_with_key(cx.locale, &order, &key);
        let id = super::form::order(&order)?;
        cx.services.payments.cancel(&super::form::reader(&cx, key), &id).await?;
        Ok(Next { url })
    };
    cx.answer(result.await, |next| next.url.clone())
}
