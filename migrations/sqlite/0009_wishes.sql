-- Articles put aside for later. They belong to the guest, not to a cart: placing an order leaves them where they are.
CREATE TABLE saved_line (
    guest_hash BLOB NOT NULL,
    variant_id BLOB NOT NULL REFERENCES variant (id),
    quantity BIGINT NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    added_minor BIGINT NOT NULL,
    added_currency TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (guest_hash, variant_id)
);

-- The order that a guest has placed last.
CREATE INDEX orders_by_guest ON orders (guest_hash, placed_at);

-- Gift wrap and invoice, as wished for when the order was placed.
ALTER TABLE orders ADD COLUMN wishes TEXT NOT NULL DEFAULT '{}';
