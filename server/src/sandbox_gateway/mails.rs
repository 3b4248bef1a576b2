//! The shop's mails, read from the folder of `.eml` files into which it writes them while no mail server is set.
//! Only names that are ids are opened, so no address of a page leads out of the folder.

use mail_parser::{Message, MessageParser};
use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use time::OffsetDateTime;
use uuid::Uuid;

/// The newest mails that are listed.
pub(super) const LISTED: usize = 100;
/// What is read of a file, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// A mail as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SentMail {
    pub(super) id: Uuid,
    /// Its date; `None` when the header cannot be read.
    pub(super) at: Option<OffsetDateTime>,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// The folder.
#[derive(Debug, Clone)]
pub(super) struct Mailbox(PathBuf);

impl Mailbox {
    /// The mails in `folder`, which need not be there yet.
    pub(super) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The newest mails, newest first.
    pub(super) fn newest(&self) -> io::Result<Vec<SentMail>> {
        let mut files = self.files()?;
        files.sort_by_key(|(changed, id)| Reverse((*changed, *id)));
        let mut mails = Vec::new();
        for (_, id) in files.into_iter().take(LISTED) {
            mails.extend(self.find(id)?);
        }
        // The time in a mail is what people see; that of its file breaks ties, since sorting keeps their order.
        mails.sort_by_key(|mail| Reverse(mail.at));
        Ok(mails)
    }

    /// The mail of that id. `None`: there is none, or its file is no mail.
    pub(super) fn find(&self, id: Uuid) -> io::Result<Option<SentMail>> {
        let mut bytes = Vec::new();
        match File::open(self.0.join(format!("{id}.eml"))) {
            Ok(file) => file.take(MAX_BYTES).read_to_end(&mut bytes)?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(MessageParser::default().parse(&bytes).map(|message| read(id, &message)))
    }

    /// When each mail's file was changed.
    fn files(&self) -> io::Result<Vec<(SystemTime, Uuid)>> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".eml")).and_then(parse_id);
            if let Some(id) = id {
                files.push((entry.metadata()?.modified()?, id));
            }
        }
        Ok(files)
    }
}

/// An id in the one form in which files are named.
pub(super) fn parse_id(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok().filter(|id| id.to_string() == text)
}

fn read(id: Uuid, message: &Message<'_>) -> SentMail {
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address());
    let at = message.date().and_then(|date| OffsetDateTime::from_unix_timestamp(date.to_timestamp()).ok());
    SentMail {
        id,
        at,
        to: to.unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_form_only() {
        let id = "0199f2a4-7c11-7b3e-8f7d-0123456789ab";
        assert_eq!(parse_id(id).map(|id| id.to_string()).as_deref(), Some(id));
        for other in
            ["", "..", "../x", "0199F2A4-7C11-7B3E-8F7D-0123456789AB", "0199f2a47c117b3e8f7d0123456789ab"]
        {
            assert_eq!(parse_id(other), None, "{other}");
        }
        assert_eq!(parse_id(&format!("{{{id}}}")), None);
        assert_eq!(parse_id(&format!("{id}/../{id}")), None);
    }

    #[test]
    fn a_mail_without_any_header_is_shown_as_it_is() {
        let message = MessageParser::default().parse(b"\r\nonly a body").unwrap();
        let mail = read(Uuid::nil(), &message);
        assert_eq!((mail.at, mail.to.as_str(), mail.subject.as_str()), (None, "", ""));
        assert!(mail.text.contains("only a body"));
    }
}
