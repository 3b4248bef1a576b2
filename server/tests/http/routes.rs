//! Every route that the server answers, taken from the tables of routes and from the router's source.

use std::path::Path;

/// Addresses of pages, in English.
pub(crate) fn pages() -> Vec<String> {
    let listed = leptos_axum::generate_route_list(app::App);
    listed.iter().map(|route| route.path().replace("{locale}", "en")).collect()
}

/// Server functions.
pub(crate) fn endpoints() -> Vec<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}

/// The routes that the router is given by hand, read from its source, so that a new one is swept on arrival or, when it is
/// added in a way that cannot be read here, makes this fail.
pub(crate) fn by_hand() -> Vec<String> {
    let mut routes = Vec::new();
    for (file, text) in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http")) {
        for way in [".route_service(", ".nest(", ".nest_service(", ".fallback_service("] {
            assert!(!text.contains(way), "{file} adds routes by {way}…), which no sweep knows");
        }
        for argument in text.split(".route(").skip(1).map(|rest| rest.split(',').next().unwrap().trim()) {
            let literal = argument.strip_prefix('"').and_then(|path| path.strip_suffix('"'));
            let named = (argument == "webhooks::PATH").then_some(server::http::webhooks::PATH);
            assert!(literal.or(named).is_some(), "{file}: tell here what the path {argument} is");
            routes.extend(literal.or(named).map(str::to_owned));
        }
    }
    for known in
        ["/", "/metrics", "/api/currency", "/{locale}/feed.xml", "/pkg/{*path}", "/media/{form}/{name}"]
    {
        assert!(routes.iter().any(|route| route == known), "{known} is not among {routes:?}");
    }
    let in_english = routes.iter().filter(|route| route.contains("{locale}"));
    let in_english: Vec<_> = in_english.map(|route| route.replace("{locale}", "en")).collect();
    routes.into_iter().chain(in_english).collect()
}

/// What is compiled into the server of the files below a folder, by file.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in folder.read_dir().unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            all.extend(sources(&entry.path()));
        } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
            all.push((entry.path().display().to_string(), text));
        }
    }
    all
}

/// Where forms go: server functions and what the router is given by hand.
pub(crate) fn forms() -> Vec<String> {
    let by_hand = by_hand().into_iter().filter(|route| route.starts_with("/api"));
    endpoints().into_iter().chain(by_hand.map(|route| fill(&route, "sandbox"))).collect()
}

/// A pattern's address with `name` for everything that is asked for.
pub(crate) fn fill(pattern: &str, name: &str) -> String {
    let parts = pattern.split('/').map(|part| if part.starts_with('{') { name } else { part });
    parts.collect::<Vec<_>>().join("/")
}
