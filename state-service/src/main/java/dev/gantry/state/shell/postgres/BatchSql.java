package dev.gantry.state.shell.postgres;

/**
 * The one statement that makes a batch durable: log, events and live objects together, and only
 * where the epoch is still ours. It leaves out the parts that a batch does not need.
 *
 * <p>Cost: one round trip and one fsync per batch; jsonb is parsed once for both tables.
 */
record BatchSql(boolean hasLogged, boolean hasEvents, boolean hasRemovals) {
    private static final String HEAD =
            """
            WITH fence AS (
                SELECT epoch FROM gantry.write_lease WHERE epoch = ? FOR SHARE
            ), batch AS MATERIALIZED (
                SELECT t.revision, t.resource, t.namespace, t.name, t.uid, t.type, t.previous,
                       t.actor, timestamptz 'epoch' + t.micros * interval '1 microsecond' AS time,
                       convert_from(t.body, 'UTF8')::jsonb AS body, t.sealed,
                       t.report_sequence, t.place
                FROM fence, unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                                   ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bytea[],
                                   ?::bytea[], ?::bigint[], ?::smallint[])
                     AS t(revision, resource, namespace, name, uid, type, previous, actor, micros,
                          body, sealed, report_sequence, place)
            )""";

    private static final String LOG_COLUMNS =
            """
             (revision, resource, namespace, name, uid, type, previous, actor, time, body, sealed)
                SELECT revision, resource, namespace, name, uid, type, previous, actor, time, body,
                       sealed
                FROM batch\
            """;

    private static final String LOGGED =
            ", logged AS (INSERT INTO gantry.revisions" + LOG_COLUMNS + " WHERE place <> 0)";

    private static final String EVENTS =
            ", happened AS (INSERT INTO gantry.events" + LOG_COLUMNS + " WHERE place = 0)";

    private static final String PUT =
            """
            , put AS (
                INSERT INTO gantry.objects AS o
                    (resource, namespace, name, uid, revision, body, sealed, report_sequence)
                SELECT resource, namespace, name, uid, revision, body, sealed, report_sequence
                FROM batch WHERE place = 2
                ON CONFLICT (resource, namespace, name) DO UPDATE
                SET uid = excluded.uid, revision = excluded.revision, body = excluded.body,
                    sealed = excluded.sealed, report_sequence = excluded.report_sequence
            )""";

    private static final String REMOVED =
            """
            , removed AS (
                DELETE FROM gantry.objects o USING batch b
                WHERE b.place = 3 AND o.resource = b.resource AND o.namespace = b.namespace
                  AND o.name = b.name
            )""";

    private static final String TAIL = " SELECT count(*) FROM fence";

    /** Where a row goes beside its log; only an object's last row of a batch goes to objects. */
    enum Place {
        EVENT,
        LOG_ONLY,
        LOG_AND_PUT,
        LOG_AND_REMOVE
    }

    String text() {
        return HEAD
                + (hasLogged ? LOGGED + PUT : "")
                + (hasEvents ? EVENTS : "")
                + (hasRemovals ? REMOVED : "")
                + TAIL;
    }
}
