-- What one look at a customer counts, without a look at each of their messages.
CREATE INDEX message_note ON message (contact_id) WHERE kind = 'note';
CREATE INDEX message_left ON message (contact_id, accepted_at) WHERE accepted_at IS NOT NULL;
