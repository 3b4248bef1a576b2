-- Pictures and how far their forms are made; neighbours and sales of products; moved addresses; collections by rule.
CREATE TABLE picture (
    file TEXT NOT NULL PRIMARY KEY,
    noted_at BIGINT NOT NULL,
    made_at BIGINT,
    problem TEXT
);
CREATE INDEX picture_waiting ON picture (noted_at, file) WHERE made_at IS NULL;

-- What a product page shows beside the product: worked out after an import, not at request time.
CREATE TABLE product_neighbour (
    product_id BLOB NOT NULL REFERENCES product (id),
    kind TEXT NOT NULL CHECK (kind IN ('similar', 'match')),
    position BIGINT NOT NULL,
    neighbour_id BLOB NOT NULL REFERENCES product (id),
    PRIMARY KEY (product_id, kind, position)
);

-- Units sold, recomputed from orders whenever one is placed.
CREATE TABLE product_sales (
    product_id BLOB NOT NULL PRIMARY KEY REFERENCES product (id),
    units BIGINT NOT NULL CHECK (units >= 0)
);
CREATE INDEX product_sales_by_units ON product_sales (units, product_id);

-- Where a product was found before its key changed.
CREATE TABLE product_moved (
    old_slug TEXT NOT NULL PRIMARY KEY,
    product_id BLOB NOT NULL REFERENCES product (id),
    moved_at BIGINT NOT NULL
);

CREATE TABLE collection (
    slug TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    rule TEXT NOT NULL
);
INSERT INTO collection (slug, position, name, summary, rule) VALUES
    ('new', 1, '{"zh":"新品","en":"New"}',
     '{"zh":"最近四个月上架的东西。","en":"What has arrived in the last four months."}',
     '{"launched_within_days":120}'),
    ('offers', 2, '{"zh":"正在优惠","en":"On offer"}',
     '{"zh":"价格实实在在降下来的东西。","en":"Things whose price has really come down."}',
     '{"is_offer":true}'),
    ('gifts', 3, '{"zh":"200 元以内的心意","en":"Gifts under $30"}',
     '{"zh":"不贵，却拿得出手：有货，今天就能包好。","en":"Small in price, not in thought: in stock and ready to wrap."}',
     '{"price_up_to":{"CNY":20000,"USD":3000},"in_stock":true}');
