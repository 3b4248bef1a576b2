-- Guests' carts. The guest's secret is stored as its SHA-256 only.
CREATE TABLE cart (
    id UUID NOT NULL PRIMARY KEY,
    guest_hash BYTEA NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'completed')),
    draft JSONB,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX cart_active_by_guest ON cart (guest_hash) WHERE status = 'active';
CREATE INDEX cart_by_guest ON cart (guest_hash, created_at);

CREATE TABLE cart_line (
    cart_id UUID NOT NULL REFERENCES cart (id),
    variant_id UUID NOT NULL REFERENCES variant (id),
    quantity BIGINT NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    added_minor BIGINT NOT NULL,
    added_currency TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (cart_id, variant_id)
);
