//! A payment session: what the merchant asked for, the tries to pay it, refunds, and the state machine.
//! Pure: time and ids come in as values, nothing here sends or locks anything.

use super::magic::{DeclineReason, Delivery};
use app::kernel::{Locale, Money};
use serde::Serialize;
use time::OffsetDateTime;
use url::Url;

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waiting for the payer; also after a declined try.
    Open,
    /// The payer has to enter a one-time code.
    RequiresAction,
    /// The money is captured. It stays so; refunds are counted beside it.
    Paid,
    /// The merchant closed it; it can never be paid.
    Closed,
    /// Its time is over; it can never be paid.
    Expired,
}

/// What can happen to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A try succeeds at once.
    Approve,
    /// A try is declined at once.
    Decline,
    /// A try needs the one-time code.
    Challenge,
    /// The code was right.
    PassChallenge,
    /// The code was wrong too often, or the payer gave up.
    FailChallenge,
    /// The merchant closes the session.
    Close,
    /// The time is over.
    Expire,
    /// The merchant gives money back.
    Refund,
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The session is paid.
    AlreadyPaid,
    /// The session is not paid.
    NotPaid,
    /// The session was closed.
    Closed,
    /// The session has expired.
    Expired,
    /// A one-time code is asked for first.
    ChallengePending,
    /// No one-time code is asked for.
    NoChallenge,
    /// The session has had all the tries it gets.
    TooManyTries,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [Self::Open, Self::RequiresAction, Self::Paid, Self::Closed, Self::Expired];

    /// True when a payer can never change it again.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Open | Self::RequiresAction => false,
            Self::Paid | Self::Closed | Self::Expired => true,
        }
    }

    /// The status after a step: the whole state machine.
    ///
    /// # Errors
    /// [`Refusal`] when the step is not possible from here.
    pub const fn after(self, step: Step) -> Result<Self, Refusal> {
        match self {
            Self::Open => after_open(step),
            Self::RequiresAction => after_challenge(step),
            Self::Paid => match step {
                Step::Refund => Ok(Self::Paid),
                Step::Approve | Step::Decline | Step::Challenge => Err(Refusal::AlreadyPaid),
                Step::PassChallenge | Step::FailChallenge => Err(Refusal::AlreadyPaid),
                Step::Close | Step::Expire => Err(Refusal::AlreadyPaid),
            },
            Self::Closed => match step {
                Step::Close => Ok(Self::Closed),
                Step::Refund => Err(Refusal::NotPaid),
                Step::Approve | Step::Decline | Step::Challenge | Step::Expire => Err(Refusal::Closed),
                Step::PassChallenge | Step::FailChallenge => Err(Refusal::Closed),
            },
            Self::Expired => match step {
                Step::Close | Step::Expire => Ok(Self::Expired),
                Step::Refund => Err(Refusal::NotPaid),
                Step::Approve | Step::Decline | Step::Challenge => Err(Refusal::Expired),
                Step::PassChallenge | Step::FailChallenge => Err(Refusal::Expired),
            },
        }
    }
}

const fn after_open(step: Step) -> Result<Status, Refusal> {
    match step {
        Step::Approve => Ok(Status::Paid),
        Step::Decline => Ok(Status::Open),
        Step::Challenge => Ok(Status::RequiresAction),
        Step::PassChallenge | Step::FailChallenge => Err(Refusal::NoChallenge),
        Step::Close => Ok(Status::Closed),
        Step::Expire => Ok(Status::Expired),
        Step::Refund => Err(Refusal::NotPaid),
    }
}

const fn after_challenge(step: Step) -> Result<Status, Refusal> {
    match step {
        Step::PassChallenge => Ok(Status::Paid),
        Step::FailChallenge => Ok(Status::Open),
        Step::Approve | Step::Decline | Step::Challenge => Err(Refusal::ChallengePending),
        Step::Close => Ok(Status::Closed),
        Step::Expire => Ok(Status::Expired),
        Step::Refund => Err(Refusal::NotPaid),
    }
}

/// What the merchant asked for. Equal bodies are equal values, which is what idempotency compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The merchant's own number for it.
    pub reference: String,
    /// The name on the pay page.
    pub merchant_name: String,
    /// What is to be paid.
    pub amount: Money,
    /// Where the payer goes afterwards (loopback only).
    pub return_url: Url,
    /// Where the webhooks go (loopback only).
    pub webhook_url: Url,
    /// The language of the pay page.
    pub locale: Locale,
    /// How long it can be paid, in seconds.
    pub expires_in_seconds: i64,
}

/// How a try was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By scanning the code.
    Scan,
    /// By the card form.
    Card,
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Waiting for the one-time code.
    Pending,
    /// Paid.
    Succeeded,
    /// Not paid.
    Declined,
}

/// One try to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Counts from 1 within the session.
    pub number: usize,
    /// How it was made.
    pub method: Method,
    /// The last four digits of the card: all that is kept of it.
    pub card_last4: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it was declined.
    pub decline_reason: Option<DeclineReason>,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// How its webhooks travel: the sandbox's own business, not shown.
    #[serde(skip)]
    pub delivery: Delivery,
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// `rf_…`
    pub id: String,
    /// The merchant's key: the same key is the same refund.
    pub idempotency_key: String,
    /// How much.
    pub amount_minor: i64,
    /// The currency of the session.
    pub currency: &'static str,
    /// The merchant's own words.
    pub reason: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 8] = [
        Step::Approve,
        Step::Decline,
        Step::Challenge,
        Step::PassChallenge,
        Step::FailChallenge,
        Step::Close,
        Step::Expire,
        Step::Refund,
    ];

    #[test]
    #[rustfmt::skip]
    fn the_state_machine_is_this_table() {
        use Refusal as R;
        use Status::{Closed, Expired, Open, Paid, RequiresAction};
        let table = [
            (Open, [Ok(Paid), Ok(Open), Ok(RequiresAction), Err(R::NoChallenge), Err(R::NoChallenge), Ok(Closed), Ok(Expired), Err(R::NotPaid)]),
            (RequiresAction, [Err(R::ChallengePending), Err(R::ChallengePending), Err(R::ChallengePending), Ok(Paid), Ok(Open), Ok(Closed), Ok(Expired), Err(R::NotPaid)]),
            (Paid, [Err(R::AlreadyPaid), Err(R::AlreadyPaid), Err(R::AlreadyPaid), Err(R::AlreadyPaid), Err(R::AlreadyPaid), Err(R::AlreadyPaid), Err(R::AlreadyPaid), Ok(Paid)]),
            (Closed, [Err(R::Closed), Err(R::Closed), Err(R::Closed), Err(R::Closed), Err(R::Closed), Ok(Closed), Err(R::Closed), Err(R::NotPaid)]),
            (Expired, [Err(R::Expired), Err(R::Expired), Err(R::Expired), Err(R::Expired), Err(R::Expired), Ok(Expired), Ok(Expired), Err(R::NotPaid)]),
        ];
        assert_eq!(table.map(|(status, _)| status), Status::ALL);
        for (status, expected) in table {
            assert_eq!(STEPS.map(|step| status.after(step)), expected, "{status:?}");
        }
    }

    #[test]
    fn a_terminal_status_never_becomes_paid_or_open_again() {
        for status in Status::ALL.into_iter().filter(|status| status.is_terminal()) {
            for step in STEPS {
                assert!(status.after(step).is_ok_and(|next| next == status) || status.after(step).is_err());
            }
        }
    }
}
