//! One reader per kind of value. Their messages say what is wanted, never what was given.

use super::LogFormat;
use super::secret::Secret;
use crate::http::proxies::Proxies;
use crate::http::rate::RateLimit;
use crate::platform::mailer;
use std::net::SocketAddr;
use std::time::Duration;

type Read<T> = Result<T, &'static str>;

pub(super) fn address(text: &str) -> Read<SocketAddr> {
    text.parse().map_err(|_| "must be an IP address with a port, such as 127.0.0.1:3000")
}

pub(super) fn database_url(text: &str) -> Read<Secret> {
    let is_known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    if is_known { Ok(Secret::new(text)) } else { Err("must begin with sqlite: or postgres://") }
}

pub(super) fn read_urls(text: &str) -> Read<Vec<Secret>> {
    let urls: Vec<&str> = text.split(',').map(str::trim).filter(|url| !url.is_empty()).collect();
    let is_postgres = |url: &&str| url.starts_with("postgres://") || url.starts_with("postgresql://");
    if urls.iter().all(is_postgres) {
        Ok(urls.into_iter().map(Secret::new).collect())
    } else {
        Err("each must begin with postgres://")
    }
}

pub(super) fn base_url(text: &str) -> Read<String> {
    const WANTED: &str = "must be a scheme and a name, such as https://shop.example, without a path";
    let text = text.trim_end_matches('/');
    let uri: http::Uri = text.parse().map_err(|_| WANTED)?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    let has_name = uri
        .authority()
        .is_some_and(|authority| !authority.as_str().contains('@') && !authority.host().is_empty());
    let is_bare = uri.path() == "/" && uri.query().is_none() && !text.contains('#');
    if is_web && has_name && is_bare { Ok(text.to_ascii_lowercase()) } else { Err(WANTED) }
}

pub(super) fn log(text: &str) -> Read<String> {
    match tracing_subscriber::EnvFilter::builder().parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => {
            Err("must be a level (error, warn, info, debug, trace) or a filter such as info,server=debug")
        }
    }
}

pub(super) fn log_format(text: &str) -> Read<LogFormat> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("must be text or json"),
    }
}

pub(super) fn smtp_url(text: &str) -> Read<Secret> {
    if mailer::is_smtp_url(text) {
        Ok(Secret::new(text))
    } else {
        Err("must be smtp://… or smtps://… with a host")
    }
}

pub(super) fn mail_from(text: &str) -> Read<String> {
    if mailer::is_address(text) {
        Ok(text.to_owned())
    } else {
        Err("must be an address, such as Jishi <shop@shop.example>")
    }
}

pub(super) fn proxies(text: &str) -> Read<Proxies> {
    Proxies::parse(text)
        .ok_or("must be addresses or networks, separated by commas, such as 127.0.0.1,10.0.0.0/8,::1")
}

pub(super) fn switch(text: &str) -> Read<bool> {
    match text {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("must be true or false"),
    }
}

pub(super) fn rate_limit(text: &str) -> Read<RateLimit> {
    match text {
        "on" => Ok(RateLimit::default()),
        "off" => Ok(RateLimit::Off),
        number => number
            .parse()
            .ok()
            .filter(|times: &std::num::NonZeroU32| times.get() <= 10_000)
            .map(RateLimit::Times)
            .ok_or("must be on, off or a whole number from 1 to 10000"),
    }
}

pub(super) fn minutes(text: &str) -> Read<Duration> {
    let minutes = text.parse().ok().filter(|minutes| (1..=1440).contains(minutes));
    minutes
        .map(|minutes: u64| Duration::from_secs(minutes * 60))
        .ok_or("must be a number of minutes, from 1 to 1440")
}

pub(super) fn service_url(text: &str) -> Read<url::Url> {
    let url = base_url(text)?;
    url::Url::parse(&url)
        .map_err(|_| "must be a scheme and a name, such as http://127.0.0.1:3020, without a path")
}

pub(super) fn millis(text: &str) -> Read<Duration> {
    let millis = text.parse().ok().filter(|millis| *millis <= 3_600_000);
    millis.map(Duration::from_millis).ok_or("must be a number of milliseconds, at most an hour")
}

pub(super) fn megabytes(text: &str) -> Read<u32> {
    let megabytes = text.parse().ok().filter(|megabytes| *megabytes <= 65_536);
    megabytes.ok_or("must be a whole number of megabytes, at most 65536")
}

pub(super) fn seconds(text: &str) -> Read<u32> {
    let seconds = text.parse().ok().filter(|seconds| *seconds <= 86_400);
    seconds.ok_or("must be a whole number of seconds, at most a day")
}

pub(super) fn line(text: &str) -> Read<String> {
    let is_line = text.chars().count() <= 200 && !text.chars().any(char::is_control);
    if is_line { Ok(text.trim().to_owned()) } else { Err("must be one line of at most 200 characters") }
}
