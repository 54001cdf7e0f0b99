-- Levels of articles.

CREATE TABLE stock (
	key      TEXT PRIMARY KEY, -- desk.StockKey of sku
	sku      TEXT NOT NULL, -- as its source writes it
	name     TEXT NOT NULL,
	level    INTEGER, -- NULL: not known any more
	origin   TEXT NOT NULL,
	at       INTEGER NOT NULL,
	revision INTEGER NOT NULL -- counts updates; a row has that of the last one that changed it
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_revision ON stock (revision);
