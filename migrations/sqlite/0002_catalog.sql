-- Categories, products, variants, prices. A text in several languages is one JSON object: {"zh": "…", "en": "…"}.
CREATE TABLE category (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    parent_id BLOB REFERENCES category (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    banner TEXT
);

CREATE TABLE product (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    category_id BLOB NOT NULL REFERENCES category (id),
    content TEXT NOT NULL,
    search_text TEXT NOT NULL,
    tax_class TEXT NOT NULL CHECK (tax_class IN ('standard', 'reduced')),
    shelf_life_days BIGINT CHECK (shelf_life_days > 0),
    launch_date DATE NOT NULL,
    published_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX product_by_category ON product (category_id, launch_date);
CREATE INDEX product_by_launch ON product (launch_date);

CREATE TABLE variant (
    id BLOB NOT NULL PRIMARY KEY,
    product_id BLOB NOT NULL REFERENCES product (id),
    sku TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,
    options TEXT NOT NULL,
    pictures TEXT NOT NULL,
    barcode TEXT UNIQUE,
    weight_g BIGINT NOT NULL CHECK (weight_g >= 0),
    length_mm BIGINT NOT NULL CHECK (length_mm >= 0),
    width_mm BIGINT NOT NULL CHECK (width_mm >= 0),
    height_mm BIGINT NOT NULL CHECK (height_mm >= 0),
    is_active BOOLEAN NOT NULL
);
CREATE INDEX variant_by_product ON variant (product_id, position);

CREATE TABLE variant_price (
    variant_id BLOB NOT NULL REFERENCES variant (id),
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    compare_at_minor BIGINT CHECK (compare_at_minor >= 0),
    cost_minor BIGINT CHECK (cost_minor >= 0),
    PRIMARY KEY (variant_id, currency)
);

CREATE TABLE price_history (
    id BLOB NOT NULL PRIMARY KEY,
    variant_id BLOB NOT NULL REFERENCES variant (id),
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    recorded_at BIGINT NOT NULL
);
CREATE INDEX price_history_by_variant ON price_history (variant_id, currency, recorded_at);

CREATE TABLE shop_setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
