//! Mail into files, and over SMTP to a server of the test.

use super::*;
use crate::platform::clock::FixedClock;
use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

fn sender() -> Sender {
    Sender::new("集市 Jishi <shop@example.com>", Arc::new(FixedClock::default())).unwrap()
}

fn mail(to: &str) -> Mail {
    Mail {
        key: Uuid::nil(),
        to: to.to_owned(),
        subject: "订单已收到".to_owned(),
        text: "thank you".to_owned(),
        html: "<p>thank you</p>".to_owned(),
    }
}

#[tokio::test]
async fn a_mail_becomes_one_whole_file() {
    let folder = std::env::temp_dir().join(format!("jishi-mail-{}", std::process::id()));
    let mailer = FileMailer::new(&folder, sender());
    mailer.send(mail("ann@example.com")).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(&files[0]).unwrap();
    assert!(files[0].to_string_lossy().ends_with(".eml"));
    assert!(text.contains("To: ann@example.com") && text.contains("text/html"), "{text}");
    assert!(text.contains("Date: Mon, 23 Nov 2026 08:00:00 +0000"), "{text}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_for_good() {
    let mailer = FileMailer::new(Path::new("/nowhere"), sender());
    for to in ["", "ann", "ann@example.com\r\nBcc: all@example.com"] {
        assert_eq!(mailer.send(mail(to)).await, Err(MailError::Refused), "{to:?}");
    }
}

#[test]
fn debug_does_not_show_who_gets_a_mail() {
    assert!(!format!("{:?}", mail("ann@example.com")).contains("ann"));
}

#[test]
fn urls_that_are_no_mail_server_are_refused() {
    assert!(SmtpMailer::new("smtp://user:secret@mail.example:587?tls=required", sender()).is_some());
    assert!(SmtpMailer::new("mail.example", sender()).is_none());
}

#[tokio::test]
async fn a_mail_that_is_sent_again_replaces_the_first() {
    let folder = std::env::temp_dir().join(format!("jishi-mail-again-{}", std::process::id()));
    let mailer = FileMailer::new(&folder, sender());
    for _ in 0..2 {
        mailer.send(mail("ann@example.com")).await.unwrap();
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    mailer.send(Mail { key: Uuid::from_u128(1), ..mail("ann@example.com") }).await.unwrap();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
    std::fs::remove_dir_all(folder).unwrap();
}

/// What the server says where it does not agree: a command, and the answer to it.
type Objection = Option<(&'static str, &'static str)>;

/// What a server was told: the envelope's lines, then the message.
#[derive(Debug, Default)]
struct Told {
    envelope: Vec<String>,
    message: Vec<u8>,
}

/// A mail server for one mail. Gives its URL, and what it was told once the client has gone.
async fn mail_server(objection: Objection) -> (String, JoinHandle<Told>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move { converse(listener.accept().await.unwrap().0, objection).await });
    (url, served)
}

/// As RFC 5321 has it: a greeting, one answer per command, and after 354 the message up to a dot of its own.
async fn converse(stream: TcpStream, objection: Objection) -> Told {
    let mut stream = BufReader::new(stream);
    let mut told = Told::default();
    let answer_to = |verb: &str, usual: &'static str| match objection {
        Some((to, answer)) if to == verb => answer,
        _ => usual,
    };
    let mut answer = answer_to("HELLO", "220 mail.test");
    loop {
        if stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return told;
        }
        if answer.starts_with("354") {
            while !told.message.ends_with(b"\r\n.\r\n") {
                told.message.push(stream.read_u8().await.unwrap());
            }
            answer = answer_to("MESSAGE", "250 taken");
            continue;
        }
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return told;
        }
        let verb = line.get(..4).unwrap_or_default().to_owned();
        answer = match verb.as_str() {
            "EHLO" => answer_to("EHLO", "250 mail.test"),
            "DATA" => answer_to("DATA", "354 go on"),
            "QUIT" => "221 bye",
            other => {
                told.envelope.push(line.trim_end().to_owned());
                answer_to(other, "250 ok")
            }
        };
    }
}

#[tokio::test]
async fn a_mail_arrives_at_a_mail_server_with_both_parts() {
    let (url, served) = mail_server(None).await;
    let mailer = SmtpMailer::new(&url, sender()).unwrap();
    let text = "您好：\n\n.一行以点开头\n谢谢\n".to_owned();
    let sent = Mail { text, html: "<p>谢谢 <b>Ann</b></p>".to_owned(), ..mail("ann@example.com") };
    mailer.send(sent.clone()).await.unwrap();
    drop(mailer);
    let told = served.await.unwrap();
    assert_eq!(told.envelope, ["MAIL FROM:<shop@example.com>", "RCPT TO:<ann@example.com>"]);
    assert!(told.message.is_ascii(), "a server that promises nothing more is sent nothing more");
    // RFC 5321, 4.5.2: the dot at the end is the protocol's, and so is one more before a line that begins with one.
    let stripped = told.message.strip_suffix(b".\r\n").unwrap();
    let message = String::from_utf8(stripped.to_vec()).unwrap().replace("\r\n..", "\r\n.");
    let read = MessageParser::default().parse(message.as_bytes()).unwrap();
    assert_eq!(read.subject(), Some("订单已收到"));
    assert_eq!(read.message_id(), Some(format!("{}@example.com", Uuid::nil()).as_str()));
    assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), sent.text);
    assert_eq!(read.body_html(0).unwrap(), sent.html);
}

#[tokio::test]
async fn a_server_that_has_no_time_now_is_asked_again_later() {
    for objection in [
        ("HELLO", "421 too busy"),
        ("MAIL", "451 later"),
        ("RCPT", "450 mailbox is busy"),
        ("DATA", "451 later"),
        ("MESSAGE", "452 disk is full"),
        // A login that is wrong says nothing about the mail.
        ("MAIL", "530 authentication required"),
        ("MAIL", "535 wrong password"),
    ] {
        let (url, served) = mail_server(Some(objection)).await;
        let mailer = SmtpMailer::new(&url, sender()).unwrap();
        let sent = mailer.send(mail("ann@example.com")).await;
        assert_eq!(sent, Err(MailError::Unavailable), "{objection:?}");
        drop(mailer);
        served.await.unwrap();
    }
}

#[tokio::test]
async fn a_mail_that_the_server_never_takes_is_refused() {
    for objection in [
        ("MAIL", "552 too large"),
        ("RCPT", "550 no such mailbox"),
        ("DATA", "554 no"),
        ("MESSAGE", "554 spam"),
    ] {
        let (url, served) = mail_server(Some(objection)).await;
        let mailer = SmtpMailer::new(&url, sender()).unwrap();
        let sent = mailer.send(mail("ann@example.com")).await;
        assert_eq!(sent, Err(MailError::Refused), "{objection:?}");
        drop(mailer);
        served.await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_or_hangs_up_is_asked_again_later() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mailer = SmtpMailer::new(&url, sender()).unwrap();
    let hanging_up = async { drop(listener.accept().await.unwrap()) };
    let (sent, ()) = tokio::join!(mailer.send(mail("ann@example.com")), hanging_up);
    assert_eq!(sent, Err(MailError::Unavailable), "it hung up");
    drop(listener);
    assert_eq!(mailer.send(mail("ann@example.com")).await, Err(MailError::Unavailable), "it is gone");
}
