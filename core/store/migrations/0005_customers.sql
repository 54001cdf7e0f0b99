-- What the shop knows of its customers: profiles, labels, orders, and who is one person.

-- A contact is an identity: what one WhatsApp tells of somebody. People who were merged
-- have the person_id of the one who stayed. In every table contact_id is the person's,
-- and identity_id says whom it came from: so merging and undoing move rows from one
-- contact_id to another. A message has the identity of its conversation.
ALTER TABLE contact ADD COLUMN person_id INTEGER; -- NULL: a person
ALTER TABLE contact ADD COLUMN own_name TEXT NOT NULL DEFAULT ''; -- the shop's own name for them
ALTER TABLE contact ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN street TEXT NOT NULL DEFAULT ''; -- where parcels go
ALTER TABLE contact ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN blocked_at INTEGER;
ALTER TABLE contact ADD COLUMN changed_at INTEGER; -- by a person
ALTER TABLE contact ADD COLUMN changed_by INTEGER NOT NULL DEFAULT 0;
-- What the list shows and sorts by; search begins with the name.
ALTER TABLE contact ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0; -- last message of either side
ALTER TABLE contact ADD COLUMN wrote_at INTEGER NOT NULL DEFAULT 0; -- last message of theirs
ALTER TABLE contact ADD COLUMN orders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN spent INTEGER NOT NULL DEFAULT 0; -- in the shop's currency

ALTER TABLE contact_alias ADD COLUMN identity_id INTEGER NOT NULL DEFAULT 0;
UPDATE contact_alias SET identity_id = contact_id;
ALTER TABLE conversation ADD COLUMN identity_id INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET identity_id = contact_id;

UPDATE contact SET last_at = t.last_at, wrote_at = t.wrote_at
	FROM (SELECT contact_id, max(last_at) AS last_at, coalesce(max(last_inbound), 0) AS wrote_at FROM conversation GROUP BY contact_id) t
	WHERE t.contact_id = contact.id;
-- These two hold all that filters and searches ask for: what does not fit is left out
-- without a look at its row.
CREATE INDEX contact_last ON contact (last_at, id, wrote_at, orders, spent, language) WHERE person_id IS NULL;
CREATE INDEX contact_name ON contact (search, id, phone) WHERE person_id IS NULL;
CREATE INDEX contact_orders ON contact (orders, id) WHERE person_id IS NULL AND orders > 0;
CREATE INDEX contact_spent ON contact (spent, id) WHERE person_id IS NULL AND spent > 0;
CREATE INDEX contact_person ON contact (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX conversation_department ON conversation (department, contact_id) WHERE department <> '';
-- Within the statement that saves the conversation, and only where it moves on.
CREATE TRIGGER conversation_moves AFTER UPDATE OF last_at, last_inbound ON conversation
	WHEN new.last_at <> old.last_at OR new.last_inbound IS NOT old.last_inbound
BEGIN
	UPDATE contact SET last_at = max(last_at, new.last_at), wrote_at = max(wrote_at, coalesce(new.last_inbound, 0)) WHERE id = new.contact_id;
END;

CREATE TABLE label (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	name   TEXT NOT NULL,
	key    TEXT NOT NULL UNIQUE, -- the name in lower case
	search TEXT NOT NULL -- as in contact
) STRICT;

CREATE TABLE contact_label (
	contact_id  INTEGER NOT NULL REFERENCES contact (id),
	label_id    INTEGER NOT NULL REFERENCES label (id),
	identity_id INTEGER NOT NULL REFERENCES contact (id),
	PRIMARY KEY (contact_id, label_id, identity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_label_label ON contact_label (label_id, contact_id);

-- Orders. SQL has the other word for itself.
CREATE TABLE purchase (
	id              INTEGER PRIMARY KEY AUTOINCREMENT,
	contact_id      INTEGER NOT NULL REFERENCES contact (id),
	identity_id     INTEGER NOT NULL REFERENCES contact (id),
	conversation_id INTEGER REFERENCES conversation (id),
	number          TEXT NOT NULL,
	number_key      TEXT NOT NULL, -- in lower case, without signs before it
	title           TEXT NOT NULL,
	minor           INTEGER NOT NULL, -- minor units of the currency
	currency        TEXT NOT NULL,
	at              INTEGER NOT NULL,
	agent_id        INTEGER NOT NULL,
	paid_at         INTEGER,
	paid_by         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX purchase_contact ON purchase (contact_id, id);
CREATE INDEX purchase_number ON purchase (number_key) WHERE number_key <> '';

CREATE TABLE contact_merge (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	stays     INTEGER NOT NULL REFERENCES contact (id),
	goes      INTEGER NOT NULL REFERENCES contact (id),
	at        INTEGER NOT NULL,
	agent_id  INTEGER NOT NULL,
	undone_at INTEGER,
	undone_by INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX contact_merge_goes ON contact_merge (goes) WHERE undone_at IS NULL;
CREATE INDEX contact_merge_stays ON contact_merge (stays) WHERE undone_at IS NULL;

-- Columns of who stays that a merge replaced.
CREATE TABLE contact_merge_field (
	merge_id INTEGER NOT NULL REFERENCES contact_merge (id),
	field    TEXT NOT NULL,
	before   ANY,
	after    ANY,
	PRIMARY KEY (merge_id, field)
) STRICT, WITHOUT ROWID;

-- Pairs that look like one person and are not; a < b.
CREATE TABLE contact_apart (
	a INTEGER NOT NULL REFERENCES contact (id),
	b INTEGER NOT NULL REFERENCES contact (id),
	PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
