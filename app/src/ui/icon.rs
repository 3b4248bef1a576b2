//! Inline icons: 24 × 24, drawn with one stroke in the text's colour, hidden from screen readers.

use leptos::prelude::*;

/// An icon of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconName {
    /// A house.
    Home,
    /// Four tiles.
    Grid,
    /// A magnifier.
    Search,
    /// A shopping bag.
    Bag,
    /// Points left.
    Left,
    /// Points right.
    Right,
    /// Points down.
    Down,
    /// A tick.
    Check,
    /// A circle with an exclamation mark.
    Alert,
    /// A minus.
    Minus,
    /// A plus.
    Plus,
    /// A globe.
    Globe,
    /// A cross.
    Close,
    /// A parcel.
    Parcel,
}

impl IconName {
    /// The path's commands.
    const fn path(self) -> &'static str {
        match self {
            Self::Home => "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
            Self::Grid => "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3L20 20",
            Self::Bag => "M5 8h14l-.9 12H5.9zM8.5 8V7.5a3.5 3.5 0 0 1 7 0V8",
            Self::Left => "M14.5 5l-7 7 7 7",
            Self::Right => "M9.5 5l7 7-7 7",
            Self::Down => "M5 9.5l7 7 7-7",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Alert => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v5M12 16v.1",
            Self::Minus => "M6 12h12",
            Self::Plus => "M6 12h12M12 6v12",
            Self::Globe => {
                "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"
            }
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Parcel => "M4 8l8-4 8 4v8.5l-8 4-8-4zM4 8l8 4 8-4M12 12v8.5",
        }
    }
}

/// Shows an icon. It says nothing to a screen reader, so the words stand beside it.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <path d=name.path()></path>
        </svg>
    }
}
