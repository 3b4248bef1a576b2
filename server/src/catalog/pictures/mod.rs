//! Pictures in several widths: made once, from the original, in the background.
//!
//! A page always names every width ([`app::catalog::model::Picture::WIDTHS`]); until a width is made, its address
//! gives the original. So a product is on sale the moment it is imported, and a page never depends on how far this is.

pub mod deriver;
mod shrink;
pub mod worker;

pub use deriver::{Deriver, Progress};
pub use worker::Maker;

use crate::platform::blobs::BlobName;
use app::catalog::model::Picture;

/// A form of a picture that is kept beside its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// WebP in this many pixels of width.
    Width(u32),
    /// JPEG for previews elsewhere.
    Share,
}

impl Form {
    /// Reads the folder in `/media/{form}/{name}`. `None` for a form that no picture has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "share" {
            return Some(Self::Share);
        }
        let width = Picture::WIDTHS.into_iter().find(|width| width.to_string() == text)?;
        Some(Self::Width(width))
    }

    /// The name under which this form of a picture is stored.
    #[must_use]
    pub fn name(self, original: &BlobName) -> Option<BlobName> {
        BlobName::parse(&match self {
            Self::Width(width) => format!("{original}.{width}.webp"),
            Self::Share => format!("{original}.share.jpg"),
        })
    }

    /// Every form that a picture of this width is kept in.
    fn of(width: u32) -> Vec<Self> {
        let widths = Picture::WIDTHS.into_iter().filter(|wanted| Picture::has_width(width, *wanted));
        widths.map(Self::Width).chain([Self::Share]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_forms_are_read() {
        assert_eq!(Form::parse("640"), Some(Form::Width(640)));
        assert_eq!(Form::parse("share"), Some(Form::Share));
        for text in ["", "641", "0640", "-1", "640.0", "99999999999999999999"] {
            assert_eq!(Form::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_picture_is_kept_in_the_widths_below_its_own() {
        let widths = [160, 320, 480, 640, 960].map(Form::Width);
        assert_eq!(Form::of(1200), widths.into_iter().chain([Form::Share]).collect::<Vec<_>>());
        assert_eq!(Form::of(100), [Form::Share]);
    }

    #[test]
    fn a_form_is_named_after_its_original() {
        let original = BlobName::parse("pot-1f.webp").unwrap();
        let name = Form::Width(320).name(&original).unwrap();
        assert_eq!(name.as_str(), "pot-1f.webp.320.webp");
    }
}
