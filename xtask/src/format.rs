//! `cargo xtask fmt`, and the check that it has been run: rustfmt for Rust, leptosfmt for what is
//! inside `view!`.

use crate::{process::Program, report, setup, workspace::Workspace};
use anyhow::{Result, bail};

/// Formats everything. Once more after leptosfmt, because a `view!` that has grown over several lines
/// changes how rustfmt writes the closure around it.
pub(crate) fn format(workspace: &Workspace) -> Result<()> {
    report::headline("format");
    rustfmt(workspace).run()?;
    views(workspace)?.read()?;
    rustfmt(workspace).run()
}

/// An error when rustfmt would change something.
pub(crate) fn check_rust(workspace: &Workspace) -> Result<()> {
    rustfmt(workspace).arg("--check").run()
}

/// An error when leptosfmt would change something.
pub(crate) fn check_views(workspace: &Workspace) -> Result<()> {
    let (is_formatted, output) = views(workspace)?.arg("--check").outcome()?;
    if !is_formatted {
        bail!("{}", without_praise(&output));
    }
    Ok(())
}

fn rustfmt(workspace: &Workspace) -> Program {
    workspace.cargo().args(["fmt", "--all"])
}

fn views(workspace: &Workspace) -> Result<Program> {
    Ok(Program::new(setup::leptosfmt(workspace)?).arg("app/src").dir(workspace.root()))
}

/// leptosfmt first shows its settings and every file that is fine.
fn without_praise(output: &str) -> String {
    let lines = output.lines().skip_while(|line| !line.starts_with('❌'));
    lines.filter(|line| !line.starts_with('✅')).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_is_shown() {
        let output = "max_width = 110\n✅ a.rs\n❌ b.rs is not correctly formatted\n-a\n+b\n✅ c.rs\n";
        assert_eq!(without_praise(output), "❌ b.rs is not correctly formatted\n-a\n+b");
    }
}
