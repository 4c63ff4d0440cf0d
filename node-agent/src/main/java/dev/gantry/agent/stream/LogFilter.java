package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Entries of a log file in, what the client shall see out. Mutable with one owner: it remembers
 * whether the last entry ended a line, and how many bytes are left.
 */
public final class LogFilter {
    private final LogOptions options;
    private long left;
    private boolean isAtLineStart = true;

    public LogFilter(LogOptions options) {
        this.options = options;
        this.left = options.limitBytes().orElse(Long.MAX_VALUE);
    }

    /** Whether the limit is reached, so that nothing more will come. */
    public boolean isExhausted() {
        return left <= 0;
    }

    /** {@code entry} without its line feed; empty where the client shall see nothing of it. */
    public byte[] apply(byte[] entry) {
        Optional<LogLine> parsed = LogLine.parse(entry);
        if (parsed.isEmpty() || !isWanted(parsed.get())) {
            return new byte[0];
        }
        LogLine line = parsed.get();
        var shown = new ByteArrayOutputStream(line.message().length + 40);
        if (options.showsTimes() && isAtLineStart) {
            shown.writeBytes((line.time() + " ").getBytes(US_ASCII));
        }
        shown.writeBytes(line.message());
        if (!line.isPartial()) {
            shown.write('\n');
        }
        isAtLineStart = !line.isPartial();
        byte[] bytes = shown.toByteArray();
        int length = (int) Math.min(bytes.length, Math.max(left, 0));
        left -= length;
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private boolean isWanted(LogLine line) {
        return (options.stream().isEmpty() || options.stream().equals(line.stream()))
                && options.since().map(since -> !line.instant().isBefore(since)).orElse(true);
    }
}
