-- All that is known of the past, with a Secret's values masked.
CREATE VIEW history AS
SELECT revision, resource, namespace, name, type, actor, time, body::text AS body
FROM gantry.revisions
UNION ALL
SELECT revision, resource, namespace, name, type, actor, time, body::text FROM gantry.events
UNION ALL
SELECT revision, resource, namespace, name, type, actor, time, body::text
FROM gantry.revisions_base;

-- The last revision that was committed no later than the moment; null where that is forgotten.
-- The log has no index by time: times grow with the revisions, so halving finds it.
CREATE FUNCTION revision_at(moment timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    low bigint;
    high bigint;
    middle bigint;
    since timestamptz;
    entry record;
BEGIN
    SELECT f.revision, f.since INTO low, since FROM gantry.history_floor f;
    IF moment < since THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(max(revision), low) INTO high FROM gantry.revisions;
    WHILE low < high LOOP
        middle := low + (high - low + 1) / 2;
        SELECT r.revision, r.time INTO entry FROM gantry.revisions r
            WHERE r.revision > low AND r.revision <= middle
            ORDER BY r.revision DESC LIMIT 1;
        IF NOT FOUND OR entry.time <= moment THEN
            low := middle;
        ELSE
            high := entry.revision - 1;
        END IF;
    END LOOP;
    RETURN low;
END $$;
