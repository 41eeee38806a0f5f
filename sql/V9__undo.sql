-- Taking merges back, and Intercom's own merge: what an operator has asked for, what became of it, and what an undo needs to know of
-- the time before the merge.

-- A check cannot be changed under one name on both databases, so the columns are made anew.
ALTER TABLE merge_request ADD COLUMN new_status VARCHAR(8) DEFAULT 'PENDING' NOT NULL
    CHECK (new_status IN ('PENDING', 'MERGED', 'RETRY', 'FAILED', 'REJECTED', 'UNDONE'));
UPDATE merge_request SET new_status = status WHERE status <> 'PENDING';
DROP INDEX merge_request_status;
DROP INDEX merge_request_parent_note;
DROP INDEX merge_request_execution;
ALTER TABLE merge_request DROP COLUMN status;
ALTER TABLE merge_request RENAME COLUMN new_status TO status;
CREATE INDEX merge_request_status ON merge_request (status);
CREATE INDEX merge_request_parent_note ON merge_request (parent_note_key, status);
CREATE INDEX merge_request_execution ON merge_request (job_execution_id, status);

ALTER TABLE merge_operation ADD COLUMN new_operation VARCHAR(20) DEFAULT 'NOTE' NOT NULL
    CHECK (new_operation IN ('NOTE', 'TAG', 'CLOSE', 'PARENT_NOTE', 'REOPEN', 'UNDO_NOTE', 'UNTAG', 'SNOOZE', 'REDACT',
                             'UNDO_PARENT_NOTE', 'MERGE_NATIVE'));
UPDATE merge_operation SET new_operation = operation WHERE operation <> 'NOTE';
DROP INDEX merge_operation_open;
ALTER TABLE merge_operation DROP COLUMN operation;
ALTER TABLE merge_operation RENAME COLUMN new_operation TO operation;
ALTER TABLE merge_operation ALTER COLUMN operation DROP DEFAULT;
CREATE INDEX merge_operation_open ON merge_operation (operation, state);

-- Until when the conversation was snoozed before a note has woken it.
ALTER TABLE merge_operation ADD COLUMN snoozed_until TIMESTAMP WITH TIME ZONE;

ALTER TABLE merge_retry ADD COLUMN new_operation VARCHAR(12) DEFAULT 'NOTE' NOT NULL
    CHECK (new_operation IN ('PARENT_CHECK', 'NOTE', 'TAG', 'CLOSE', 'MERGE_NATIVE'));
UPDATE merge_retry SET new_operation = operation WHERE operation <> 'NOTE';
ALTER TABLE merge_retry DROP COLUMN operation;
ALTER TABLE merge_retry RENAME COLUMN new_operation TO operation;
ALTER TABLE merge_retry ALTER COLUMN operation DROP DEFAULT;

-- How it is to be merged: 'link', 'native' or 'native-then-link'; null for what the settings say. Anything else is REJECTED.
ALTER TABLE merge_request ADD COLUMN strategy VARCHAR(255);

-- The merges that are to be taken back, and those that were. What fails is tried again when the operator asks for it again.
CREATE TABLE merge_undo (
    request_id          BIGINT PRIMARY KEY REFERENCES merge_request (id),
    -- The run that takes it back: merge_run.
    run_id              BIGINT NOT NULL,
    asked_at            TIMESTAMP WITH TIME ZONE NOT NULL,
    -- Who wants it back; null for the admin who signs the notes.
    asked_by            VARCHAR(255),
    reason              VARCHAR(2000),
    redact_notes        BOOLEAN NOT NULL,
    -- Null until it is taken back.
    done_at             TIMESTAMP WITH TIME ZONE,
    -- What was left as it is, and why.
    left_alone          VARCHAR(4000),
    -- The ledger's key of the note that tells the survivor of it; 'off' if the survivor was never told of the merge.
    parent_note_key     VARCHAR(100),
    -- The last failure, as in merge_retry.
    operation           VARCHAR(20),
    failure_kind        VARCHAR(10),
    http_status         INTEGER,
    code                VARCHAR(255),
    message             VARCHAR(2000),
    intercom_request_id VARCHAR(255),
    attempts            INTEGER DEFAULT 0 NOT NULL,
    last_failed_at      TIMESTAMP WITH TIME ZONE
);

CREATE INDEX merge_undo_run ON merge_undo (run_id);
CREATE INDEX merge_undo_parent_note ON merge_undo (parent_note_key);

-- What a run does: it merges, or it takes merges back.
ALTER TABLE merge_run ADD COLUMN kind VARCHAR(5) DEFAULT 'MERGE' NOT NULL CHECK (kind IN ('MERGE', 'UNDO'));
ALTER TABLE merge_run ADD COLUMN undone BIGINT DEFAULT 0 NOT NULL;
