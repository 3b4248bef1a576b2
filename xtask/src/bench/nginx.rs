//! The static file server that the shop is compared with: nginx with two workers and no log.

use super::server::Server;
use crate::setup;
use anyhow::Result;
use std::{fs, path::PathBuf};

/// Where it serves the page.
pub(super) const PAGE: &str = "/page.html";

/// nginx with these bytes as its one page; `None` where it is not installed.
pub(super) fn serving(page: &[u8]) -> Result<Option<Server>> {
    let Some(program) = find() else { return Ok(None) };
    let folder = Server::folder("nginx")?;
    fs::write(folder.join("page.html"), page)?;
    let address = Server::free_address()?;
    let root = folder.display();
    let settings = format!(
        "daemon off; worker_processes 2; pid {root}/pid; error_log {root}/error.log; events {{}}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; types {{ text/html html; }} open_file_cache max=10;\n\
         keepalive_requests 1000000; client_body_temp_path {root}/b; proxy_temp_path {root}/p;\n\
         fastcgi_temp_path {root}/f; uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;\n\
         server {{ listen {address}; root {root}; }} }}\n"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, settings)?;
    let arguments = ["-c".to_owned(), file.display().to_string()];
    Server::start(super::NGINX, program, arguments.to_vec(), address, folder).map(Some)
}

fn find() -> Option<PathBuf> {
    setup::find_program("nginx")
        .or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.exists()))
}
