//! The one table of settings. Parsing, `--help` and the check of `docs/operating.md` all come from it.

/// What kind of value a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A text that may hold a password.
    Secret,
    /// `true` or `false`; the flag alone means `true`.
    Switch,
    /// The settings file itself, which cannot be set inside of it.
    File,
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name in the file; the flag and the variable are made from it.
    pub key: &'static str,
    /// What the value looks like.
    pub value: &'static str,
    /// The value when nobody says otherwise; empty when there is none, or it depends on another setting.
    pub default: &'static str,
    /// The default as people should read it.
    pub default_text: &'static str,
    /// What kind of value it takes.
    pub kind: Kind,
    /// What it is for.
    pub help: &'static str,
}

impl Setting {
    const fn new(key: &'static str, value: &'static str, default: &'static str, help: &'static str) -> Self {
        Self { key, value, default, default_text: default, kind: Kind::Text, help }
    }

    const fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    const fn told_as(self, default_text: &'static str) -> Self {
        Self { default_text, ..self }
    }

    /// The flag without its dashes: `data-dir`.
    #[must_use]
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// The environment variable: `JISHI_DATA_DIR`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("JISHI_{}", self.key.to_ascii_uppercase())
    }
}

/// Every setting, in the order of the help text.
pub const SETTINGS: [Setting; 27] = [
    Setting::new("config", "FILE", "", "File with settings")
        .kind(Kind::File)
        .told_as("jishi.toml, if it is there"),
    Setting::new("addr", "IP:PORT", "127.0.0.1:3000", "Where the server listens; port 0 takes a free one"),
    Setting::new("database_url", "URL", "", "The database: sqlite:FILE or postgres://…")
        .kind(Kind::Secret)
        .told_as("sqlite: jishi.db in the data folder"),
    Setting::new("database_read_urls", "URLS", "", "PostgreSQL replicas for reading, separated by commas")
        .kind(Kind::Secret)
        .told_as("none"),
    Setting::new(
        "data_dir",
        "FOLDER",
        "data",
        "Folder for the database file, pictures (media/) and mails (mail/)",
    ),
    Setting::new("base_url", "URL", "", "Address that the outside sees; https makes cookies secure")
        .told_as("http:// (https:// with TLS) and the address listened on"),
    Setting::new(
        "tls_certificate",
        "FILE",
        "",
        "Certificate chain (PEM) to speak TLS with; read again when it changes",
    )
    .told_as("none: plain HTTP"),
    Setting::new("tls_key", "FILE", "", "Private key (PEM) of the certificate").told_as("none"),
    Setting::new(
        "redirect_addr",
        "IP:PORT",
        "",
        "Where plain HTTP is answered with the way to the https address, such as 0.0.0.0:80",
    )
    .told_as("none"),
    Setting::new(
        "log",
        "FILTER",
        "info",
        "Log lines to write: error, warn, info, debug, or a filter per module",
    ),
    Setting::new("log_format", "FORMAT", "text", "How log lines are written: text or json"),
    Setting::new("smtp_url", "URL", "", "Mail server: smtp://… or smtps://… with user and password")
        .kind(Kind::Secret)
        .told_as("none: mails become files in the data folder"),
    Setting::new("mail_from", "ADDRESS", "Jishi <shop@jishi.example>", "Sender of the shop's mails"),
    Setting::new("seller_name", "TEXT", "", "Registered name of the seller, for invoices")
        .told_as("none: the shop's name"),
    Setting::new("seller_tax_number", "TEXT", "", "Tax number of the seller, for invoices").told_as("none"),
    Setting::new("seller_address", "TEXT", "", "Address of the seller in one line, for invoices")
        .told_as("none"),
    Setting::new(
        "trusted_proxies",
        "ADDRESSES",
        "",
        "Proxies in front whose X-Forwarded-For is believed: addresses or networks, separated by commas",
    )
    .told_as("none"),
    Setting::new(
        "rate_limit",
        "on|off|N",
        "on",
        "Requests per address: the usual limits, none, or N times the usual",
    ),
    Setting::new(
        "page_cache_mb",
        "N",
        "32",
        "Memory for finished pages of the catalogue, in megabytes; 0 keeps none",
    ),
    Setting::new(
        "cdn_seconds",
        "N",
        "0",
        "Seconds for which a CDN in front may keep pages of the catalogue; 0 forbids it",
    ),
    Setting::new(
        "no_demo",
        "true|false",
        "false",
        "Whether an empty catalogue stays empty instead of showing the demo",
    )
    .kind(Kind::Switch),
    Setting::new(
        "payment_minutes",
        "N",
        "30",
        "How long goods are reserved for an order that is to be paid online, in minutes",
    ),
    Setting::new(
        "sandbox_url",
        "URL",
        "",
        "The sandbox gateway to offer at the checkout, such as http://127.0.0.1:3020",
    )
    .told_as("none: it is not offered"),
    Setting::new(
        "sandbox_addr",
        "IP:PORT",
        "127.0.0.1:3020",
        "Where the sandbox gateway listens (loopback only)",
    ),
    Setting::new("sandbox_secret", "KEY", "", "Key shared by the shop and the sandbox gateway")
        .kind(Kind::Secret)
        .told_as("a public one, for playing"),
    Setting::new(
        "sandbox_delay_ms",
        "N",
        "1000",
        "Unit of the sandbox gateway's waits before a webhook, in milliseconds",
    ),
    Setting::new("sandbox_mail_dir", "FOLDER", "", "Folder whose mails the sandbox gateway shows at /mail")
        .told_as("none: it shows no mails"),
];

/// The setting of that name.
#[must_use]
pub fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}
