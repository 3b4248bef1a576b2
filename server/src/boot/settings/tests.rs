//! Which source wins, what is refused, and that no secret is ever shown.

use super::table::SETTINGS;
use super::*;
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// A working folder with its own settings file.
struct Folder(PathBuf);

impl Folder {
    fn new(file: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("jishi-settings-{}-{turn}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        if !file.is_empty() {
            std::fs::write(folder.join("jishi.toml"), file).unwrap();
        }
        Self(folder)
    }

    fn load(
        &self,
        flags: &[(&'static str, &str)],
        variables: &[(&str, &str)],
    ) -> Result<Settings, SettingsError> {
        let flags: BTreeMap<_, _> = flags.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Settings::check(&Raw::merge(&flags, variable, &self.0)?)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn without_any_source_the_defaults_are_a_shop_on_this_machine() {
    let settings = Folder::new("").load(&[], &[]).unwrap();
    assert_eq!(settings.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.database_url.reveal(), "sqlite:data/jishi.db");
    assert_eq!((settings.base_url, settings.no_demo), (None, false));
    assert_eq!(settings.trusted_proxies, Proxies::default());
    assert_eq!(settings.rate_limit, RateLimit::default());
}

#[test]
fn tls_needs_both_files_and_an_address_that_says_so() {
    let load = |variables: &[(&str, &str)]| Folder::new("").load(&[], variables);
    let both = [("JISHI_TLS_CERTIFICATE", "chain.pem"), ("JISHI_TLS_KEY", "key.pem")];
    let tls = load(&both).unwrap().tls.unwrap();
    assert_eq!((tls.certificate.to_str(), tls.key.to_str()), (Some("chain.pem"), Some("key.pem")));
    assert_eq!(load(&[]).unwrap().tls, None);
    for alone in both {
        assert_eq!(load(&[alone]).unwrap_err().place, alone.0);
    }
    let [certificate, key] = both;
    let plain = load(&[certificate, key, ("JISHI_BASE_URL", "http://shop.example")]).unwrap_err();
    assert_eq!(plain.place, "JISHI_BASE_URL");
    assert!(load(&[certificate, key, ("JISHI_BASE_URL", "https://shop.example")]).is_ok());
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = Folder::new("addr = \"127.0.0.1:1\"\nlog = \"warn\"\nrate_limit = 3\nno_demo = true\n");
    let environment = [("JISHI_ADDR", "127.0.0.1:2"), ("JISHI_LOG", "debug")];
    let settings = folder.load(&[("addr", "127.0.0.1:3")], &environment).unwrap();
    assert_eq!(settings.addr.port(), 3);
    assert_eq!(settings.log, "debug");
    assert_eq!(settings.rate_limit, RateLimit::Times(NonZeroU32::new(3).unwrap()));
    assert!(settings.no_demo);
}

#[test]
fn an_empty_value_counts_as_none() {
    let settings = Folder::new("").load(&[], &[("JISHI_SMTP_URL", ""), ("JISHI_ADDR", "")]).unwrap();
    assert_eq!((settings.smtp_url, settings.addr.port()), (None, 3000));
}

#[test]
fn the_database_file_moves_with_the_data_folder() {
    let settings = Folder::new("").load(&[("data_dir", "/srv/jishi")], &[]).unwrap();
    assert_eq!(settings.database_url.reveal(), "sqlite:/srv/jishi/jishi.db");
}

#[test]
fn a_named_file_must_be_there() {
    let error = Folder::new("").load(&[("config", "other.toml")], &[]).unwrap_err().to_string();
    assert!(error.contains("other.toml: cannot be read"), "{error}");
}

#[test]
fn replicas_come_as_a_list_or_with_commas() {
    let folder = Folder::new("database_read_urls = [\"postgres://a/x\", \"postgres://b/x\"]");
    assert_eq!(folder.load(&[], &[]).unwrap().database_read_urls.len(), 2);
    let environment = [("JISHI_DATABASE_READ_URLS", "postgres://a/x, postgres://b/x,postgres://c/x")];
    assert_eq!(folder.load(&[], &environment).unwrap().database_read_urls.len(), 3);
}

#[test]
fn trusted_proxies_come_as_a_list_or_with_commas_and_rubbish_says_what_is_wanted() {
    let wanted = Proxies::parse("127.0.0.1,10.0.0.0/8,::1").unwrap();
    let folder = Folder::new("trusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\", \"::1\"]");
    assert_eq!(folder.load(&[], &[]).unwrap().trusted_proxies, wanted);
    let commas = "127.0.0.1, 10.0.0.0/8, ::1";
    let by_variable = Folder::new("").load(&[], &[("JISHI_TRUSTED_PROXIES", commas)]);
    assert_eq!(by_variable.unwrap().trusted_proxies, wanted);
    assert_eq!(Folder::new("").load(&[("trusted_proxies", commas)], &[]).unwrap().trusted_proxies, wanted);
    for rubbish in ["trusted_proxies = true", "trusted_proxies = [\"proxy.example\"]"] {
        let error = Folder::new(rubbish).load(&[], &[]).unwrap_err().to_string();
        assert!(
            error.contains("trusted_proxies in ") && error.contains("such as 127.0.0.1,10.0.0.0/8"),
            "{error}"
        );
    }
}

#[test]
fn unknown_names_in_the_file_are_refused_by_name() {
    for (file, part) in [
        ("adress = \"127.0.0.1:1\"", "adress in "),
        ("config = \"x.toml\"", "config in "),
        ("addr = { ip = 1 }", "must be a text"),
        ("\n\naddr = ", "jishi.toml line 3"),
    ] {
        let error = Folder::new(file).load(&[], &[]).unwrap_err().to_string();
        assert!(error.contains(part), "{file}: {error}");
    }
}

#[test]
fn bad_values_name_their_setting_and_source() {
    for (key, value) in [
        ("addr", "localhost"),
        ("base_url", "shop.example"),
        ("base_url", "https://shop.example/path"),
        ("base_url", "https://user@shop.example"),
        ("base_url", "ftp://shop.example"),
        ("log", "info,=,"),
        ("log_format", "xml"),
        ("smtp_url", "mail.example"),
        ("mail_from", "nobody"),
        ("trusted_proxies", "true"),
        ("trusted_proxies", "10.0.0.0/33"),
        ("trusted_proxies", "127.0.0.1,"),
        ("rate_limit", "0"),
        ("rate_limit", "-1"),
        ("payment_minutes", "0"),
        ("sandbox_url", "127.0.0.1:3020"),
        ("sandbox_addr", "x"),
        ("sandbox_delay_ms", "soon"),
    ] {
        let setting = table::find(key).unwrap();
        let by_flag = Folder::new("").load(&[(key, value)], &[]).unwrap_err();
        assert_eq!(by_flag.place, format!("--{}", setting.flag()), "{key}={value}");
        let by_variable = Folder::new("").load(&[], &[(&setting.variable(), value)]).unwrap_err();
        assert_eq!(by_variable.place, setting.variable(), "{key}={value}");
    }
}

#[test]
fn no_message_and_no_debug_text_shows_a_secret() {
    let secrets = [
        ("JISHI_DATABASE_URL", "mysql://user:hunter2@host/db"),
        ("JISHI_DATABASE_READ_URLS", "mysql://user:hunter2@host/db"),
        ("JISHI_SMTP_URL", "imap://user:hunter2@host"),
    ];
    for (name, value) in secrets {
        let error = Folder::new("").load(&[], &[(name, value)]).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    let file = "database_url = \"postgres://user:hunter2@host/db\"\nsmtp_url = \"smtp://user:hunter2@host\"\n\
                database_read_urls = [\"postgres://user:hunter2@host/db\"]\nsandbox_secret = \"hunter2hunter2hunter2\"";
    let settings = Folder::new(file).load(&[], &[]).unwrap();
    assert!(settings.database_url.reveal().contains("hunter2"));
    assert!(!format!("{settings:?}").contains("hunter2"));
    let broken = Folder::new("database_url = \"postgres://user:hunter2@host/db").load(&[], &[]).unwrap_err();
    assert!(!broken.to_string().contains("hunter2"), "{broken}");
}

#[test]
fn every_value_that_is_read_is_in_the_table() {
    let raw = Raw::merge(&BTreeMap::new(), |_| None, Path::new("/nowhere")).unwrap();
    for setting in SETTINGS.iter().filter(|setting| !setting.default.is_empty()) {
        assert_eq!(raw.find(setting.key).unwrap().text, setting.default, "{}", setting.key);
    }
}

#[test]
fn the_operating_guide_lists_exactly_these_settings() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operating.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let told: Vec<&str> = guide.lines().filter(|line| line.starts_with("| `JISHI_")).collect();
    let known: Vec<String> = SETTINGS
        .iter()
        .map(|it| {
            let value = it.value.replace('|', "\\|");
            format!(
                "| `{}` | `--{}` | `{value}` | {} | {} |",
                it.variable(),
                it.flag(),
                it.default_text,
                it.help
            )
        })
        .collect();
    assert_eq!(told, known, "write the table of docs/operating.md like this:\n{}", known.join("\n"));
}
