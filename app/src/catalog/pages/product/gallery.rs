//! The pictures of a product: a strip that snaps, and small pictures that lead to each of them.

use crate::catalog::model::{Media, Picture, ProductPage, VariantView};
use crate::i18n::{catalog as t, storefront as s};
use crate::kernel::Locale;
use crate::ui::icon::{Icon, IconName};
use crate::ui::picture::{Fit, Pic};
use leptos::prelude::*;

/// Fewer pictures than this, and those of the variant that has most are added.
const ENOUGH: usize = 3;

/// What to show for the chosen variant: its own pictures, then what belongs to no variant (the turntable),
/// then, when that is little, those of the variant that has most.
pub(super) fn shots(content: &ProductPage, chosen: Option<&VariantView>) -> Vec<Media> {
    let first = content.variants.first();
    let own = chosen.or(first).map(|variant| variant.pictures.as_slice()).unwrap_or_default();
    let media = |src: &String| content.media.iter().find(|media| media.picture.src == *src).cloned();
    let claimed =
        |media: &&Media| content.variants.iter().any(|variant| variant.pictures.contains(&media.picture.src));
    let mut shots: Vec<Media> = own.iter().filter_map(media).collect();
    shots.extend(content.media.iter().filter(|media| !claimed(media)).cloned());
    let richest = content.variants.iter().rev().max_by_key(|variant| variant.pictures.len());
    let more = richest.map(|variant| variant.pictures.as_slice()).unwrap_or_default();
    for extra in more.iter().filter_map(media) {
        if shots.len() < ENOUGH && !shots.contains(&extra) {
            shots.push(extra);
        }
    }
    shots
}

/// The pictures. Without JavaScript the small ones are links to the large ones.
pub(super) fn gallery(locale: Locale, shots: Vec<Media>) -> AnyView {
    let poster = shots.iter().find(|shot| !shot.is_video).map(|shot| shot.picture.clone());
    let thumbs: Vec<_> = match shots.len() {
        ..=1 => vec![],
        _ => shots.iter().enumerate().map(|(index, shot)| thumb(locale, index, shot, &poster)).collect(),
    };
    let slides: Vec<_> = shots
        .into_iter()
        .enumerate()
        .map(|(index, shot)| {
            let shown = slide(locale, index, shot, poster.clone());
            view! {
                <li class="gallery-slide" id=anchor(index)>
                    {shown}
                </li>
            }
        })
        .collect();
    view! {
        <section
            class="gallery"
            aria-label=t::gallery(locale)
            data-previous=s::zoom_previous(locale)
            data-next=s::zoom_next(locale)
            data-close=s::zoom_close(locale)
        >
            <ul class="gallery-strip" tabindex="0" aria-label=t::gallery(locale)>
                {slides}
            </ul>
            {(!thumbs.is_empty()).then(|| view! { <ul class="gallery-thumbs">{thumbs}</ul> })}
        </section>
    }
    .into_any()
}

fn anchor(index: usize) -> String {
    format!("picture-{}", index + 1)
}

/// A picture leads to its largest form; the page's script shows that in place.
fn slide(locale: Locale, index: usize, shot: Media, poster: Option<Picture>) -> AnyView {
    let picture = shot.picture;
    if !shot.is_video {
        let large = picture.src.clone();
        return view! {
            <Pic picture fit=Fit::Gallery is_eager={index == 0} class="gallery-picture" />
            <a class="gallery-zoom" href=large aria-label=s::zoom(locale)>
                <Icon name=IconName::Plus />
            </a>
        }
        .into_any();
    }
    let label = format!("{} · {}", t::turntable(locale), picture.alt);
    view! {
        <video
            class="gallery-picture"
            src=picture.src
            poster=poster.map(|poster| poster.at(640))
            aria-label=label
            width=picture.width
            height=picture.height
            preload="none"
            controls=true
            muted=true
            loop=true
            playsinline=true
        ></video>
    }
    .into_any()
}

fn thumb(locale: Locale, index: usize, shot: &Media, poster: &Option<Picture>) -> AnyView {
    let shown = if shot.is_video { poster.as_ref() } else { Some(&shot.picture) };
    let src = shown.map(|picture| picture.at(160));
    let label =
        if shot.is_video { t::turntable(locale).to_owned() } else { t::show_picture(locale, index + 1) };
    let class = if shot.is_video { "gallery-thumb gallery-thumb-video" } else { "gallery-thumb" };
    view! {
        <li>
            <a class=class href=format!("#{}", anchor(index)) aria-label=label>
                <img src=src alt="" width="80" height="80" loading="lazy" decoding="async" />
            </a>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod unit {
    use super::super::tests::pot;
    use super::*;

    fn sources(chosen: usize) -> Vec<String> {
        let pot = pot();
        shots(&pot, pot.variants.get(chosen)).into_iter().map(|shot| shot.picture.src).collect()
    }

    #[test]
    fn the_chosen_variant_comes_first_then_the_turntable() {
        assert_eq!(sources(0), ["/media/red.webp", "/media/turn.mp4"]);
    }

    #[test]
    fn few_pictures_are_filled_up_with_those_of_the_richest_variant() {
        assert_eq!(sources(2), ["/media/blue.webp", "/media/turn.mp4", "/media/red.webp"]);
    }
}
