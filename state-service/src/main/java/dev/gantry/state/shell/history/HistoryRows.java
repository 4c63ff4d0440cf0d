package dev.gantry.state.shell.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The questions that are asked of the past. */
interface HistoryRows extends Repository<HistoryRow, Long> {
    @Query(
            nativeQuery = true,
            value =
                    """
                    SELECT * FROM gantry.history
                    WHERE resource = :resource AND namespace = :namespace AND name = :name
                      AND revision <= :at
                    ORDER BY revision DESC LIMIT 1
                    """)
    Optional<HistoryRow> lastState(String resource, String namespace, String name, long at);

    @Query(
            nativeQuery = true,
            value =
                    """
                    SELECT * FROM (
                        SELECT DISTINCT ON (namespace, name) * FROM gantry.history
                        WHERE resource = :resource AND revision <= :at
                        ORDER BY namespace, name, revision DESC) AS newest
                    WHERE type <> 'DELETED'
                    ORDER BY namespace COLLATE "C", name COLLATE "C"
                    """)
    List<HistoryRow> lastStates(String resource, long at);

    @Query(
            nativeQuery = true,
            value =
                    """
                    SELECT * FROM (
                        SELECT DISTINCT ON (name) * FROM gantry.history
                        WHERE resource = :resource AND namespace = :namespace AND revision <= :at
                        ORDER BY name, revision DESC) AS newest
                    WHERE type <> 'DELETED'
                    ORDER BY name COLLATE "C"
                    """)
    List<HistoryRow> lastStatesIn(String resource, String namespace, long at);

    @Query(nativeQuery = true, value = "SELECT gantry.revision_at(:moment)")
    @Nullable Long revisionAt(Instant moment);

    @Query(nativeQuery = true, value = "SELECT revision FROM gantry.history_floor")
    long floor();
}
