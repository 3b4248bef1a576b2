//! The mail viewer: what the shop's mailer has written is shown, and nothing else.
#![expect(clippy::unwrap_used, reason = "a failing helper fails the test, which is the point")]

use crate::harness::{Answer, Sandbox};
use axum::body::Body;
use axum::http::Request;
use server::platform::clock::FixedClock;
use server::platform::mailer::{FileMailer, Mail, Mailer as _, Sender};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use time::Duration;
use uuid::Uuid;

const ID: &str = "0199f2a4-7c11-7b3e-8f7d-0123456789ab";

/// A folder of mails, written as the shop writes them, and a gateway that shows it.
struct Viewer {
    folder: PathBuf,
    clock: Arc<FixedClock>,
    mailer: FileMailer,
    sandbox: Sandbox,
}

impl Viewer {
    async fn open() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("jishi-viewer-{}-{turn}", std::process::id()));
        let clock = Arc::new(FixedClock::default());
        let sender = Sender::new("集市 Jishi <shop@example.com>", clock.clone()).unwrap();
        let mailer = FileMailer::new(&folder, sender);
        let sandbox = Sandbox::with_mails(folder.clone()).await;
        Self { folder, clock, mailer, sandbox }
    }

    /// Writes a mail, a minute after the one before.
    async fn write(&self, id: &str, subject: &str, html: &str) {
        let text = "李雷，您好：\n\n谢谢您的订单 <b>J100001</b>，我们这就为您备货。查看订单和最新进展：\nhttp://127.0.0.1:3000/zh/orders/or_1?key=abc\n\n集市\n";
        let mail = Mail {
            key: Uuid::parse_str(id).unwrap(),
            to: "ann@example.com".to_owned(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: html.to_owned(),
        };
        self.mailer.send(mail).await.unwrap();
        self.clock.advance(Duration::minutes(1));
    }

    async fn get(&self, path: &str, header: (&str, &str)) -> Answer {
        let request = Request::get(self.sandbox.url(path)).header(header.0, header.1).body(Body::empty());
        self.sandbox.send(request.unwrap()).await
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn mails_are_listed_newest_first_in_the_readers_language() {
    let viewer = Viewer::open().await;
    let empty = viewer.sandbox.get("/mail").await;
    assert_eq!(empty.status, 200, "the folder is made with the first mail");
    assert!(empty.text.contains("No mails yet") && !empty.text.contains("<ol"), "{}", empty.text);
    let long = "集市订单 J100002：我们收到了，这一行长得要在信头里折成几行才写得下，读回来仍须一字不差";
    viewer.write(&Uuid::from_u128(9).to_string(), "first", "").await;
    viewer.write(&Uuid::from_u128(5).to_string(), long, "").await;
    viewer.write(&Uuid::from_u128(7).to_string(), "third & <last>", "").await;
    for (language, title, time) in [
        ("zh-CN", "<h1>邮件</h1>", "2026年11月23日 16:02（北京时间）"),
        ("en", "<h1>Mails</h1>", "16:02 (China time)"),
    ] {
        let page = viewer.get("/mail", ("accept-language", language)).await;
        assert!(page.text.contains(title) && page.text.contains(time), "{}", page.text);
        let places =
            [">third &amp; &lt;last&gt;<", long, ">first<"].map(|text| page.text.find(text).unwrap());
        assert!(places.is_sorted(), "{places:?} in {}", page.text);
        assert_eq!(page.text.matches("ann@example.com").count(), 3);
        assert!(page.text.contains(&format!("href=\"/mail/{}\"", Uuid::from_u128(7))));
        assert!(!page.text.contains("<script") && !page.text.contains("style="));
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    }
}

#[tokio::test]
async fn a_mail_is_shown_as_text_and_as_html_that_can_do_nothing() {
    let viewer = Viewer::open().await;
    let html = "<!doctype html><html><body><p>谢谢 &lt;3</p><script>alert(1)</script></body></html>";
    viewer.write(ID, "订单", html).await;
    let page = viewer.sandbox.get(&format!("/mail/{ID}")).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("谢谢您的订单 &lt;b&gt;J100001&lt;/b&gt;，我们这就为您备货。"),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("<a href=\"http://127.0.0.1:3000/zh/orders/or_1?key=abc\" rel=\"noreferrer\">")
    );
    assert!(
        page.text.contains(&format!("src=\"/mail/{ID}/html\""))
            && page.text.contains("sandbox=\"allow-popups")
    );
    assert!(!page.text.contains("<script"));
    let letter = viewer.sandbox.get(&format!("/mail/{ID}/html")).await;
    assert_eq!((letter.status, letter.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(letter.text, format!("{html}<base target=\"_blank\">"), "as it was written");
    let policy = letter.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'"),
        "{policy}"
    );
    for power in ["allow-scripts", "allow-same-origin", "allow-forms", "script-src"] {
        assert!(!policy.contains(power), "{policy}");
    }
}

#[tokio::test]
async fn nothing_but_mails_is_opened() {
    let viewer = Viewer::open().await;
    viewer.write(ID, "mine", "<p>mine</p>").await;
    let other = "0199f2a4-7c11-7b3e-8f7d-0123456789ac";
    for name in ["secret.eml".to_owned(), format!("{other}.txt"), "x.txt".to_owned()] {
        std::fs::write(viewer.folder.join(name), "Subject: secret\r\n\r\nsecret").unwrap();
    }
    std::fs::create_dir(viewer.folder.join("sub")).unwrap();
    std::fs::write(viewer.folder.join(format!("sub/{other}.eml")), "Subject: secret\r\n\r\nsecret").unwrap();
    let up = format!("..%2F{}%2F{ID}", viewer.folder.file_name().unwrap().to_str().unwrap());
    for id in [
        other,
        "secret",
        "secret.eml",
        "x.txt",
        "..%2F..%2Fetc%2Fpasswd",
        &up,
        &format!("sub%2F{other}"),
        &ID.to_uppercase(),
        &ID.replace('-', ""),
        &format!("%7B{ID}%7D"),
        &format!("{ID}.eml"),
        &format!("{ID}%00"),
    ] {
        for form in ["", "/html"] {
            let answer = viewer.sandbox.get(&format!("/mail/{id}{form}")).await;
            assert_eq!(answer.status, 404, "{id}");
            assert!(!answer.text.contains("secret") && !answer.text.contains("mine"), "{id}");
        }
    }
    let page = viewer.sandbox.get("/mail").await;
    assert!(page.text.contains(">mine<") && !page.text.contains("secret"), "{}", page.text);
}

#[tokio::test]
async fn a_file_that_is_no_mail_does_not_hide_the_others() {
    let viewer = Viewer::open().await;
    viewer.write(ID, "mine", "<p>mine</p>").await;
    for (turn, bytes) in
        [&b""[..], b"\xff\xfe\x00", b"Subject: =?utf-8?B?///?=\r\nDate: never\r\n\r\n"].iter().enumerate()
    {
        std::fs::write(viewer.folder.join(format!("{}.eml", Uuid::from_u128(turn as u128))), bytes).unwrap();
    }
    let page = viewer.sandbox.get("/mail").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains(">mine<"), "{}", page.text);
    for turn in 0..3 {
        assert!(viewer.sandbox.get(&format!("/mail/{}", Uuid::from_u128(turn))).await.status < 500);
    }
}

#[tokio::test]
async fn a_name_from_elsewhere_that_leads_here_sees_no_mail() {
    let viewer = Viewer::open().await;
    viewer.write(ID, "mine", "<p>mine</p>").await;
    for path in ["/mail".to_owned(), format!("/mail/{ID}"), format!("/mail/{ID}/html")] {
        for host in ["evil.example", "evil.example:3020", "127.0.0.1.evil.example", "10.1.2.3:3020"] {
            let answer = viewer.get(&path, ("host", host)).await;
            assert_eq!(answer.status, 404, "{host}");
            assert!(!answer.text.contains("mine"));
        }
        assert_eq!(viewer.get(&path, ("host", "localhost:3020")).await.status, 200);
    }
}

#[tokio::test]
async fn a_gateway_that_is_not_told_of_a_folder_shows_no_mails() {
    let sandbox = Sandbox::start().await;
    for path in ["/mail".to_owned(), format!("/mail/{ID}"), format!("/mail/{ID}/html")] {
        assert_eq!(sandbox.get(&path).await.status, 404, "{path}");
    }
}
