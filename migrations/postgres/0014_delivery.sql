-- How parcels travel: methods, zones of destinations, and what a method costs in a zone.
CREATE TABLE delivery_zone (
    code TEXT NOT NULL PRIMARY KEY,
    name JSONB NOT NULL
);

-- Which places a zone holds. An empty region is the whole country; a region's own row counts before it. Regions are
-- written as addresses have them in China, elsewhere by their code.
CREATE TABLE delivery_place (
    country TEXT NOT NULL,
    region TEXT NOT NULL,
    zone_code TEXT NOT NULL REFERENCES delivery_zone (code),
    PRIMARY KEY (country, region)
);

CREATE TABLE delivery_method (
    code TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL UNIQUE,
    name JSONB NOT NULL,
    about JSONB NOT NULL,
    is_active BOOLEAN NOT NULL
);

-- The first grams for one price, every begun step beyond for another; nothing heavier than most_g; for nothing from a
-- subtotal of free_from_minor on. A method without a row does not go there.
CREATE TABLE delivery_rate (
    method_code TEXT NOT NULL REFERENCES delivery_method (code),
    zone_code TEXT NOT NULL REFERENCES delivery_zone (code),
    currency TEXT NOT NULL,
    days_from BIGINT NOT NULL CHECK (days_from >= 0),
    days_to BIGINT NOT NULL CHECK (days_to >= days_from),
    first_g BIGINT NOT NULL CHECK (first_g > 0),
    first_minor BIGINT NOT NULL CHECK (first_minor >= 0),
    step_g BIGINT NOT NULL CHECK (step_g > 0),
    step_minor BIGINT NOT NULL CHECK (step_minor >= 0),
    most_g BIGINT CHECK (most_g > 0),
    free_from_minor BIGINT CHECK (free_from_minor >= 0),
    PRIMARY KEY (method_code, zone_code, currency)
);

INSERT INTO delivery_zone (code, name) VALUES
    ('cn-near', '{"zh": "江浙沪皖", "en": "Around Shanghai"}'),
    ('cn', '{"zh": "中国大陆其他地区", "en": "Mainland China"}'),
    ('cn-far', '{"zh": "偏远地区", "en": "Western China"}'),
    ('us', '{"zh": "美国本土", "en": "Contiguous United States"}'),
    ('us-far', '{"zh": "美国本土以外", "en": "Alaska, Hawaii and territories"}'),
    ('asia', '{"zh": "亚洲", "en": "Asia"}'),
    ('overseas', '{"zh": "欧洲、大洋洲和加拿大", "en": "Europe, Oceania and Canada"}');
INSERT INTO delivery_place (country, region, zone_code) VALUES
    ('CN', '', 'cn'), ('CN', '上海市', 'cn-near'), ('CN', '江苏省', 'cn-near'), ('CN', '浙江省', 'cn-near'), ('CN', '安徽省', 'cn-near'),
    ('CN', '西藏自治区', 'cn-far'), ('CN', '新疆维吾尔自治区', 'cn-far'), ('CN', '青海省', 'cn-far'),
    ('US', '', 'us'), ('US', 'AK', 'us-far'), ('US', 'HI', 'us-far'), ('US', 'PR', 'us-far'), ('US', 'GU', 'us-far'),
    ('US', 'VI', 'us-far'), ('US', 'AS', 'us-far'), ('US', 'MP', 'us-far'),
    ('SG', '', 'asia'), ('GB', '', 'overseas'), ('AU', '', 'overseas'), ('CA', '', 'overseas');
INSERT INTO delivery_method (code, position, name, about, is_active) VALUES
    ('standard', 1, '{"zh": "标准配送", "en": "Standard delivery"}', '{"zh": "寄出后会发邮件通知", "en": "We write to you when it is on its way"}', TRUE),
    ('express', 2, '{"zh": "特快配送", "en": "Express delivery"}', '{"zh": "优先出库，由快递专送", "en": "Packed first and sent by courier"}', TRUE);

-- The one price per currency that there was stays the price of the usual parcel.
INSERT INTO delivery_rate (method_code, zone_code, currency, days_from, days_to, first_g, first_minor, step_g, step_minor, most_g, free_from_minor) VALUES
    ('standard', 'cn-near', 'CNY', 1, 3, 3000, (SELECT COALESCE(MAX(amount_minor), 1200) FROM shipping_rate WHERE currency = 'CNY'), 1000, 200, 60000, (SELECT MAX(free_from_minor) FROM shipping_rate WHERE currency = 'CNY')),
    ('express', 'cn-near', 'CNY', 1, 1, 1000, 2200, 1000, 800, 30000, NULL),
    ('standard', 'cn-near', 'USD', 1, 3, 3000, (SELECT COALESCE(MAX(amount_minor), 900) FROM shipping_rate WHERE currency = 'USD'), 1000, 100, 60000, (SELECT MAX(free_from_minor) FROM shipping_rate WHERE currency = 'USD')),
    ('express', 'cn-near', 'USD', 1, 1, 1000, 1500, 1000, 300, 30000, NULL),
    ('standard', 'cn', 'CNY', 2, 4, 3000, (SELECT COALESCE(MAX(amount_minor), 1200) FROM shipping_rate WHERE currency = 'CNY'), 1000, 400, 60000, (SELECT MAX(free_from_minor) FROM shipping_rate WHERE currency = 'CNY')),
    ('express', 'cn', 'CNY', 1, 2, 1000, 2600, 1000, 1200, 30000, NULL),
    ('standard', 'cn', 'USD', 2, 4, 3000, (SELECT COALESCE(MAX(amount_minor), 900) FROM shipping_rate WHERE currency = 'USD'), 1000, 150, 60000, (SELECT MAX(free_from_minor) FROM shipping_rate WHERE currency = 'USD')),
    ('express', 'cn', 'USD', 1, 2, 1000, 1700, 1000, 300, 30000, NULL),
    ('standard', 'cn-far', 'CNY', 5, 9, 1000, 1800, 1000, 1000, 60000, 39900),
    ('express', 'cn-far', 'CNY', 4, 6, 1000, 3800, 1000, 2400, 20000, NULL),
    ('standard', 'cn-far', 'USD', 5, 9, 1000, 1300, 1000, 300, 60000, 16900),
    ('express', 'cn-far', 'USD', 4, 6, 1000, 2500, 1000, 700, 20000, NULL),
    ('standard', 'us', 'USD', 6, 10, 3000, (SELECT COALESCE(MAX(amount_minor), 900) FROM shipping_rate WHERE currency = 'USD'), 1000, 400, 30000, (SELECT MAX(free_from_minor) FROM shipping_rate WHERE currency = 'USD')),
    ('express', 'us', 'USD', 3, 5, 1000, 2400, 1000, 900, 30000, NULL),
    ('standard', 'us', 'CNY', 6, 10, 3000, 6800, 1000, 2800, 30000, 63900),
    ('express', 'us', 'CNY', 3, 5, 1000, 16800, 1000, 6300, 30000, NULL),
    ('standard', 'us-far', 'USD', 9, 16, 1000, 1500, 1000, 700, 20000, 14900),
    ('standard', 'us-far', 'CNY', 9, 16, 1000, 10800, 1000, 4900, 20000, 104900),
    ('standard', 'asia', 'USD', 5, 9, 1000, 1200, 500, 250, 30000, 11900),
    ('express', 'asia', 'USD', 3, 4, 1000, 2800, 500, 600, 30000, NULL),
    ('standard', 'asia', 'CNY', 5, 9, 1000, 8600, 500, 1800, 30000, 84900),
    ('express', 'asia', 'CNY', 3, 4, 1000, 19800, 500, 4200, 30000, NULL),
    ('standard', 'overseas', 'USD', 8, 14, 1000, 1900, 500, 500, 20000, 19900),
    ('express', 'overseas', 'USD', 4, 7, 1000, 3900, 500, 900, 30000, NULL),
    ('standard', 'overseas', 'CNY', 8, 14, 1000, 13600, 500, 3500, 20000, 139900),
    ('express', 'overseas', 'CNY', 4, 7, 1000, 27800, 500, 6300, 30000, NULL);
DROP TABLE shipping_rate;

-- How an order travels, as it was said when it was placed. Older orders do not know.
ALTER TABLE orders ADD COLUMN delivery JSONB;
