-- What is taken off: of a cart (by whoever grants it), and of an order (as it was, with each line's part).

-- Offered to a cart: of all of it, or of one article's line. It counts in its currency until it ends, for as much as there
-- is to take it off. Each origin replaces its own rows.
CREATE TABLE cart_discount (
    cart_id BLOB NOT NULL REFERENCES cart (id),
    origin TEXT NOT NULL,
    position BIGINT NOT NULL,
    code TEXT NOT NULL,
    variant_id BLOB REFERENCES variant (id),
    label TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    ends_at BIGINT,
    PRIMARY KEY (cart_id, origin, position)
);

-- What was taken off an order: of all of it, or of one line.
CREATE TABLE order_discount (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    line_id BLOB REFERENCES order_line (id),
    origin TEXT NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    UNIQUE (order_id, position)
);

-- How much of it each line bears. The parts add up to the discount.
CREATE TABLE order_discount_part (
    discount_id BLOB NOT NULL REFERENCES order_discount (id),
    line_id BLOB NOT NULL REFERENCES order_line (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (discount_id, line_id)
);
CREATE INDEX order_discount_part_by_line ON order_discount_part (line_id);

CREATE TRIGGER order_discount_no_update BEFORE UPDATE ON order_discount BEGIN SELECT RAISE(ABORT, 'order_discount is append-only'); END;
CREATE TRIGGER order_discount_no_delete BEFORE DELETE ON order_discount BEGIN SELECT RAISE(ABORT, 'order_discount is append-only'); END;
CREATE TRIGGER order_discount_part_no_update BEFORE UPDATE ON order_discount_part BEGIN SELECT RAISE(ABORT, 'order_discount_part is append-only'); END;
CREATE TRIGGER order_discount_part_no_delete BEFORE DELETE ON order_discount_part BEGIN SELECT RAISE(ABORT, 'order_discount_part is append-only'); END;

-- The sums of it. A line's total and an order's subtotal are what is left.
ALTER TABLE orders ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0 CHECK (discount_minor >= 0);
ALTER TABLE order_line ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0 CHECK (discount_minor >= 0);
