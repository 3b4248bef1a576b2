//! What a visitor does, once.

use super::visitor::Visitor;
use anyhow::{Result, ensure};

/// A product with several variants, plenty of which is there.
pub(super) const PRODUCT: &str = "/en/p/bamboo-thermos";
/// What is put into carts.
pub(super) const SKU: &str = "JS-TK06-WALNUT";
const ORDER: &str = "email=bench%40example.com&name=Ada+Byron&phone=%2B14155550100&country=US&region=California\
                     &city=San+Francisco&line1=1+Market+Street&postcode=94105&payment_method=cash_on_delivery";

/// One thing to do again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scenario {
    Home,
    Category,
    Product,
    Search,
    AddToCart,
    Checkout,
    StaticFile,
}

impl Scenario {
    pub(super) const ALL: [Self; 6] =
        [Self::Home, Self::Category, Self::Product, Self::Search, Self::AddToCart, Self::Checkout];
    pub(super) const PAGES: [Self; 4] = [Self::Home, Self::Category, Self::Product, Self::Search];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Category => "category",
            Self::Product => "product",
            Self::Search => "search",
            Self::AddToCart => "add to cart",
            Self::Checkout => "whole guest checkout",
            Self::StaticFile => "product page as a file",
        }
    }

    /// Whether stock is used up by it.
    pub(super) const fn buys(self) -> bool {
        matches!(self, Self::Checkout)
    }

    /// Does it once. An answer that is not what a visitor wants is an error.
    pub(super) async fn once(self, visitor: &mut Visitor) -> Result<()> {
        match self {
            Self::Home => page(visitor, "/en").await,
            Self::Category => page(visitor, "/en/c/tea-kitchen").await,
            Self::Product => page(visitor, PRODUCT).await,
            Self::Search => page(visitor, "/en/search?q=tea").await,
            Self::StaticFile => page(visitor, super::nginx::PAGE).await,
            Self::AddToCart => {
                visitor.become_a_stranger();
                add(visitor).await
            }
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
