//! What a page and the site's own files that it names weigh, plain and packed. What a browser makes of it, with pictures,
//! is told by [`super::phone`].

use super::report::{Figure, Report};
use super::server::Server;
use anyhow::Result;
use std::{collections::BTreeSet, fmt::Write as _};

/// Tells the weight of a page and of the files that it asks for.
pub(super) async fn tell(server: &Server, path: &str, report: &mut Report) -> Result<()> {
    let page = server.body_of(path).await?;
    let packed = server.packed_size(path, "br").await?;
    let mut text = format!("{} bytes, {packed} in br", page.len());
    for coding in ["zstd", "gzip"] {
        let _ = write!(text, ", {} in {coding}", server.packed_size(path, coding).await?);
    }
    report.figure_with("product page", Figure::weight(packed), &text);
    let page = String::from_utf8_lossy(&page).into_owned();
    for kind in ["css", "js", "wasm"] {
        let (mut files, mut plain, mut packed) = (0, 0, 0);
        for file in files_of(&page).into_iter().filter(|file| file.rsplit('.').next() == Some(kind)) {
            files += 1;
            plain += server.body_of(file).await?.len();
            packed += server.packed_size(file, "br").await?;
        }
        report.figure_with(
            &format!("{kind} of the product page"),
            Figure::weight(packed),
            &format!("{plain} bytes in {files} files, {packed} in br"),
        );
    }
    Ok(())
}

/// The site's own files that a page names, each once.
fn files_of(page: &str) -> BTreeSet<&str> {
    let named = page.split('"').filter(|text| text.starts_with("/pkg/"));
    named.filter(|text| !text.contains([' ', '<', '>'])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_named_twice_counts_once() {
        let page = r#"<link href="/pkg/a/x.css"><link href="/pkg/a/x.css"><script src="/pkg/a/y.js"></script>
                      <img src="/media/z.webp"><p>"/pkg/ not a file"</p>"#;
        assert_eq!(files_of(page).into_iter().collect::<Vec<_>>(), ["/pkg/a/x.css", "/pkg/a/y.js"]);
    }
}
