-- A database that was restored goes on with another history than the one that others were told of.
ALTER TABLE write_lease
    -- The server, the database and this table: others mean that the state came from a dump or a copy.
    ADD COLUMN database_id text NOT NULL DEFAULT '',
    -- Up to here numbers may have been given that this history knows nothing of: watches from before
    -- it are refused, and the change feed is told anew.
    ADD COLUMN restored bigint NOT NULL DEFAULT 0;
