package dev.gantry.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What the log of a process ended with: the newest that is known of it. */
record LogEnd(Path file, List<String> lines) {
    private static final int SHOWN = 25;

    static LogEnd of(String log) throws IOException {
        Path file = Path.of(log);
        return new LogEnd(file, Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    /** Logs go on over starts: what stands there may be of the last one. */
    boolean isSince(Instant start) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isAfter(start);
    }

    /** The last lines, for a person who has to find out. */
    String text() {
        return lines.isEmpty()
                ? "(nothing in " + file + ")"
                : String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    }

    /** The line in which a service of ours said why it ends; see {@code Startup}. */
    String reason() {
        return newest(line -> line.contains(" cannot start: "));
    }

    /** The last line that is no part of a stack trace. */
    String line() {
        return newest(line -> !line.isBlank() && !line.startsWith("\t"));
    }

    private String newest(Predicate<String> wanted) {
        return lines.reversed().stream().filter(wanted).findFirst().orElse("");
    }
}
