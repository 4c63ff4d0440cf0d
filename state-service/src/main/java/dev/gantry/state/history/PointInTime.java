package dev.gantry.state.history;

import dev.gantry.model.meta.Revision;

/** What a {@link HistoryPoint} means in this history. */
public sealed interface PointInTime {
    /** The state as this revision left it can be told. */
    record Known(Revision revision) implements PointInTime {}

    /** Older than what is kept. {@code why} says from when on the history can tell. */
    record Forgotten(String why) implements PointInTime {}

    /** Nothing was committed there yet. */
    record NotYet(String why) implements PointInTime {}
}
