//! The order's page: right after placing, and later from the link in the mail.

use super::model::PUBLIC_PREFIX;
use super::view::OrderContent;
use super::view::bill::Bill;
use crate::AppError;
use crate::i18n::{orders as t, wishes};
use crate::kernel::PublicId;
use crate::payments::form;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::{notice, page, query};
use leptos::prelude::*;

/// `/{l}/orders/{public id}`, for the browser that placed the order; with `?key=…` for whoever has the mail.
#[component]
pub fn OrderPage() -> impl IntoView {
    let id = PublicId::parse(PUBLIC_PREFIX, &query::param("id"));
    let key = query::value("key");
    let reader_key = Some(key.clone()).filter(|key| !key.is_empty());
    // A provider sends the payer back with the id of its session: a reason to ask it, nothing more.
    let is_return = !query::value("session").is_empty();
    let problem = notice::from_query();
    page::render(
        move |cx| async move {
            let id = id.ok_or(AppError::NotFound)?;
            if is_return {
                let reader = form::reader(&cx, reader_key.clone().unwrap_or_default());
                cx.services.payments.refresh(&reader, &id).await?;
            }
            cx.services.orders.page(cx.guest.as_ref(), reader_key.as_deref(), &id, cx.locale).await
        },
        move |frame, order| {
            let (locale, now) = (frame.cx.locale, frame.cx.now);
            let meta = PageMeta {
                description: t::description(locale).to_owned(),
                path: format!("/orders/{}", order.public_id.as_str()),
                ..PageMeta::hidden(t::title(locale, &order.number))
            };
            view! {
                <Layout frame meta>
                    <OrderContent locale order now key problem />
                </Layout>
            }
        },
    )
}

/// `/{l}/orders/{public id}/invoice`, for whoever may open the order.
#[component]
pub fn BillPage() -> impl IntoView {
    let id = PublicId::parse(PUBLIC_PREFIX, &query::param("id"));
    let key = query::value("key");
    let reader_key = Some(key.clone()).filter(|key| !key.is_empty());
    page::render(
        move |cx| async move {
            let id = id.ok_or(AppError::NotFound)?;
            cx.services.orders.page(cx.guest.as_ref(), reader_key.as_deref(), &id, cx.locale).await
        },
        move |frame, order| {
            let (locale, base_url) = (frame.cx.locale, frame.cx.base_url.to_string());
            let meta = PageMeta {
                description: t::description(locale).to_owned(),
                path: format!("/orders/{}/invoice", order.public_id.as_str()),
                ..PageMeta::hidden(wishes::bill_title(locale, &order.number))
            };
            view! {
                <Layout frame meta>
                    <Bill locale order key base_url />
                </Layout>
            }
        },
    )
}
