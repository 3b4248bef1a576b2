//! `/{l}/help/{slug}`

use super::Topic;
use crate::AppError;
use crate::catalog::view::Crumbs;
use crate::i18n::help as t;
use crate::routes::href;
use crate::ui::layout::Layout;
use crate::ui::meta::{JsonLd, PageMeta};
use crate::ui::page::{self, Frame};
use crate::ui::query;
use leptos::prelude::*;

/// A topic's page.
#[component]
pub fn HelpPage() -> impl IntoView {
    let topic = Topic::from_slug(&query::param("slug"));
    page::render(
        move |_| async move { topic.ok_or(AppError::NotFound) },
        |frame, topic| view! { <Help frame topic /> },
    )
}

#[component]
fn Help(frame: Frame, topic: Topic) -> impl IntoView {
    let locale = frame.cx.locale;
    let (title, summary) = (topic.title(locale), topic.summary(locale));
    let meta = PageMeta {
        title: title.to_owned(),
        description: summary.to_owned(),
        path: format!("/help/{}", topic.slug()),
        is_indexed: true,
        ..PageMeta::default()
    };
    let answers = topic.answers(locale);
    let data = faq(&answers);
    let sections: Vec<_> = answers
        .into_iter()
        .map(|(question, answer)| {
            view! {
                <section>
                    <h2>{question}</h2>
                    <p>{answer}</p>
                </section>
            }
        })
        .collect();
    let others: Vec<_> = Topic::ALL
        .into_iter()
        .map(|other| {
            let current = (other == topic).then_some("page");
            view! {
                <li>
                    <a href=href::help(locale, other.slug()) aria-current=current>
                        {other.title(locale)}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <Layout frame meta>
            <Crumbs locale crumbs=vec![] here=title />
            <div class="help">
                <nav class="help-menu" aria-label=t::topics(locale)>
                    <ul>{others}</ul>
                </nav>
                <article class="help-text">
                    <h1>{title}</h1>
                    <p class="help-summary">{summary}</p>
                    {sections}
                </article>
            </div>
            <JsonLd data />
        </Layout>
    }
    .into_any()
}

/// The questions for search engines.
fn faq(answers: &[(&str, &str)]) -> serde_json::Value {
    let entities: Vec<_> =
        answers.iter().map(|(question, answer)| crate::ui::meta::question(question, answer)).collect();
    serde_json::json!({"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entities})
}
