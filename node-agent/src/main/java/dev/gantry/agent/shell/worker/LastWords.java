package dev.gantry.agent.shell.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a container left behind to say why it ended.
 *
 * <p>Compat: at most 4096 bytes of its file; of its log the last 80 lines or 2048 bytes.
 */
final class LastWords {
    private static final int FILE_BYTES = 4096;
    private static final int LOG_BYTES = 2048;
    private static final int LOG_LINES = 80;

    /** A line of a CRI log begins with time, stream and tag. */
    private static final int LOG_FIELDS = 4;

    private LastWords() {}

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
            List<String> lines = new String(tail(log, 4 * LOG_BYTES), UTF_8).lines().toList();
            String text =
                    lines.stream()
                            .skip(Math.max(0, lines.size() - LOG_LINES))
                            .map(LastWords::content)
                            .collect(Collectors.joining("\n"));
            byte[] bytes = (text.isEmpty() ? text : text + "\n").getBytes(UTF_8);
            int from = Math.max(0, bytes.length - LOG_BYTES);
            return new String(bytes, from, bytes.length - from, UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String content(String line) {
        String[] fields = line.split(" ", LOG_FIELDS);
        return fields.length == LOG_FIELDS ? fields[LOG_FIELDS - 1] : line;
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
