-- Units sold per product and day (days since 1970, UTC). Added once when an order is placed, taken back when it is
-- cancelled: adding up all orders of a product anew for each order cost more with every order.
CREATE TABLE product_sales_day (
    product_id BLOB NOT NULL REFERENCES product (id),
    day BIGINT NOT NULL,
    units BIGINT NOT NULL CHECK (units >= 0),
    PRIMARY KEY (product_id, day)
);
INSERT INTO product_sales_day (product_id, day, units)
SELECT v.product_id, o.placed_at / 86400000000, CAST(SUM(l.quantity) AS BIGINT)
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN variant v ON v.id = l.variant_id
WHERE o.status = 'placed' GROUP BY v.product_id, o.placed_at / 86400000000;

DELETE FROM product_sales;
INSERT INTO product_sales (product_id, units)
SELECT product_id, CAST(SUM(units) AS BIGINT) FROM product_sales_day GROUP BY product_id;

ALTER TABLE orders ADD COLUMN is_counted BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE orders SET is_counted = TRUE WHERE status = 'placed';
