-- The search keeps its own index in memory since 0007; nothing reads this column.
ALTER TABLE product DROP COLUMN search_text;
