-- What a run waits for, for those who ask how far it is: how much is in doubt, and when the last of it is settled.
ALTER TABLE merge_run_lock ADD COLUMN requests_in_doubt BIGINT;
ALTER TABLE merge_run_lock ADD COLUMN waits_until TIMESTAMP WITH TIME ZONE;
