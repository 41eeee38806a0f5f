-- What the row of a request said when its survivor was decided. A row that somebody has changed since is left alone until it is
-- planned again.
ALTER TABLE merge_plan ADD COLUMN parent_conversation_id VARCHAR(255);
ALTER TABLE merge_plan ADD COLUMN duplicate_conversation_id VARCHAR(255);

-- Until when the survivor was snoozed when checkParents found it, which execution's note has woken it, and whether it is snoozed
-- again.
ALTER TABLE merge_survivor ADD COLUMN snoozed_until TIMESTAMP WITH TIME ZONE;
ALTER TABLE merge_survivor ADD COLUMN woken_by_execution_id BIGINT;
ALTER TABLE merge_survivor ADD COLUMN snoozed_again BOOLEAN;

-- When an operator has given the request up. What nobody has dropped still waits for somebody.
ALTER TABLE merge_retry ADD COLUMN dropped_at TIMESTAMP WITH TIME ZONE;

UPDATE merge_retry SET dropped_at = last_failed_at
 WHERE request_id IN (SELECT id FROM merge_request
                       WHERE status = 'FAILED' AND status_detail LIKE 'dropped by an operator%');

-- A request for a conversation that carries a note of ours goes on with what the ledger has of it.
CREATE INDEX merge_operation_conversation ON merge_operation (conversation_id);
