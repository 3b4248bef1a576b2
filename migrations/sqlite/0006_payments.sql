-- Payments in two levels: what an order asks for (the intent), and each try to pay it (an attempt).
-- Refunds, the append-only ledger of money, what providers told us, and what a person has to look at.
CREATE TABLE payment_intent (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL UNIQUE REFERENCES orders (id),
    status TEXT NOT NULL CHECK (status IN ('open', 'completed', 'cancelled', 'expired')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX payment_intent_by_expiry ON payment_intent (expires_at) WHERE status = 'open';

CREATE TABLE payment_attempt (
    id BLOB NOT NULL PRIMARY KEY,
    intent_id BLOB NOT NULL REFERENCES payment_intent (id),
    method TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN
        ('pending', 'processing', 'requires_action', 'completed', 'failed', 'cancelled', 'expired')),
    session TEXT,
    pay_url TEXT,
    return_url TEXT NOT NULL,
    failure TEXT,
    sequence BIGINT NOT NULL,
    sync_at BIGINT,
    syncs BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (method, session)
);
CREATE INDEX payment_attempt_by_intent ON payment_attempt (intent_id, created_at);
-- One try at a time: the loser of a race between two of them is refused here.
CREATE UNIQUE INDEX payment_attempt_open ON payment_attempt (intent_id)
    WHERE status IN ('pending', 'processing', 'requires_action', 'failed');
CREATE INDEX payment_attempt_to_ask ON payment_attempt (sync_at) WHERE sync_at IS NOT NULL;

CREATE TABLE payment_refund (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    attempt_id BLOB NOT NULL REFERENCES payment_attempt (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    status TEXT NOT NULL CHECK (status IN ('pending', 'completed')),
    reason TEXT NOT NULL,
    cause TEXT NOT NULL UNIQUE,
    provider_ref TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX payment_refund_by_order ON payment_refund (order_id);

CREATE TABLE payment_entry (
    id BLOB NOT NULL PRIMARY KEY,
    attempt_id BLOB NOT NULL REFERENCES payment_attempt (id),
    kind TEXT NOT NULL CHECK (kind IN ('charge', 'refund')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    cause TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL
);
CREATE INDEX payment_entry_by_attempt ON payment_entry (attempt_id);

-- What was believed. The id is taken only by a message that was verified and fits.
CREATE TABLE webhook_inbox (
    id BLOB NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    session TEXT NOT NULL,
    raw_body BLOB NOT NULL,
    result TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    UNIQUE (provider, event_id)
);
CREATE INDEX webhook_inbox_by_time ON webhook_inbox (received_at);

-- What was not believed. A body whose signature is wrong is kept as its hash only.
CREATE TABLE webhook_refusal (
    id BLOB NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    reason TEXT NOT NULL,
    event_id TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    raw_body BLOB,
    at BIGINT NOT NULL
);
CREATE INDEX webhook_refusal_by_time ON webhook_refusal (at);

-- What a person has to look at.
CREATE TABLE task (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    order_id BLOB REFERENCES orders (id),
    detail TEXT NOT NULL,
    cause TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX task_open ON task (created_at) WHERE done_at IS NULL;

INSERT INTO payment_intent (id, order_id, status, amount_minor, currency, expires_at, created_at, updated_at)
SELECT id, order_id, CASE status WHEN 'due' THEN 'open' WHEN 'succeeded' THEN 'completed' ELSE 'cancelled' END,
    amount_minor, currency, NULL, created_at, updated_at FROM payment;
INSERT INTO payment_attempt (id, intent_id, method, status, session, pay_url, return_url, failure, sequence, sync_at, syncs, created_at, updated_at)
SELECT id, id, method, CASE status WHEN 'due' THEN 'pending' WHEN 'succeeded' THEN 'completed' ELSE 'cancelled' END,
    NULL, NULL, '', NULL, 0, NULL, 0, created_at, updated_at FROM payment;
INSERT INTO payment_entry (id, attempt_id, kind, amount_minor, cause, at)
SELECT id, payment_id, kind, amount_minor, cause, at FROM payment_event;
DROP TABLE payment_event;
DROP TABLE payment;

CREATE TRIGGER payment_entry_no_update BEFORE UPDATE ON payment_entry BEGIN SELECT RAISE(ABORT, 'payment_entry is append-only'); END;
CREATE TRIGGER payment_entry_no_delete BEFORE DELETE ON payment_entry BEGIN SELECT RAISE(ABORT, 'payment_entry is append-only'); END;
