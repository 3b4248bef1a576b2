//! One thread on which all pictures are made, one after the other. On the runtime's threads for blocking work each
//! picture met another thread, and each of those kept the memory that its largest picture had needed: the C allocator
//! has an arena per thread and gives little of it back.

use super::Form;
use super::shrink::shrink;
use anyhow::{Context as _, anyhow};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// A picture's forms with their bytes.
type Forms = Vec<(Form, Vec<u8>)>;

/// A picture, and where its forms are waited for.
struct Order {
    bytes: Vec<u8>,
    done: oneshot::Sender<anyhow::Result<Forms>>,
}

/// The thread; it ends when this is dropped.
pub(super) struct Workshop(mpsc::Sender<Order>);

impl Workshop {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub(super) fn open() -> anyhow::Result<Self> {
        let (orders, waiting) = mpsc::channel::<Order>();
        let work = move || {
            for Order { bytes, done } in waiting {
                // A decoder that panics spoils its own picture, not those that wait. Who has gone needs no answer.
                let forms = std::panic::catch_unwind(|| shrink(&bytes));
                let _ = done.send(forms.unwrap_or_else(|_| Err(anyhow!("the picture broke its decoder"))));
            }
        };
        std::thread::Builder::new().name("pictures".to_owned()).spawn(work)?;
        Ok(Self(orders))
    }

    /// All forms of a picture.
    ///
    /// # Errors
    /// When it cannot be read or is far too large.
    pub(super) async fn shrink(&self, bytes: Vec<u8>) -> anyhow::Result<Forms> {
        let (done, forms) = oneshot::channel();
        self.0.send(Order { bytes, done }).ok().context("the pictures' thread has ended")?;
        forms.await.context("the pictures' thread has ended")?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_picture_that_cannot_be_read_spoils_only_itself() {
        let workshop = Workshop::open().unwrap();
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(200, 100).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let (good, bad) = tokio::join!(workshop.shrink(png.into_inner()), workshop.shrink(b"tea".to_vec()));
        assert!(bad.is_err());
        assert_eq!(good.unwrap().len(), 2);
    }
}
