-- What SQLite had counted when the shop was closed small made it read growing tables from end to end: it takes the
-- counts of the last start for true as long as the shop is open. Without counts it takes the index that fits.
DROP TABLE IF EXISTS sqlite_stat1;
DROP TABLE IF EXISTS sqlite_stat4;
