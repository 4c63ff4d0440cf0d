package dev.gantry.monitoring.shell.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the history: a node's Ready condition changed. */
@Entity
@Table(name = "health_changes")
public class HealthChange {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String node = "";
    private long revision;

    @Column(name = "happened_at")
    private Instant happenedAt = Instant.EPOCH;

    @Column(name = "was_ready")
    private String wasReady = "";

    @Column(name = "is_ready")
    private String isReady = "";

    private String reason = "";
    private String message = "";

    /** For Hibernate. */
    protected HealthChange() {}

    HealthChange(String node, long revision, Instant happenedAt) {
        this.node = node;
        this.revision = revision;
        this.happenedAt = happenedAt;
    }

    HealthChange readiness(String before, String after) {
        this.wasReady = before;
        this.isReady = after;
        return this;
    }

    HealthChange because(String why, String words) {
        this.reason = why;
        this.message = words;
        return this;
    }

    public String node() {
        return node;
    }

    public long revision() {
        return revision;
    }

    public Instant happenedAt() {
        return happenedAt;
    }

    public String wasReady() {
        return wasReady;
    }

    public String isReady() {
        return isReady;
    }

    public String reason() {
        return reason;
    }

    public String message() {
        return message;
    }
}
