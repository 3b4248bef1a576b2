-- Outbox, jobs, number sequences, secrets. Times are microseconds since 1970 UTC.
CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    topic TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    dispatched_at BIGINT
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE dispatched_at IS NULL;

CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    dedupe_key TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('ready', 'done', 'dead')),
    run_at BIGINT NOT NULL,
    locked_until BIGINT,
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    last_error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX job_due ON job (run_at) WHERE status = 'ready';

CREATE TABLE number_sequence (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE secret (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
