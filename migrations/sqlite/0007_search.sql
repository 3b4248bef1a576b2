-- What is looked for, per day and without anything about who did: a text, its language, and how often.
CREATE TABLE search_query_day (
    day DATE NOT NULL,
    locale TEXT NOT NULL,
    text TEXT NOT NULL,
    searches BIGINT NOT NULL CHECK (searches >= 0),
    hits BIGINT NOT NULL CHECK (hits >= 0),
    clicks BIGINT NOT NULL CHECK (clicks >= 0),
    rank_sum BIGINT NOT NULL CHECK (rank_sum >= 0),
    PRIMARY KEY (day, locale, text)
);

-- What counts how much when results are ordered; a missing row means the default (docs/search.md).
CREATE TABLE search_weight (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE INDEX order_line_by_variant ON order_line (variant_id);
