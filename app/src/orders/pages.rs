//! The order's page: right after placing, and later from the link in the mail.

use super::model::PUBLIC_PREFIX;
use super::view::OrderContent;
use crate::AppError;
use crate::i18n::orders as t;
use crate::kernel::PublicId;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::{page, query};
use leptos::prelude::*;

/// `/{l}/orders/{public id}`, for the browser that placed the order; with `?key=…` for whoever has the mail.
#[component]
pub fn OrderPage() -> impl IntoView {
    let id = PublicId::parse(PUBLIC_PREFIX, &query::param("id"));
    let key = Some(query::value("key")).filter(|key| !key.is_empty());
    page::render(
        |cx| async move {
            let id = id.ok_or(AppError::NotFound)?;
            cx.services.orders.page(cx.guest.as_ref(), key.as_deref(), &id, cx.locale).await
        },
        |frame, order| {
            let (locale, now) = (frame.cx.locale, frame.cx.now);
            let meta = PageMeta {
                description: t::description(locale).to_owned(),
                path: format!("/orders/{}", order.public_id.as_str()),
                ..PageMeta::hidden(t::title(locale, &order.number))
            };
            view! {
                <Layout frame meta>
                    <OrderContent locale order now />
                </Layout>
            }
        },
    )
}
