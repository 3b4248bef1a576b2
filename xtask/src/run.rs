//! `cargo xtask run`: from a checkout to an open shop.

use crate::{
    checkout, interrupt,
    process::{self, Program},
    report, site,
    workspace::{Workspace, setting},
};
use anyhow::{Result, bail};
use std::{
    io::Read as _,
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::Duration,
};

const DEFAULT_ADDR: &str = "127.0.0.1:3000";
const DEFAULT_SANDBOX: &str = "127.0.0.1:3020";
const DEFAULT_DATA: &str = "data";
const POLL: Duration = Duration::from_millis(50);

/// Builds what has changed, starts the shop and stays until it ends or the user stops it.
pub(crate) fn run(workspace: &Workspace, debug: bool, args: &[String]) -> Result<()> {
    site::site(workspace)?;
    build(workspace, debug)?;
    let mut shop = Shop::start(workspace, debug, args)?;
    shop.announce(&address(args))?;
    shop.stay()
}

/// Compiles the server with everything in it.
pub(crate) fn build(workspace: &Workspace, debug: bool) -> Result<()> {
    report::headline("server");
    let _claim = checkout::claim(workspace)?;
    let release = if debug { None } else { Some("--release") };
    workspace.cargo().args(["build", "-p", "server", "--bin", "jishi"]).args(release).run()
}

/// The processes that make up a running shop: all start together and end together.
struct Shop {
    processes: Vec<(&'static str, Child)>,
    /// Where its mails can be looked at.
    mails: Option<String>,
}

impl Shop {
    fn start(workspace: &Workspace, debug: bool, args: &[String]) -> Result<Self> {
        let jishi = workspace.jishi(if debug { "debug" } else { "release" });
        let serve = Program::new(&jishi).arg("serve").args(args).dir(workspace.root());
        let mut shop = Self { processes: Vec::new(), mails: None };
        match sandbox(args) {
            Some(sandbox) => {
                shop.mails = Some(format!("http://{}/mail", sandbox.address));
                let gateway = Program::new(&jishi).arg("sandbox-gateway").dir(workspace.root());
                shop.add("jishi sandbox-gateway", gateway.envs(sandbox.settings()))?;
                shop.add("jishi serve", serve.envs(sandbox.settings()))?;
            }
            None => shop.add("jishi serve", serve)?,
        }
        Ok(shop)
    }

    fn add(&mut self, name: &'static str, program: Program) -> Result<()> {
        // JISHI_SITE_DIR is for the compiler, not a setting of the shop. In a process group of its own
        // Ctrl-C reaches the shop through us, once, and not a second time from the terminal.
        let mut program = program.without_env("JISHI_SITE_DIR").configure(|command| {
            command.stdin(Stdio::null()).process_group(0);
        });
        self.processes.push((name, program.spawn()?));
        Ok(())
    }

    /// Says where the shop is as soon as it answers.
    fn announce(&mut self, address: &str) -> Result<()> {
        while TcpStream::connect(address).is_err() {
            if self.first_ended()?.is_some() || interrupt::asked_to_stop() {
                return Ok(());
            }
            thread::sleep(POLL);
        }
        report::headline(&format!("the shop is open: http://{address}  (Ctrl-C closes it)"));
        if let Some(mails) = &self.mails {
            report::headline(&format!("its mails: {mails}"));
        }
        Ok(())
    }

    fn stay(&mut self) -> Result<()> {
        loop {
            if interrupt::asked_to_stop() {
                return Ok(());
            }
            if let Some(end) = self.first_ended()? {
                bail!(end);
            }
            thread::sleep(POLL);
        }
    }

    fn first_ended(&mut self) -> Result<Option<String>> {
        for (name, child) in &mut self.processes {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(format!("{name} ended with {status}")));
            }
        }
        Ok(None)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        for (_, child) in self.processes.iter_mut().rev() {
            process::end(child).ok();
        }
    }
}

/// A payment gateway of the shop's own: where it listens, the key that both share for this one run, and where the shop
/// puts the mails that the gateway shows.
struct Sandbox {
    address: String,
    secret: String,
    mail_dir: String,
}

impl Sandbox {
    fn settings(&self) -> [(&'static str, String); 4] {
        [
            ("JISHI_SANDBOX_ADDR", self.address.clone()),
            ("JISHI_SANDBOX_URL", format!("http://{}", self.address)),
            ("JISHI_SANDBOX_SECRET", self.secret.clone()),
            ("JISHI_SANDBOX_MAIL_DIR", self.mail_dir.clone()),
        ]
    }
}

/// The gateway to start beside the shop. `None` when the user has set one up, or shows the shop under another name
/// than this machine's, where a gateway for playing has no place.
fn sandbox(args: &[String]) -> Option<Sandbox> {
    let given = |flag_name: &str, variable: &str| flag(args, flag_name).or_else(|| setting(variable));
    if given("--sandbox-url", "JISHI_SANDBOX_URL").is_some()
        || given("--base-url", "JISHI_BASE_URL").is_some()
    {
        return None;
    }
    let address = given("--sandbox-addr", "JISHI_SANDBOX_ADDR").or_else(free_address)?;
    let secret = given("--sandbox-secret", "JISHI_SANDBOX_SECRET").or_else(random_secret)?;
    let data_dir = given("--data-dir", "JISHI_DATA_DIR").unwrap_or_else(|| DEFAULT_DATA.to_owned());
    let mail_dir = given("--sandbox-mail-dir", "JISHI_SANDBOX_MAIL_DIR");
    let mail_dir = mail_dir.unwrap_or_else(|| Path::new(&data_dir).join("mail").display().to_string());
    Some(Sandbox { address, secret, mail_dir })
}

/// The usual place of the gateway, or another one when somebody is there already.
fn free_address() -> Option<String> {
    let usual = TcpListener::bind(DEFAULT_SANDBOX).or_else(|_| TcpListener::bind("127.0.0.1:0"));
    usual.ok()?.local_addr().ok().map(|address| address.to_string())
}

fn random_secret() -> Option<String> {
    let mut bytes = [0; 24];
    std::fs::File::open("/dev/urandom").ok()?.read_exact(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Where the shop will listen, by the same rules as its own: flag, environment, default.
fn address(args: &[String]) -> String {
    flag(args, "--addr").or_else(|| setting("JISHI_ADDR")).unwrap_or_else(|| DEFAULT_ADDR.to_owned())
}

fn flag(args: &[String], name: &str) -> Option<String> {
    let with_equals = format!("{name}=");
    let mut rest = args.iter().skip_while(|arg| *arg != name && !arg.starts_with(&with_equals));
    let found = rest.next()?;
    found.strip_prefix(&with_equals).map(str::to_owned).or_else(|| rest.next().cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_shop_on_this_machine_gets_a_gateway_with_a_key_of_its_own() {
        let (first, second) = (sandbox(&args("--addr 127.0.0.1:1")).unwrap(), sandbox(&[]).unwrap());
        assert!(first.secret.len() >= 32 && first.secret != second.secret);
        assert!(sandbox(&args("--base-url https://shop.example")).is_none());
        assert!(sandbox(&args("--sandbox-url=http://127.0.0.1:9")).is_none());
        assert_eq!(sandbox(&args("--sandbox-addr 127.0.0.1:7")).unwrap().address, "127.0.0.1:7");
    }

    #[test]
    fn the_gateway_shows_the_mails_that_the_shop_writes() {
        let mail_dir = |line: &str| sandbox(&args(line)).unwrap().mail_dir;
        assert_eq!(mail_dir("--data-dir /tmp/shop"), "/tmp/shop/mail");
        assert_eq!(mail_dir("--data-dir=/tmp/shop --sandbox-mail-dir /tmp/mails"), "/tmp/mails");
        assert!(mail_dir("").ends_with("/mail"));
    }

    #[test]
    fn a_flag_is_read_in_both_spellings() {
        assert_eq!(flag(&args("--no-demo --addr 127.0.0.1:1"), "--addr").as_deref(), Some("127.0.0.1:1"));
        assert_eq!(flag(&args("--addr=127.0.0.1:2"), "--addr").as_deref(), Some("127.0.0.1:2"));
        assert_eq!(flag(&args("--no-demo"), "--addr"), None);
    }
}
