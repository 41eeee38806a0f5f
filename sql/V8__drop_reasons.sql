-- Why an operator has dropped the request. It stays when the request is released, so that the next one who looks at it knows.
ALTER TABLE merge_retry ADD COLUMN drop_reason VARCHAR(4000);

-- 'dropped by an operator: ' has 24 characters.
UPDATE merge_retry SET drop_reason = (SELECT SUBSTRING(r.status_detail FROM 25) FROM merge_request r WHERE r.id = request_id)
 WHERE dropped_at IS NOT NULL
   AND request_id IN (SELECT id FROM merge_request WHERE status_detail LIKE 'dropped by an operator: %');
