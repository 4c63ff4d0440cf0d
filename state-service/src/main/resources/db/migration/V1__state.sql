-- The state of one cluster. Written by state-service only, and there by one replica at a time.

-- Who may write. Every write checks the epoch in its own transaction, so that a replica that lost
-- the lease without noticing cannot commit.
CREATE TABLE write_lease (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch       bigint NOT NULL,
    -- No revision above this was ever handed out; whoever takes the lease goes on from here.
    ceiling     bigint NOT NULL,
    -- The server's timeline: another one means that it was restored or failed over.
    timeline    text NOT NULL,
    holder      text NOT NULL,
    taken       timestamptz NOT NULL
);
INSERT INTO write_lease VALUES (true, 0, 1, '', '', now());

-- The log: append-only, in commit order. Partitions are made ahead and dropped when too old.
CREATE TABLE revisions (
    revision    bigint NOT NULL,
    resource    text NOT NULL,
    namespace   text NOT NULL,
    name        text NOT NULL,
    uid         text NOT NULL,
    type        text NOT NULL,
    previous    bigint NOT NULL,
    actor       text NOT NULL,
    time        timestamptz NOT NULL,
    -- Values of Secrets are masked here ...
    body        jsonb NOT NULL,
    -- ... and the whole object stands here, encrypted.
    sealed      bytea,
    PRIMARY KEY (revision)
) PARTITION BY RANGE (revision);
CREATE INDEX revisions_of_object ON revisions (resource, namespace, name, revision DESC);

-- The state just before the oldest partition that is kept.
CREATE TABLE revisions_base (
    LIKE revisions,
    PRIMARY KEY (resource, namespace, name)
);
CREATE INDEX revisions_base_revision ON revisions_base (revision);

-- What the history can still tell: from this revision on.
CREATE TABLE history_floor (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision    bigint NOT NULL,
    since       timestamptz NOT NULL
);
INSERT INTO history_floor VALUES (true, 0, '-infinity');

-- The live objects, one row each.
CREATE TABLE objects (
    resource        text NOT NULL,
    namespace       text NOT NULL,
    name            text NOT NULL,
    uid             text NOT NULL,
    revision        bigint NOT NULL,
    body            jsonb NOT NULL,
    sealed          bytea,
    -- The last status report of an agent that is merged in.
    report_sequence bigint NOT NULL,
    PRIMARY KEY (resource, namespace, name)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

-- Events: a log of their own, by day.
CREATE TABLE events (
    LIKE revisions,
    PRIMARY KEY (revision, time)
) PARTITION BY RANGE (time);
CREATE INDEX events_of_object ON events (namespace, name, revision DESC);

-- Leases: written behind, and not durably. See the design on heartbeats.
CREATE UNLOGGED TABLE leases (
    resource    text NOT NULL,
    namespace   text NOT NULL,
    name        text NOT NULL,
    revision    bigint NOT NULL,
    body        jsonb NOT NULL,
    PRIMARY KEY (resource, namespace, name)
) WITH (fillfactor = 50);

-- Up to here Kafka has confirmed the change feed.
CREATE TABLE relay_position (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision    bigint NOT NULL
);
INSERT INTO relay_position VALUES (true, 0);

-- Makes the partitions that hold the revisions from first to last.
CREATE FUNCTION ensure_revisions(first bigint, last bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    width CONSTANT bigint := 1000000;
    low bigint := first / width * width;
BEGIN
    WHILE low <= last LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS gantry.revisions_%s PARTITION OF gantry.revisions'
                || ' FOR VALUES FROM (%s) TO (%s)',
            low, low, low + width);
        low := low + width;
    END LOOP;
END $$;

-- Makes the partition that holds the events of one day (in UTC).
CREATE FUNCTION ensure_events(day date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS gantry.events_%s PARTITION OF gantry.events'
            || ' FOR VALUES FROM (%L) TO (%L)',
        to_char(day, 'YYYYMMDD'),
        day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
END $$;

-- Drops one partition of the log after its last state of each object went into the base.
CREATE FUNCTION drop_revisions(low bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    width CONSTANT bigint := 1000000;
BEGIN
    CREATE TEMPORARY TABLE folded ON COMMIT DROP AS
        SELECT DISTINCT ON (resource, namespace, name) *
        FROM gantry.revisions
        WHERE revision >= low AND revision < low + width
        ORDER BY resource, namespace, name, revision DESC;
    DELETE FROM gantry.revisions_base b USING folded f
        WHERE (b.resource, b.namespace, b.name) = (f.resource, f.namespace, f.name);
    INSERT INTO gantry.revisions_base SELECT * FROM folded WHERE type <> 'DELETED';
    UPDATE gantry.history_floor
        SET revision = low + width - 1,
            since = greatest(since, (SELECT max(time) FROM folded));
    EXECUTE format('DROP TABLE gantry.revisions_%s', low);
END $$;
