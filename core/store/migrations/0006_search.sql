-- What searches look in. Texts come here as find.Tokens, so that the tokenizer has
-- nothing left to do: a token is a run of ASCII letters and digits and of everything
-- that is not ASCII. No positions are kept (detail=none), because words are found in
-- any order, and no text (content=''), because it stands in message.

CREATE VIRTUAL TABLE search_message USING fts5 (tokens, content='', contentless_delete=1, detail=none, prefix='2 3', tokenize='ascii');
CREATE VIRTUAL TABLE search_person USING fts5 (tokens, content='', contentless_delete=1, detail=none, prefix='2 3', tokenize='ascii');
CREATE VIRTUAL TABLE search_purchase USING fts5 (tokens, content='', contentless_delete=1, detail=none, prefix='2 3', tokenize='ascii');

-- Messages from low on and below high are in search_message, persons below person in
-- search_person, orders below purchase in search_purchase. What is above is looked at
-- itself; messages below low, from before there was a search, are read bit by bit.
CREATE TABLE search_state (
	id       INTEGER PRIMARY KEY CHECK (id = 1),
	version  INTEGER NOT NULL, -- of the tokens
	low      INTEGER NOT NULL,
	high     INTEGER NOT NULL,
	person   INTEGER NOT NULL,
	purchase INTEGER NOT NULL
) STRICT;
INSERT INTO search_state SELECT 1, 1, first, first, 1, 1 FROM (SELECT coalesce(max(id), 0) + 1 AS first FROM message);

-- What changed since it was read; it is looked at itself until it is read again. It is
-- written by triggers, so that no change can be forgotten.
CREATE TABLE search_queue (
	kind    TEXT NOT NULL, -- message, person, purchase
	id      INTEGER NOT NULL,
	changes INTEGER NOT NULL, -- a row goes when no change came since it was read
	PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER search_message_changed AFTER UPDATE OF text, kind, revoked_at ON message BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('message', new.id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_message_gone AFTER DELETE ON message BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('message', old.id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_person_changed AFTER UPDATE OF own_name, name, username, phone, person_id ON contact BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', new.id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', coalesce(new.person_id, new.id), 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', coalesce(old.person_id, old.id), 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_person_gone AFTER DELETE ON contact BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', old.id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_label_on AFTER INSERT ON contact_label BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', new.contact_id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_label_moved AFTER UPDATE OF contact_id ON contact_label BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', old.contact_id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', new.contact_id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_label_off AFTER DELETE ON contact_label BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('person', old.contact_id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_purchase_changed AFTER UPDATE OF number, title ON purchase BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('purchase', new.id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER search_purchase_gone AFTER DELETE ON purchase BEGIN
	INSERT INTO search_queue (kind, id, changes) VALUES ('purchase', old.id, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
