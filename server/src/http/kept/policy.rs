//! The content security policy of kept pages. A nonce would have to differ in each answer, so it names the hashes of the
//! scripts that the shell puts into every page: they are the same in each page that one build renders.

use super::{bare, text_of};
use crate::http::{AppState, headers, pages};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Request};
use sha2::{Digest as _, Sha256};

/// The policy for pages whose only scripts are the shell's. They are read off a page without content, so that no text
/// of the catalogue can ever bring in a script of its own.
pub(super) async fn of_plain_page(state: &AppState) -> HeaderValue {
    let request = bare(Request::get("/en"));
    let page = text_of(pages::nowhere(state, request).await).await;
    headers::policy_of(&script_sources(&page))
}

/// `'sha256-…'` of each script inside of a document, separated by blanks.
fn script_sources(document: &str) -> String {
    let hashes = inline_scripts(document).map(|script| {
        let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
        format!("'sha256-{hash}'")
    });
    hashes.collect::<Vec<_>>().join(" ")
}

/// The texts of the scripts that a browser would heed: rules for fetching ahead count as scripts.
fn inline_scripts(document: &str) -> impl Iterator<Item = &str> {
    document.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        // Speculation rules are asked for their hash like scripts that run; JSON-LD is not.
        (!attributes.contains("src=") && !attributes.contains("json")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_is_hashed() {
        let page = "<script type=\"application/ld+json\">{}</script><script nonce=\"n\">a()</script>\
                    <script src=\"/x.js\"></script><script type=\"speculationrules\">b</script>";
        assert_eq!(inline_scripts(page).collect::<Vec<_>>(), ["a()", "b"]);
    }

    #[test]
    fn a_hash_is_written_as_browsers_expect_it() {
        // The example of the CSP specification.
        let page = "<script>alert('Hello, world.');</script>";
        assert_eq!(script_sources(page), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }
}
