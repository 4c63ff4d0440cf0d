package dev.gantry.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process has in memory, as Linux counts it.
 *
 * @param residentBytes all of its pages, also those that others use at the same time
 * @param proportionalBytes the same, but of a page that n processes share, an n-th part: only these
 *     make a true sum
 */
public record MemoryUse(long residentBytes, long proportionalBytes) {
    public static final MemoryUse NONE = new MemoryUse(0, 0);

    /** Of one process alone; nothing where it has ended. */
    public static MemoryUse of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
        } catch (IOException ended) {
            return NONE;
        }
    }

    /** Of a process and all that it has started. */
    public static MemoryUse ofFamily(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        List<Long> family =
                Stream.concat(
                                process.stream(),
                                process.stream().flatMap(ProcessHandle::descendants))
                        .map(ProcessHandle::pid)
                        .toList();
        MemoryUse sum = NONE;
        for (long each : family) {
            sum = sum.plus(of(each));
        }
        return sum;
    }

    public MemoryUse plus(MemoryUse other) {
        return new MemoryUse(
                residentBytes + other.residentBytes, proportionalBytes + other.proportionalBytes);
    }

    /** Reads what {@code smaps_rollup} says. */
    static MemoryUse parse(String text) {
        return new MemoryUse(bytes(text, "Rss:"), bytes(text, "Pss:"));
    }

    private static long bytes(String text, String field) {
        return text.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).replace("kB", "").strip())
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) << 10)
                .findFirst()
                .orElse(0);
    }
}
