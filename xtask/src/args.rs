//! The command line of `cargo xtask`: what can be asked for, and the help text that says so.

use anyhow::{Result, bail};

/// Shown by `cargo xtask --help`.
pub(crate) const HELP: &str = "\
cargo xtask <command>

  run [--debug] [-- args…]  build everything and start the shop with the demo catalogue
                            (release build; args go to `jishi serve`)
  dev                       build for development, watch, rebuild and reload the browser
  test [--fast]             every check: format, clippy for both sides, licences, docs, tests on SQLite
                            and PostgreSQL, release build, size budgets, browser journeys
                            (--fast: format, clippy and tests only)
  fmt                       format Rust, and what is inside `view!`
  e2e [args…]               release build, then Playwright; args go to `playwright test`
  site                      build target/site: WASM, JavaScript, CSS and public files
  setup                     install every tool the other commands use, if missing
  generate-catalog --products N [--out DIR]
                            a made-up catalogue for `jishi import`, always the same for the same N
  new-slice <name>          stamp the files of a new slice and say what remains to be done
  bench [--quick]           measure speed, memory, start and growth; writes bench/report.md and report.json
  bench --growth [N,N,…]    catalogues of these sizes (1000,100000) on both databases; writes bench/growth.md
  bench --soak [MINUTES] [postgresql]
                            mixed visitors for 10 minutes or so many, on SQLite or there; writes bench/soak.md
                            or bench/soak-postgresql.md
  bench --lighthouse        Lighthouse (mobile) on six pages, three passes each; writes bench/lighthouse.md
  ci                        `test` as continuous integration runs it: plain output

Tools and build results are kept in ~/.cache/jishi (JISHI_CACHE moves it, CARGO_TARGET_DIR the builds).
Every command installs only what it needs, and only when it is missing.
";

/// One thing that can be asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Run { debug: bool, args: Vec<String> },
    Dev,
    Fmt,
    Test { fast: bool },
    E2e { args: Vec<String> },
    Site,
    Bench { quick: bool },
    Soak { minutes: u32, on_postgresql: bool },
    Growth { sizes: Vec<u32> },
    Lighthouse,
    Setup,
    GenerateCatalog { products: u32, folder: Option<String> },
    NewSlice { name: String },
    Ci,
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: impl Iterator<Item = String>) -> Result<Task> {
    let words: Vec<String> = words.collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let task = match words.as_slice() {
        [] | ["help" | "-h" | "--help", ..] | [_, "-h" | "--help"] => Task::Help,
        ["run", rest @ ..] => run(rest)?,
        ["dev"] => Task::Dev,
        ["fmt"] => Task::Fmt,
        ["test"] => Task::Test { fast: false },
        ["test", "--fast"] => Task::Test { fast: true },
        ["e2e", rest @ ..] => Task::E2e { args: owned(rest) },
        ["site"] => Task::Site,
        ["bench"] => Task::Bench { quick: false },
        ["bench", "--soak", rest @ ..] => soak(rest)?,
        ["bench", "--growth"] => Task::Growth { sizes: vec![1_000, 100_000] },
        ["bench", "--growth", sizes] => Task::Growth { sizes: sizes_of(sizes)? },
        ["bench", "--lighthouse"] => Task::Lighthouse,
        ["bench", "--quick"] => Task::Bench { quick: true },
        ["setup"] => Task::Setup,
        ["generate-catalog", rest @ ..] => generate_catalog(rest)?,
        ["new-slice", name] => Task::NewSlice { name: (*name).to_owned() },
        ["new-slice", ..] => bail!("new-slice wants one name, for example: cargo xtask new-slice wishlist"),
        ["ci"] => Task::Ci,
        other => bail!("no such command: {}\n\n{HELP}", other.join(" ")),
    };
    Ok(task)
}

fn sizes_of(words: &str) -> Result<Vec<u32>> {
    let sizes: Option<Vec<u32>> =
        words.split(',').map(|word| word.parse().ok().filter(|size| *size > 0)).collect();
    let Some(sizes) = sizes else {
        bail!("--growth wants numbers of products with commas between them, not {words}")
    };
    Ok(sizes)
}

fn soak(words: &[&str]) -> Result<Task> {
    let (words, on_postgresql) = match words {
        [before @ .., "postgresql"] => (before, true),
        all => (all, false),
    };
    let minutes = match words {
        [] => 10,
        [minutes] => minutes_of(minutes)?,
        other => {
            bail!("--soak wants a number of minutes, and postgresql if you like, not {}", other.join(" "))
        }
    };
    Ok(Task::Soak { minutes, on_postgresql })
}

fn minutes_of(word: &str) -> Result<u32> {
    match word.parse() {
        Ok(minutes) if (1..=1440).contains(&minutes) => Ok(minutes),
        _ => bail!("--soak wants a number of minutes from 1 to 1440, not {word}"),
    }
}

fn run(words: &[&str]) -> Result<Task> {
    let (mine, args) = match words.iter().position(|word| *word == "--") {
        Some(at) => (words.get(..at).unwrap_or_default(), words.get(at + 1..).unwrap_or_default()),
        None => (words, [].as_slice()),
    };
    let debug = match mine {
        [] | ["--release"] => false,
        ["--debug"] => true,
        other => bail!("run does not know {}; arguments for the shop come after --", other.join(" ")),
    };
    Ok(Task::Run { debug, args: owned(args) })
}

fn generate_catalog(words: &[&str]) -> Result<Task> {
    let (products, folder) = match words {
        ["--products", products] => (products, None),
        ["--products", products, "--out", folder] => (products, Some((*folder).to_owned())),
        _ => bail!("generate-catalog wants --products N, and --out DIR after it if you like"),
    };
    match products.parse() {
        Ok(number @ 1..=10_000_000) => Ok(Task::GenerateCatalog { products: number, folder }),
        _ => bail!("--products wants a number from 1 to 10000000, not {products}"),
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn run_is_a_release_build_unless_told_otherwise() {
        assert_eq!(read("run").unwrap(), Task::Run { debug: false, args: vec![] });
        assert_eq!(read("run --debug").unwrap(), Task::Run { debug: true, args: vec![] });
    }

    #[test]
    fn words_after_two_dashes_go_to_the_shop() {
        let args = vec!["--no-demo".to_owned()];
        assert_eq!(read("run -- --no-demo").unwrap(), Task::Run { debug: false, args });
    }

    #[test]
    fn playwright_gets_its_words_as_they_are() {
        let args = vec!["--project=nojs".to_owned(), "cart".to_owned()];
        assert_eq!(read("e2e --project=nojs cart").unwrap(), Task::E2e { args });
    }

    #[test]
    fn a_catalogue_has_a_sensible_number_of_products() {
        let task = Task::GenerateCatalog { products: 1000, folder: Some("x".to_owned()) };
        assert_eq!(read("generate-catalog --products 1000 --out x").unwrap(), task);
        for line in ["generate-catalog", "generate-catalog --products 0", "generate-catalog --products -1"] {
            assert!(read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn growth_is_measured_at_the_sizes_that_are_asked_for() {
        assert_eq!(read("bench --growth 5,70").unwrap(), Task::Growth { sizes: vec![5, 70] });
        for line in ["bench --growth 5,", "bench --growth 0", "bench --growth many"] {
            assert!(read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_soak_has_minutes_and_a_database() {
        let soak = |minutes, on_postgresql| Task::Soak { minutes, on_postgresql };
        assert_eq!(read("bench --soak").unwrap(), soak(10, false));
        assert_eq!(read("bench --soak 3").unwrap(), soak(3, false));
        assert_eq!(read("bench --soak postgresql").unwrap(), soak(10, true));
        assert_eq!(read("bench --soak 3 postgresql").unwrap(), soak(3, true));
        for line in ["bench --soak 0", "bench --soak 3 mysql", "bench --soak 3 4 postgresql"] {
            assert!(read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn lighthouse_takes_no_more_words() {
        assert_eq!(read("bench --lighthouse").unwrap(), Task::Lighthouse);
        assert!(read("bench --lighthouse home").is_err());
    }

    #[test]
    fn asking_for_help_is_never_an_error() {
        for line in ["", "help", "--help", "test --help"] {
            assert_eq!(read(line).unwrap(), Task::Help);
        }
    }

    #[test]
    fn an_unknown_command_is_named_together_with_the_help() {
        let message = read("tset").unwrap_err().to_string();
        assert!(message.contains("tset") && message.contains("new-slice"));
    }
}
