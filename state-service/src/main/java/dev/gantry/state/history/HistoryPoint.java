package dev.gantry.state.history;

import dev.gantry.model.meta.Revision;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A point in the history as a person names it. */
public sealed interface HistoryPoint {
    record AtRevision(Revision revision) implements HistoryPoint {}

    record AtTime(Instant time) implements HistoryPoint {}

    /** A revision in decimal, or an RFC 3339 time; empty where the text is neither. */
    static Optional<HistoryPoint> parse(String text) {
        Optional<HistoryPoint> revision = Revision.parse(text).map(AtRevision::new);
        if (revision.isPresent()) {
            return revision;
        }
        try {
            return Optional.of(new AtTime(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
