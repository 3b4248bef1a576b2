-- Placed orders with everything they need copied in, payments, delivery rates and tax rates.
CREATE TABLE orders (
    id BLOB NOT NULL PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL UNIQUE,
    cart_id BLOB NOT NULL UNIQUE REFERENCES cart (id),
    guest_hash BLOB NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('placed', 'cancelled')),
    payment_status TEXT NOT NULL CHECK (payment_status IN
        ('none', 'pending', 'partially_paid', 'paid', 'overpaid', 'partially_refunded', 'refunded', 'voided')),
    fulfillment_status TEXT NOT NULL CHECK (fulfillment_status IN ('unfulfilled', 'partial', 'fulfilled', 'cancelled')),
    locale TEXT NOT NULL,
    currency TEXT NOT NULL,
    subtotal_minor BIGINT NOT NULL CHECK (subtotal_minor >= 0),
    shipping_minor BIGINT NOT NULL CHECK (shipping_minor >= 0),
    tax_minor BIGINT NOT NULL CHECK (tax_minor >= 0),
    total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
    charged_minor BIGINT NOT NULL CHECK (charged_minor >= 0),
    refunded_minor BIGINT NOT NULL CHECK (refunded_minor >= 0),
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    note TEXT NOT NULL,
    payment_method TEXT NOT NULL,
    placed_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX orders_by_time ON orders (placed_at, id);

CREATE TABLE order_line (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    variant_id BLOB NOT NULL REFERENCES variant (id),
    sku TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    options TEXT NOT NULL,
    picture TEXT,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    unit_minor BIGINT NOT NULL CHECK (unit_minor >= 0),
    total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
    tax_class TEXT NOT NULL,
    tax_ppm BIGINT NOT NULL CHECK (tax_ppm >= 0),
    tax_minor BIGINT NOT NULL CHECK (tax_minor >= 0),
    UNIQUE (order_id, position)
);

CREATE TABLE order_event (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX order_event_by_order ON order_event (order_id, at);
CREATE TRIGGER order_event_no_update BEFORE UPDATE ON order_event BEGIN SELECT RAISE(ABORT, 'order_event is append-only'); END;
CREATE TRIGGER order_event_no_delete BEFORE DELETE ON order_event BEGIN SELECT RAISE(ABORT, 'order_event is append-only'); END;

CREATE TABLE payment (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    method TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('due', 'succeeded', 'cancelled')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX payment_by_order ON payment (order_id);

CREATE TABLE payment_event (
    id BLOB NOT NULL PRIMARY KEY,
    payment_id BLOB NOT NULL REFERENCES payment (id),
    kind TEXT NOT NULL CHECK (kind IN ('charge')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    cause TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL
);
CREATE TRIGGER payment_event_no_update BEFORE UPDATE ON payment_event BEGIN SELECT RAISE(ABORT, 'payment_event is append-only'); END;
CREATE TRIGGER payment_event_no_delete BEFORE DELETE ON payment_event BEGIN SELECT RAISE(ABORT, 'payment_event is append-only'); END;

CREATE TABLE shipping_rate (
    currency TEXT NOT NULL PRIMARY KEY,
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    free_from_minor BIGINT CHECK (free_from_minor >= 0)
);
INSERT INTO shipping_rate (currency, amount_minor, free_from_minor) VALUES ('CNY', 1200, 19900), ('USD', 900, 8900);

-- Tax that prices contain, by destination. A destination without a row has none.
CREATE TABLE tax_rate (
    country TEXT NOT NULL,
    tax_class TEXT NOT NULL,
    ppm BIGINT NOT NULL CHECK (ppm BETWEEN 0 AND 1000000),
    PRIMARY KEY (country, tax_class)
);
INSERT INTO tax_rate (country, tax_class, ppm) VALUES ('CN', 'standard', 130000), ('CN', 'reduced', 90000);
