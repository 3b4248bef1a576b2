-- The labels of products' tags in both languages, so that a collection can ask for them: written with the product.
CREATE TABLE product_tag (
    tag TEXT NOT NULL,
    product_id UUID NOT NULL REFERENCES product (id),
    PRIMARY KEY (tag, product_id)
);
CREATE INDEX product_tag_by_product ON product_tag (product_id);
INSERT INTO product_tag (tag, product_id)
SELECT labels.tag, labels.id FROM (
    SELECT t.value ->> 'zh' AS tag, p.id FROM product p, jsonb_array_elements(p.content -> 'tags') t
    UNION SELECT t.value ->> 'en', p.id FROM product p, jsonb_array_elements(p.content -> 'tags') t
) labels WHERE labels.tag <> '';

-- Where a category or a collection was found before its key changed.
CREATE TABLE address_moved (
    kind TEXT NOT NULL CHECK (kind IN ('category', 'collection')),
    old_slug TEXT NOT NULL,
    new_slug TEXT NOT NULL,
    moved_at BIGINT NOT NULL,
    PRIMARY KEY (kind, old_slug)
);
