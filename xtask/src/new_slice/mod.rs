//! `cargo xtask new-slice <name>`: the files of a new slice, small but whole: a form, a table, a page
//! and their tests. What they hold is meant to be replaced; where things go is meant to stay.

mod name;

use crate::{report, workspace::Workspace};
use anyhow::{Context, Result, bail};
use name::Name;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Template and the file that it becomes.
const FILES: [(&str, &str); 17] = [
    (include_str!("../../templates/slice/app_mod.rs.in"), "app/src/{{slice}}/mod.rs"),
    (include_str!("../../templates/slice/app_model.rs.in"), "app/src/{{slice}}/model.rs"),
    (include_str!("../../templates/slice/app_port.rs.in"), "app/src/{{slice}}/port.rs"),
    (include_str!("../../templates/slice/app_api.rs.in"), "app/src/{{slice}}/api.rs"),
    (include_str!("../../templates/slice/app_pages.rs.in"), "app/src/{{slice}}/pages.rs"),
    (include_str!("../../templates/slice/app_view.rs.in"), "app/src/{{slice}}/view.rs"),
    (include_str!("../../templates/slice/app_islands.rs.in"), "app/src/{{slice}}/islands.rs"),
    (include_str!("../../templates/slice/app_i18n.rs.in"), "app/src/i18n/{{slice}}.rs"),
    (include_str!("../../templates/slice/server_mod.rs.in"), "server/src/{{slice}}/mod.rs"),
    (include_str!("../../templates/slice/server_row.rs.in"), "server/src/{{slice}}/row.rs"),
    (include_str!("../../templates/slice/server_repo.rs.in"), "server/src/{{slice}}/repo.rs"),
    (include_str!("../../templates/slice/server_service.rs.in"), "server/src/{{slice}}/service.rs"),
    (include_str!("../../templates/slice/server_jobs.rs.in"), "server/src/{{slice}}/jobs.rs"),
    (include_str!("../../templates/slice/contract.rs.in"), "server/tests/contract/{{slice}}.rs"),
    (include_str!("../../templates/slice/sqlite.sql.in"), "migrations/sqlite/{{number}}_{{slice}}.sql"),
    (include_str!("../../templates/slice/postgres.sql.in"), "migrations/postgres/{{number}}_{{slice}}.sql"),
    (include_str!("../../templates/slice/spec.ts.in"), "end2end/tests/{{slice}}.spec.ts"),
];

const STEPS: &str = include_str!("../../templates/slice/steps.txt.in");

/// Writes the files and says what remains to be done by hand.
pub(crate) fn new_slice(workspace: &Workspace, name: &str) -> Result<()> {
    let root = workspace.root();
    let stamp = Stamp { name: Name::parse(name)?, number: next_migration(root)? };
    let files = FILES.map(|(template, path)| (root.join(stamp.fill(path)), stamp.fill(template)));
    for folder in ["app/src/{{slice}}", "server/src/{{slice}}"] {
        let folder = root.join(stamp.fill(folder));
        if folder.exists() {
            bail!("{} is there already; nothing was written", folder.display());
        }
    }
    report::headline(&format!("{} files", files.len()));
    for (file, content) in &files {
        write_new(file, content)?;
        report::note(&file.strip_prefix(root).unwrap_or(file).display().to_string());
    }
    println!("\n{}", stamp.fill(STEPS));
    Ok(())
}

/// What goes into the gaps of a template.
struct Stamp {
    name: Name,
    number: String,
}

impl Stamp {
    fn fill(&self, template: &str) -> String {
        [
            ("{{slice}}", self.name.snake()),
            ("{{Slice}}", self.name.camel()),
            ("{{path}}", self.name.kebab()),
            ("{{title}}", self.name.title()),
            ("{{number}}", self.number.clone()),
        ]
        .iter()
        .fold(template.to_owned(), |text, (gap, value)| text.replace(gap, value))
    }
}

fn next_migration(root: &Path) -> Result<String> {
    let folder = root.join("migrations/sqlite");
    let files = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    Ok(number_after(names))
}

fn number_after(names: impl Iterator<Item = String>) -> String {
    let last = names.filter_map(|name| name.split('_').next()?.parse::<u32>().ok()).max();
    format!("{:04}", last.unwrap_or(0) + 1)
}

fn write_new(file: &PathBuf, content: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_of_every_template_is_filled() {
        let name = Name::parse("gift_cards").unwrap();
        let stamp = Stamp { name, number: "0007".to_owned() };
        for text in FILES.iter().flat_map(|(template, path)| [*template, *path]).chain([STEPS]) {
            let filled = stamp.fill(text);
            assert!(!filled.contains("{{"), "{filled}");
        }
        assert_eq!(
            stamp.fill("{{slice}} {{Slice}} {{path}} {{title}}"),
            "gift_cards GiftCards gift-cards Gift cards"
        );
    }

    #[test]
    fn the_next_migration_follows_the_last_one() {
        let names = ["0002_catalog.sql", "0010_cart.sql", "README.md"].map(str::to_owned);
        assert_eq!(number_after(names.into_iter()), "0011");
        assert_eq!(number_after(std::iter::empty()), "0001");
    }
}
