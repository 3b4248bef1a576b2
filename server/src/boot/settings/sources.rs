//! Where settings come from, and which source wins.

use super::SettingsError;
use super::table::{self, Kind, SETTINGS, Setting};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The file that is read when none is named.
pub const DEFAULT_FILE: &str = "jishi.toml";

/// Who set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Flag,
    Variable,
    File(PathBuf),
    Default,
}

/// The winning value of every setting that has one.
pub struct Raw(BTreeMap<&'static str, (String, Source)>);

/// One value with its source.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    /// The value as it was written.
    pub text: &'a str,
    setting: &'static Setting,
    source: &'a Source,
}

impl Value<'_> {
    /// Which setting, and where it was given.
    #[must_use]
    pub fn place(&self) -> String {
        match self.source {
            Source::Flag => format!("--{}", self.setting.flag()),
            Source::Variable | Source::Default => self.setting.variable(),
            Source::File(file) => format!("{} in {}", self.setting.key, file.display()),
        }
    }
}

impl Raw {
    /// Merges the sources. `flags` are by key, `variable` reads the environment, `folder` is the working folder.
    ///
    /// # Errors
    /// When the settings file cannot be read or holds something unknown.
    pub fn merge(
        flags: &BTreeMap<&'static str, String>,
        variable: impl Fn(&str) -> Option<String>,
        folder: &Path,
    ) -> Result<Self, SettingsError> {
        let given = |setting: &Setting| {
            let flag = flags.get(setting.key).cloned().map(|text| (text, Source::Flag));
            flag.or_else(|| Some((variable(&setting.variable())?, Source::Variable)))
                .filter(|(text, _)| !text.is_empty())
        };
        let named = table::find("config").and_then(given).map(|(file, _)| file);
        let (file, path) = read_file(named.as_deref(), folder)?;
        let mut values = BTreeMap::new();
        for setting in &SETTINGS {
            let filed = || Some((file.get(setting.key)?.clone(), Source::File(path.clone())));
            let default =
                || (!setting.default.is_empty()).then(|| (setting.default.to_owned(), Source::Default));
            if let Some(value) = given(setting).or_else(filed).or_else(default) {
                values.insert(setting.key, value);
            }
        }
        Ok(Self(values))
    }

    /// The value of a setting, if it has one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Value<'_>> {
        let (text, source) = self.0.get(key)?;
        Some(Value { text, source, setting: table::find(key)? })
    }

    /// The value of a setting that has a default.
    pub(super) fn get(&self, key: &str) -> Result<Value<'_>, SettingsError> {
        self.find(key).ok_or_else(|| SettingsError::new(key, "has no value"))
    }
}

/// The values of the named file, which must be there, or of the default one, which may be.
fn read_file(
    named: Option<&str>,
    folder: &Path,
) -> Result<(BTreeMap<String, String>, PathBuf), SettingsError> {
    let path = folder.join(named.unwrap_or(DEFAULT_FILE));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => {
            let problem = format!("cannot be read ({})", error.kind());
            return Err(SettingsError::new(path.display().to_string(), problem));
        }
    };
    let mut values = BTreeMap::new();
    for (key, value) in parse(&text, &path)? {
        let value = read_value(&key, &value)
            .map_err(|problem| SettingsError::new(format!("{key} in {}", path.display()), problem))?;
        values.insert(key, value);
    }
    Ok((values, path))
}

/// The parser's full message would quote the line, password and all, so only its number is told.
fn parse(text: &str, path: &Path) -> Result<toml::Table, SettingsError> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        SettingsError::new(format!("{} line {line}", path.display()), error.message().to_owned())
    })
}

fn read_value(key: &str, value: &toml::Value) -> Result<String, &'static str> {
    let is_known = table::find(key).is_some_and(|setting| setting.kind != Kind::File);
    if !is_known {
        return Err("there is no such setting");
    }
    as_text(value).ok_or("must be a text, a number, true or false")
}

fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Boolean(switch) => Some(switch.to_string()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            Some(texts?.join(","))
        }
        _ => None,
    }
}
