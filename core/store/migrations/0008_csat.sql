-- What customers were asked and said about a conversation (mission R9). Other columns
-- than those that a unit saves whole: a row that was read before cannot bring them back.

ALTER TABLE conversation ADD COLUMN rating_due INTEGER;                -- when to ask; it is NULL once it was asked
ALTER TABLE conversation ADD COLUMN rating_of INTEGER NOT NULL DEFAULT 0; -- the agent who resolved; 0: the customer did
ALTER TABLE conversation ADD COLUMN rating_question INTEGER;           -- the message that asks
ALTER TABLE conversation ADD COLUMN rating_asked INTEGER;
ALTER TABLE conversation ADD COLUMN rating INTEGER;                    -- 1 to 5
ALTER TABLE conversation ADD COLUMN rated_at INTEGER;

CREATE INDEX conversation_rating_due ON conversation (rating_due) WHERE rating_due IS NOT NULL;

-- What is scheduled in a conversation: its row shows when it leaves.
CREATE INDEX message_scheduled ON message (conversation_id, at) WHERE status = 'scheduled';
