-- One row a run, however often it broke off and was restarted: what it did, as it was when it ended. Requests go on to change, and
-- Spring Batch stores its times without a zone.
CREATE TABLE merge_run (
    -- Counted by the run itself, under the run lock, so that no number is left out.
    id               BIGINT PRIMARY KEY,
    -- The job parameter by which Spring Batch tells runs apart.
    started_at       TIMESTAMP WITH TIME ZONE NOT NULL UNIQUE,
    -- While it runs, when it was last seen alive.
    ended_at         TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome          VARCHAR(10) NOT NULL CHECK (outcome IN ('RUNNING', 'COMPLETED', 'FAILED', 'STOPPED', 'KILLED')),
    -- Why it ended as it did, where that is known.
    detail           VARCHAR(4000),
    -- How often it was restarted.
    restarts         INTEGER DEFAULT 0 NOT NULL,
    -- Its last execution in Spring Batch's tables; null until its first step ends.
    job_execution_id BIGINT,
    merged           BIGINT DEFAULT 0 NOT NULL,
    rejected         BIGINT DEFAULT 0 NOT NULL,
    failed           BIGINT DEFAULT 0 NOT NULL,
    postponed        BIGINT DEFAULT 0 NOT NULL,
    -- These are of the whole table, when the run ended.
    pending          BIGINT DEFAULT 0 NOT NULL,
    waiting          BIGINT DEFAULT 0 NOT NULL,
    given_up         BIGINT DEFAULT 0 NOT NULL,
    next_attempt_at  TIMESTAMP WITH TIME ZONE,
    merged_ever      BIGINT DEFAULT 0 NOT NULL
);

-- The requests that a run did not merge, as they were when it ended.
CREATE TABLE merge_run_problem (
    run_id                    BIGINT NOT NULL REFERENCES merge_run (id) ON DELETE CASCADE,
    request_id                BIGINT NOT NULL,
    parent_conversation_id    VARCHAR(255) NOT NULL,
    duplicate_conversation_id VARCHAR(255) NOT NULL,
    status                    VARCHAR(8) NOT NULL,
    status_detail             VARCHAR(4000),
    next_attempt_at           TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (run_id, request_id)
);

-- Earlier runs keep the number of their last execution, under which their report was written. Their times are taken as this
-- session's, and what they did is counted as the requests are now.
INSERT INTO merge_run (id, started_at, ended_at, outcome, restarts, job_execution_id, merged, rejected, failed, postponed,
                       merged_ever)
SELECT run.id, run.started_at, run.ended_at,
       CASE WHEN e.status IN ('COMPLETED', 'STOPPED') THEN e.status WHEN e.end_time IS NULL THEN 'KILLED' ELSE 'FAILED' END,
       run.executions - 1, run.id,
       (SELECT COUNT(*) FROM merge_request r JOIN batch_job_execution x ON x.job_execution_id = r.job_execution_id
         WHERE x.job_instance_id = e.job_instance_id AND r.status = 'MERGED'),
       (SELECT COUNT(*) FROM merge_request r JOIN batch_job_execution x ON x.job_execution_id = r.job_execution_id
         WHERE x.job_instance_id = e.job_instance_id AND r.status = 'REJECTED'),
       (SELECT COUNT(*) FROM merge_request r JOIN batch_job_execution x ON x.job_execution_id = r.job_execution_id
         WHERE x.job_instance_id = e.job_instance_id AND r.status = 'FAILED'),
       (SELECT COUNT(*) FROM merge_request r JOIN batch_job_execution x ON x.job_execution_id = r.job_execution_id
         WHERE x.job_instance_id = e.job_instance_id AND r.status = 'RETRY'),
       (SELECT COUNT(*) FROM merge_request WHERE status = 'MERGED')
  FROM (SELECT MAX(x.job_execution_id) AS id, COUNT(*) AS executions,
               MIN(CAST(p.parameter_value AS TIMESTAMP WITH TIME ZONE)) AS started_at,
               MAX(CAST(COALESCE(x.end_time, x.last_updated, x.create_time) AS TIMESTAMP WITH TIME ZONE)) AS ended_at
          FROM batch_job_instance i
          JOIN batch_job_execution x ON x.job_instance_id = i.job_instance_id
          JOIN batch_job_execution_params p ON p.job_execution_id = x.job_execution_id AND p.parameter_name = 'startedAt'
         WHERE i.job_name = 'mergeConversations'
         GROUP BY i.job_instance_id) run
  JOIN batch_job_execution e ON e.job_execution_id = run.id;

INSERT INTO merge_run_problem (run_id, request_id, parent_conversation_id, duplicate_conversation_id, status, status_detail)
SELECT run.id, r.id, r.parent_conversation_id, r.duplicate_conversation_id, r.status, r.status_detail
  FROM merge_run run
  JOIN batch_job_execution e ON e.job_execution_id = run.job_execution_id
  JOIN batch_job_execution x ON x.job_instance_id = e.job_instance_id
  JOIN merge_request r ON r.job_execution_id = x.job_execution_id
 WHERE r.status IN ('REJECTED', 'FAILED', 'RETRY');

-- How many parents get a note, and how many have it, for those who ask how far a run is.
ALTER TABLE merge_run_lock ADD COLUMN parents_total BIGINT;
ALTER TABLE merge_run_lock ADD COLUMN parents_done BIGINT;
