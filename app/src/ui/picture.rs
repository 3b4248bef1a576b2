//! Pictures in the width that the screen needs, with their size, so that nothing jumps while they load.

use crate::catalog::model::Picture;
use leptos::prelude::*;
use leptos_meta::Link;
use std::fmt::Write as _;

/// How large a picture stands on the page: which widths are worth offering, and what the browser is told about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// A small square beside words.
    Thumb,
    /// A product in a grid.
    #[default]
    Card,
    /// The large picture of a product.
    Gallery,
    /// A picture across half of the page, cut at its sides.
    Half,
    /// A picture across the whole page.
    Full,
}

impl Fit {
    /// The smallest and the largest width that are offered.
    const fn widths(self) -> (u32, u32) {
        match self {
            Self::Thumb => (160, 320),
            Self::Card => (320, 640),
            Self::Gallery => (480, u32::MAX),
            Self::Half => (480, 1280),
            Self::Full => (640, u32::MAX),
        }
    }

    /// The `sizes` attribute: how wide the layout shows it. Pictures that are cut count by what is cut, too.
    #[must_use]
    pub const fn sizes(self) -> &'static str {
        match self {
            Self::Thumb => "5rem",
            Self::Card => "(min-width: 90rem) 19rem, (min-width: 48rem) 23vw, 45vw",
            Self::Gallery => {
                "(min-width: 90rem) 47rem, (min-width: 64rem) 50vw, (min-width: 48rem) 46vw, 100vw"
            }
            Self::Half => "(min-width: 48rem) 48vw, 80vw",
            Self::Full => "(min-width: 40rem) 100vw, 130vw",
        }
    }

    /// The `srcset` attribute; empty for a picture that exists in one width only.
    #[must_use]
    pub fn srcset(self, picture: &Picture) -> String {
        let (least, most) = self.widths();
        let mut set = String::new();
        for width in Picture::WIDTHS {
            if (least..=most).contains(&width) && Picture::has_width(picture.width, width) {
                let _ = write!(set, "{} {width}w, ", picture.at(width));
            }
        }
        if !Picture::has_width(picture.width, most) {
            let _ = write!(set, "{} {}w", picture.src, picture.width);
        }
        set.truncate(set.trim_end_matches(", ").len());
        set
    }

    /// The file for browsers that choose by themselves no better.
    fn fallback(self, picture: &Picture) -> String {
        match self.widths().1 {
            u32::MAX => picture.src.clone(),
            most => picture.at(most),
        }
    }
}

/// A picture. Below the fold it loads lazily; the page's largest one is `is_eager`.
#[component]
pub fn Pic(
    /// File, size, text alternative.
    picture: Picture,
    /// How large it stands on the page.
    #[prop(optional)]
    fit: Fit,
    /// Loads at once and first.
    #[prop(optional)]
    is_eager: bool,
    /// Class names.
    #[prop(default = "pic")]
    class: &'static str,
    /// True when the words beside it already say what it shows.
    #[prop(optional)]
    is_decorative: bool,
) -> impl IntoView {
    let srcset = fit.srcset(&picture);
    let src = fit.fallback(&picture);
    let alt = if is_decorative { String::new() } else { picture.alt };
    let has_set = !srcset.is_empty();
    view! {
        <img
            class=class
            sizes=has_set.then(|| fit.sizes())
            srcset=has_set.then_some(srcset)
            src=src
            alt=alt
            width=picture.width
            height=picture.height
            loading={(!is_eager).then_some("lazy")}
            decoding={(!is_eager).then_some("async")}
            fetchpriority=is_eager.then_some("high")
        />
    }
}

/// Tells the browser in the page's head to fetch its first picture before it has laid anything out.
#[component]
pub fn Preload(
    /// File and size.
    picture: Picture,
    /// How large it stands on the page; the same as its [`Pic`]'s.
    fit: Fit,
) -> impl IntoView {
    let srcset = fit.srcset(&picture);
    let src = fit.fallback(&picture);
    view! {
        <Link
            rel="preload"
            as_="image"
            href=src
            imagesrcset=srcset
            imagesizes=fit.sizes()
            fetchpriority="high"
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32) -> Picture {
        Picture { src: "/media/pot-1f.webp".into(), alt: String::new(), width, height: width }
    }

    #[test]
    fn a_card_offers_the_widths_that_screens_need_and_not_the_original() {
        let set = Fit::Card.srcset(&picture(1200));
        assert_eq!(
            set,
            "/media/320/pot-1f.webp 320w, /media/480/pot-1f.webp 480w, /media/640/pot-1f.webp 640w"
        );
        assert_eq!(Fit::Card.fallback(&picture(1200)), "/media/640/pot-1f.webp");
    }

    #[test]
    fn a_large_picture_ends_with_its_original() {
        assert!(
            Fit::Gallery
                .srcset(&picture(1200))
                .ends_with("/media/960/pot-1f.webp 960w, /media/pot-1f.webp 1200w")
        );
    }

    #[test]
    fn a_small_original_is_offered_alone() {
        assert_eq!(Fit::Card.srcset(&picture(330)), "/media/pot-1f.webp 330w");
        assert_eq!(Fit::Card.fallback(&picture(330)), "/media/pot-1f.webp");
    }
}
