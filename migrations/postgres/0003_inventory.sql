-- Stock: two counters per warehouse and variant, and the append-only ledger that explains them.
CREATE TABLE warehouse (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name JSONB NOT NULL
);

CREATE TABLE stock_level (
    id UUID NOT NULL PRIMARY KEY,
    warehouse_id UUID NOT NULL REFERENCES warehouse (id),
    variant_id UUID NOT NULL REFERENCES variant (id),
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    allocated BIGINT NOT NULL CHECK (allocated >= 0 AND allocated <= on_hand),
    UNIQUE (warehouse_id, variant_id)
);
CREATE INDEX stock_level_by_variant ON stock_level (variant_id);

CREATE TABLE stock_movement (
    id UUID NOT NULL PRIMARY KEY,
    stock_level_id UUID NOT NULL REFERENCES stock_level (id),
    kind TEXT NOT NULL CHECK (kind IN ('received', 'allocated', 'shipped', 'released', 'adjusted')),
    quantity BIGINT NOT NULL CHECK (quantity <> 0),
    cause TEXT NOT NULL UNIQUE,
    reason TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX stock_movement_by_level ON stock_movement (stock_level_id);
CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE ON stock_movement FOR EACH ROW EXECUTE FUNCTION refuse_change();
