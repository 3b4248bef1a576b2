//! The table of settings as command-line flags, so that no flag is written down twice.

use super::settings::table::{Kind, SETTINGS, Setting};
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use std::collections::BTreeMap;

/// Settings given as flags, by key.
#[derive(Debug, Clone, Default)]
pub struct Flags(pub BTreeMap<&'static str, String>);

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        SETTINGS.iter().fold(command, |command, setting| command.arg(argument(setting)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn argument(setting: &'static Setting) -> Arg {
    let default = if setting.default_text.is_empty() { "none" } else { setting.default_text };
    let help = format!("{} [{}] (default: {default})", setting.help, setting.variable());
    let argument = Arg::new(setting.key)
        .long(setting.flag())
        .value_name(setting.value)
        .help(help)
        .help_heading("Settings")
        .global(true);
    match setting.kind {
        Kind::Switch => argument.num_args(0..=1).require_equals(true).default_missing_value("true"),
        Kind::Text | Kind::Secret | Kind::File => argument,
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |setting: &'static Setting| {
            let value = matches.try_get_one::<String>(setting.key).ok().flatten()?;
            Some((setting.key, value.clone()))
        };
        Ok(Self(SETTINGS.iter().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
