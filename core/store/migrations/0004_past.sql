-- Chats that the shop exported from its phone, for the bench of its rules. They are
-- never answered nor counted, so they stand apart from messages. No one is named.

CREATE TABLE past_chat (
	id       INTEGER PRIMARY KEY,
	mark     TEXT NOT NULL UNIQUE, -- learn.Chat.Mark
	messages INTEGER NOT NULL, -- how many there are, and the times of the first and the last
	first_at INTEGER NOT NULL,
	last_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE past_message (
	chat_id INTEGER NOT NULL REFERENCES past_chat (id),
	at      INTEGER NOT NULL, -- on the phone's clock, as if it were UTC
	place   INTEGER NOT NULL, -- among those of the same time
	shop    INTEGER NOT NULL, -- 1: the shop wrote it
	text    TEXT NOT NULL,
	PRIMARY KEY (chat_id, at, place)
) STRICT, WITHOUT ROWID;
