package dev.gantry.agent.shell.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.stream.LogLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a container left behind to say why it ended.
 *
 * <p>Compat: at most 4096 bytes of its file; of its log the last 80 lines or 2048 bytes.
 */
final class TerminationMessage {
    private static final int FILE_BYTES = 4096;
    private static final int LOG_BYTES = 2048;
    private static final int LOG_LINES = 80;

    private TerminationMessage() {}

    static String fromFile(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return "";
            }
            byte[] all = tail(file, FILE_BYTES);
            return new String(all, UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    static String fromLog(Path log) {
        try {
            if (!Files.isRegularFile(log)) {
                return "";
            }
            List<String> lines = List.of(new String(tail(log, 4 * LOG_BYTES), UTF_8).split("\n"));
            byte[] bytes =
                    lines.stream()
                            .skip(Math.max(0, lines.size() - LOG_LINES))
                            .map(TerminationMessage::words)
                            .collect(Collectors.joining())
                            .getBytes(UTF_8);
            int from = Math.max(0, bytes.length - LOG_BYTES);
            return new String(bytes, from, bytes.length - from, UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Only a line that the program ended has its line feed. */
    private static String words(String entry) {
        Optional<LogLine> line = LogLine.parse(entry.getBytes(UTF_8));
        return line.map(each -> new String(each.message(), UTF_8) + (each.isPartial() ? "" : "\n"))
                .orElse(entry);
    }

    private static byte[] tail(Path file, int bytes) throws IOException {
        try (var reader = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, reader.length() - bytes);
            byte[] found = new byte[(int) (reader.length() - from)];
            reader.seek(from);
            reader.readFully(found);
            return found;
        }
    }
}
