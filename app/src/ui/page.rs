//! A page's life: read the request, load what it shows together with the menu, show it or its error.

use super::error_page::ErrorPage;
use crate::catalog::model::CategoryLink;
use crate::{AppError, RequestCx};
use futures::join;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

/// What every page has at hand beside its own content.
#[derive(Clone)]
pub struct Frame {
    /// The request.
    pub cx: RequestCx,
    /// Top-level categories for the menus; empty when the catalogue cannot be read.
    pub categories: Vec<CategoryLink>,
}

/// Renders a page: `load` fetches its content beside the menu, `view` shows it.
/// When loading fails, the answer has the error's status and the error page in the request's language.
///
/// Call it from the page's component; read parameters (see [`super::query`]) before.
pub fn render<T, V, Fut>(
    load: impl FnOnce(RequestCx) -> Fut,
    view: impl FnOnce(Frame, T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let cx = RequestCx::current();
    let content = load(cx.clone());
    Suspend::new(async move {
        let menu = cx.services.catalog.categories(cx.view());
        let (menu, content) = join!(menu, content);
        let categories = menu.unwrap_or_default();
        let frame = Frame { cx, categories };
        let shown = match content {
            Ok(content) => view(frame, content).into_any(),
            Err(error) => failed(frame, error),
        };
        // A page that had to wait is written by whichever thread comes by, which knows nothing of this request:
        // without its owner the head's tags would be lost, or end up in somebody else's page.
        OwnedView::new(shown)
    })
    .into_any()
}

fn failed(frame: Frame, error: AppError) -> AnyView {
    frame.cx.responder.status(error.status());
    view! { <ErrorPage frame error /> }.into_any()
}
