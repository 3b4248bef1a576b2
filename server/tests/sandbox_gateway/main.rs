//! The sandbox gateway from outside: a real process's worth of it, a merchant who signs, a payer who posts forms,
//! and a shop that receives webhooks.

mod harness;
mod mails;
mod merchant;
mod pay_pages;
mod webhooks;
