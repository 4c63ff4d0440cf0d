package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.testkit.Fuzz;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of logs that no runtime wrote are none, or are read. */
@Timeout(120)
final class StreamFuzzTest {
    private static final int TIMES = 3_000;
    private static final Fuzz.Bound BOUND = new Fuzz.Bound(300, 2 << 20);

    @ParameterizedTest
    @MethodSource("seeds")
    void linesOfLogs(long seed) {
        List<byte[]> samples =
                bytes(
                        "2026-05-01T10:00:00.123456789Z stdout F words",
                        "2026-05-01T10:00:00+99:99 stderr P:x half",
                        "   ",
                        "");
        new Fuzz(seed, samples, bytes(" ", "-", ":", "Z", "+14:00", "T", "99", "\u0000"))
                .check(TIMES, BOUND, entry -> LogLine.parse(entry).ifPresent(LogLine::instant));
    }

    static LongStream seeds() {
        return Fuzz.seeds(3);
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts).map(each -> each.getBytes(UTF_8)).toList();
    }
}
