//! What a visitor does, once.

use super::large_cart;
use super::visitor::Visitor;
use anyhow::{Result, ensure};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A product with several variants, plenty of which is there.
pub(super) const PRODUCT: &str = "/en/p/bamboo-thermos";
/// What is put into carts.
pub(super) const SKU: &str = "JS-TK06-WALNUT";
const ORDER: &str = "email=bench%40example.com&name=Ada+Byron&phone=%2B14155550100&country=US&region=California\
                     &city=San+Francisco&line1=1+Market+Street&postcode=94105&payment_method=cash_on_delivery";

/// A page or an answer that anybody may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Home,
    Category,
    Product,
    Search,
    Suggest,
    /// Searches whose text nobody has looked for lately: no answer that is remembered helps.
    SearchNew,
    SuggestNew,
}

/// Words of generated catalogues and of the demo's; with a number they make texts that are new each time.
const WORDS: [&str; 8] = ["walnut", "celadon", "brass", "linen", "lamp", "glass", "bamboo", "cup"];

/// Texts so far, of all visitors together.
static TEXTS: AtomicUsize = AtomicUsize::new(0);

impl Page {
    pub(super) const ALL: [Self; 5] =
        [Self::Home, Self::Category, Self::Product, Self::Search, Self::Suggest];

    /// Where it is; a product's place depends on the shop.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Home => "/en",
            Self::Category => "/en/c/tea-kitchen",
            Self::Product => PRODUCT,
            Self::Search => "/en/search?q=tea",
            Self::SearchNew => "/en/search",
            Self::Suggest | Self::SuggestNew => "/api/search/suggest?q=te&l=en",
        }
    }

    /// The address of a visitor's next turn.
    fn address(self, visitor: &mut Visitor) -> String {
        let begin = match self {
            Self::Product => return visitor.product.clone(),
            Self::SearchNew => "/en/search?q=",
            Self::SuggestNew => "/api/search/suggest?l=en&q=",
            _ => return self.path().to_owned(),
        };
        let turn = TEXTS.fetch_add(1, Ordering::Relaxed);
        let word = WORDS.get(turn % WORDS.len()).copied().unwrap_or_default();
        format!("{begin}{word}+{}", turn / WORDS.len() % 1_000)
    }
}

/// One thing to do again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scenario {
    Page(Page),
    AddToCart,
    Checkout,
    /// Another number of units on a line of a cart that holds as many lines as a cart can.
    LargeCart,
    /// All of these in turn, as a day's visitors do: looking around mostly, buying now and then.
    Mix,
    StaticFile,
}

/// A visitor's turns in a mix.
const TURNS: [Scenario; 12] = [
    Scenario::Page(Page::Home),
    Scenario::Page(Page::Category),
    Scenario::Page(Page::Product),
    Scenario::Page(Page::Suggest),
    Scenario::Page(Page::Search),
    Scenario::Page(Page::Product),
    Scenario::AddToCart,
    Scenario::Page(Page::Suggest),
    Scenario::Page(Page::Category),
    Scenario::Page(Page::Search),
    Scenario::Page(Page::Product),
    Scenario::Checkout,
];

impl Scenario {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Page(Page::Home) => "home",
            Self::Page(Page::Category) => "category",
            Self::Page(Page::Product) => "product",
            Self::Page(Page::Search) => "search",
            Self::Page(Page::Suggest) => "suggestions",
            Self::Page(Page::SearchNew) => "search, a new text each time",
            Self::Page(Page::SuggestNew) => "suggestions, a new text each time",
            Self::AddToCart => "add to cart",
            Self::Checkout => "whole guest checkout",
            Self::LargeCart => "a line of a cart of 500",
            Self::Mix => "mixed visitors",
            Self::StaticFile => "product page as a file",
        }
    }

    /// What has to be there before the first time; it is not counted.
    pub(super) async fn prepare(self, visitor: &mut Visitor) -> Result<()> {
        if self == Self::LargeCart { large_cart::fill(visitor).await } else { Ok(()) }
    }

    /// Does it once. An answer that is not what a visitor wants is an error.
    pub(super) async fn once(self, visitor: &mut Visitor) -> Result<()> {
        match self {
            Self::Mix => {
                let turn = visitor.next_turn() % TURNS.len();
                let Some(scenario) = TURNS.get(turn) else { return Ok(()) };
                Box::pin(scenario.once(visitor)).await
            }
            Self::Page(any) => {
                let path = any.address(visitor);
                page(visitor, &path).await
            }
            Self::StaticFile => page(visitor, super::nginx::PAGE).await,
            Self::AddToCart => {
                visitor.become_a_stranger();
                add(visitor).await
            }
            Self::LargeCart => large_cart::update(visitor).await,
            Self::Checkout => {
                visitor.become_a_stranger();
                add(visitor).await?;
                let answer = visitor.post("/api/checkout/place", ORDER.to_owned()).await?;
                ensure!(answer.status == 200, "placing answered {}", answer.status);
                Ok(())
            }
        }
    }
}

async fn page(visitor: &mut Visitor, path: &str) -> Result<()> {
    let answer = visitor.get(path).await?;
    ensure!(answer.status == 200 && !answer.body.is_empty(), "{path} answered {}", answer.status);
    Ok(())
}

async fn add(visitor: &mut Visitor) -> Result<()> {
    let answer = visitor.post("/api/cart/add", format!("variant_sku={SKU}&quantity=1")).await?;
    ensure!(answer.status == 200, "adding answered {}", answer.status);
    Ok(())
}
