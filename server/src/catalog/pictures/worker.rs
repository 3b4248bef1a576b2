//! A picture's forms, made by a process of its own: this program once more, which ends with its picture.
//!
//! Decoders and encoders are C and get what an operator found somewhere: when one breaks down, a picture keeps its width
//! and the shop goes on, and it has nothing to find where it works, neither settings nor the database. The megabytes that
//! a picture takes go with the process; an allocator would keep most of them.

use super::Form;
use super::shrink::shrink;
use anyhow::{Context as _, bail, ensure};
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// What the program is asked for; nobody types it.
pub const COMMAND: &str = "make-picture-forms";
/// A picture that takes longer than this (they take a fifth of a second) is given up.
const LONGEST: Duration = Duration::from_secs(60);
/// All forms of a picture together are smaller than this, or something is wrong.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Where forms are made.
#[derive(Debug, Clone)]
pub enum Maker {
    /// In this process: where the system does not tell which program is running.
    Here,
    /// By this program, which knows [`COMMAND`].
    Program(PathBuf),
}

impl Maker {
    /// By the program that is running.
    #[must_use]
    pub fn this_program() -> Self {
        // The link leads to the running program even after another version has taken its place.
        let link = PathBuf::from("/proc/self/exe");
        if link.exists() {
            return Self::Program(link);
        }
        std::env::current_exe().map_or(Self::Here, Self::Program)
    }

    /// Every form with its bytes. Blocks for as long as it takes.
    ///
    /// # Errors
    /// When the picture cannot be read, is far too large, or breaks what reads it.
    pub(super) fn make(&self, picture: &[u8]) -> anyhow::Result<Vec<(Form, Vec<u8>)>> {
        let Self::Program(program) = self else { return shrink(picture) };
        match start(program.as_os_str()) {
            Ok(child) => converse(child, picture),
            Err(error) => {
                tracing::warn!(kind = ?error.kind(), "no process for pictures can be started: they are made here");
                shrink(picture)
            }
        }
    }
}

fn start(program: &OsStr) -> std::io::Result<Child> {
    let mut command = Command::new(program);
    // Its environment may hold the shop's secrets.
    command.arg(COMMAND).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

/// The other process reads to the end before it answers, and says little when something is wrong: nobody waits for the
/// other with a full pipe.
fn converse(mut child: Child, picture: &[u8]) -> anyhow::Result<Vec<(Form, Vec<u8>)>> {
    let said = child.stdin.take().context("no way to speak").and_then(|mut to| Ok(to.write_all(picture)?));
    let mut forms = Vec::new();
    let heard = match child.stdout.take() {
        Some(from) => from.take(MOST_BYTES).read_to_end(&mut forms).map(drop),
        None => Ok(()),
    };
    let mut problem = String::new();
    if let Some(from) = child.stderr.take() {
        let _ = from.take(1024).read_to_string(&mut problem);
    }
    let status = child.wait()?;
    if status.success() {
        said.context("the picture was not taken")?;
        heard?;
        return unpack(&forms);
    }
    match problem.lines().next() {
        Some(line) => bail!("{line}"),
        None => bail!("the picture broke what reads it ({status})"),
    }
}

/// The other side: a picture on the standard input, its forms on the standard output, or the problem as a line.
#[must_use]
pub fn main() -> ExitCode {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(answer(std::io::stdin(), std::io::stdout())));
    match told.recv_timeout(LONGEST) {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error:#}"),
        Err(mpsc::RecvTimeoutError::Timeout) => eprintln!("the picture takes too long"),
        // It has told the reason itself.
        Err(mpsc::RecvTimeoutError::Disconnected) => {}
    }
    ExitCode::FAILURE
}

fn answer(mut from: impl Read, mut to: impl Write) -> anyhow::Result<()> {
    let mut picture = Vec::new();
    from.read_to_end(&mut picture)?;
    to.write_all(&pack(&shrink(&picture)?)?)?;
    Ok(to.flush()?)
}

/// Width (0 for the one for previews elsewhere) and length, four bytes each, then the bytes.
fn pack(forms: &[(Form, Vec<u8>)]) -> anyhow::Result<Vec<u8>> {
    let mut packed = Vec::new();
    for (form, bytes) in forms {
        let width = match form {
            Form::Width(width) => *width,
            Form::Share => 0,
        };
        packed.extend(width.to_le_bytes());
        packed.extend(u32::try_from(bytes.len())?.to_le_bytes());
        packed.extend(bytes);
    }
    Ok(packed)
}

fn unpack(mut packed: &[u8]) -> anyhow::Result<Vec<(Form, Vec<u8>)>> {
    const CUT: &str = "the answer ends too early";
    let mut forms = Vec::new();
    while !packed.is_empty() {
        let (width, rest) = packed.split_first_chunk::<4>().context(CUT)?;
        let (length, rest) = rest.split_first_chunk::<4>().context(CUT)?;
        let length = usize::try_from(u32::from_le_bytes(*length))?;
        let (bytes, rest) = rest.split_at_checked(length).context(CUT)?;
        let form = match u32::from_le_bytes(*width) {
            0 => Form::Share,
            width => Form::parse(&width.to_string()).context("a form that nobody knows")?,
        };
        forms.push((form, bytes.to_vec()));
        packed = rest;
    }
    ensure!(!forms.is_empty(), "no form was made");
    Ok(forms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_arrive_as_they_were_sent() {
        let forms =
            vec![(Form::Width(320), vec![1, 2, 3]), (Form::Width(960), vec![]), (Form::Share, vec![9])];
        assert_eq!(unpack(&pack(&forms).unwrap()).unwrap(), forms);
    }

    #[test]
    fn an_answer_that_is_cut_off_or_unknown_is_no_answer() {
        let packed = pack(&[(Form::Width(320), vec![1, 2, 3])]).unwrap();
        for length in 0..packed.len() {
            assert!(unpack(&packed[..length]).is_err(), "{length}");
        }
        let unknown = [7_u32.to_le_bytes(), 0_u32.to_le_bytes()].concat();
        assert!(unpack(&unknown).is_err());
    }

    #[test]
    fn a_program_that_cannot_be_started_does_not_keep_pictures_from_being_made() {
        let picture = include_bytes!("../../../../demo/media/celadon-teapot-hero.webp");
        let maker = Maker::Program(PathBuf::from("/nowhere/jishi"));
        assert_eq!(maker.make(picture).unwrap().len(), Form::of(1200).len());
    }

    #[test]
    fn a_program_that_breaks_down_or_says_nothing_is_told_as_the_picture_s_problem() {
        let problem = |program: &str, picture: &[u8]| {
            Maker::Program(PathBuf::from(program)).make(picture).unwrap_err().to_string()
        };
        assert!(problem("/bin/false", &[0; 200_000]).contains("broke what reads it"));
        assert_eq!(problem("/bin/true", &[]), "no form was made");
        assert_eq!(problem("/bin/true", &[0; 2_000_000]), "the picture was not taken");
    }
}
