-- Placed orders with everything they need copied in, payments, delivery rates and tax rates.
CREATE TABLE orders (
    id UUID NOT NULL PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL UNIQUE,
    cart_id UUID NOT NULL UNIQUE REFERENCES cart (id),
    guest_hash BYTEA NOT NULL,
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
    address JSONB NOT NULL,
    note TEXT NOT NULL,
    payment_method TEXT NOT NULL,
    placed_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX orders_by_time ON orders (placed_at, id);

CREATE TABLE order_line (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    variant_id UUID NOT NULL REFERENCES variant (id),
    sku TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    options TEXT NOT NULL,
    picture JSONB,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    unit_minor BIGINT NOT NULL CHECK (unit_minor >= 0),
    total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
    tax_class TEXT NOT NULL,
    tax_ppm BIGINT NOT NULL CHECK (tax_ppm >= 0),
    tax_minor BIGINT NOT NULL CHECK (tax_minor >= 0),
    UNIQUE (order_id, position)
);

CREATE TABLE order_event (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX order_event_by_order ON order_event (order_id, at);
CREATE TRIGGER order_event_append_only BEFORE UPDATE OR DELETE ON order_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE payment (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    method TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('due', 'succeeded', 'cancelled')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX payment_by_order ON payment (order_id);

CREATE TABLE payment_event (
    id UUID NOT NULL PRIMARY KEY,
    payment_id UUID NOT NULL REFERENCES payment (id),
    kind TEXT NOT NULL CHECK (kind IN ('charge')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    cause TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL
);
CREATE TRIGGER payment_event_append_only BEFORE UPDATE OR DELETE ON payment_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

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
