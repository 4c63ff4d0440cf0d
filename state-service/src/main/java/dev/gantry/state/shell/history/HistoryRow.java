package dev.gantry.state.shell.history;

import dev.gantry.model.message.ChangeMessage.Type;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** One entry of the log, as JPA reads it. */
@Entity
@Immutable
@Table(schema = "gantry", name = "history")
class HistoryRow {
    @Id private long revision;
    private String resource = "";
    private String namespace = "";
    private String name = "";

    @Enumerated(EnumType.STRING)
    private Type type = Type.ADDED;

    private String actor = "";
    private Instant time = Instant.EPOCH;

    @Column(columnDefinition = "text")
    private String body = "";

    long revision() {
        return revision;
    }

    String resource() {
        return resource;
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    boolean isRemoval() {
        return type == Type.DELETED;
    }

    String actor() {
        return actor;
    }

    Instant time() {
        return time;
    }

    String body() {
        return body;
    }
}
