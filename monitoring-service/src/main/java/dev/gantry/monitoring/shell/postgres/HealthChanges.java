package dev.gantry.monitoring.shell.postgres;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** The table of changes. */
public interface HealthChanges extends JpaRepository<HealthChange, Long> {
    List<HealthChange> findByNodeOrderByHappenedAtDesc(String node, Limit limit);

    boolean existsByNodeAndRevision(String node, long revision);

    @Modifying
    @Query("delete from HealthChange each where each.happenedAt < :before")
    int deleteOlderThan(@Param("before") Instant before);
}
