package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LogFilterTest {
    private static final Instant NOW = Instant.parse("2024-05-01T10:00:10Z");
    private static final String LOG =
            """
            2024-05-01T10:00:00.123456789Z stdout F one
            2024-05-01T10:00:01.000000000Z stderr F two
            2024-05-01T10:00:05.000000000+02:00 stdout F long ago
            2024-05-01T10:00:09.000000000Z stdout P thr
            2024-05-01T10:00:09.000000001Z stdout F ee
            half a line
            2024-05-01T10:00:09.500000000Z stdout F
            2024-05-01T10:00:09.600000000Z stdout F \s
            """;

    @Test
    void joinsPartsAndLeavesOutWhatIsNoEntry() {
        assertThat(shown("")).isEqualTo("one\ntwo\nlong ago\nthree\n \n");
    }

    @Test
    void putsTheTimeBeforeEachLineOnce() {
        assertThat(shown("timestamps=true&sinceTime=2024-05-01T10:00:09Z"))
                .isEqualTo(
                        """
                        2024-05-01T10:00:09.000000000Z three
                        2024-05-01T10:00:09.600000000Z \s
                        """);
    }

    @Test
    void stopsInTheMiddleWhereTheLimitIs() {
        assertThat(shown("limitBytes=6")).isEqualTo("one\ntw");
    }

    @Test
    void choosesByAgeAndStream() {
        assertThat(shown("sinceSeconds=9")).isEqualTo("two\nthree\n \n");
        assertThat(shown("stream=Stderr")).isEqualTo("two\n");
    }

    @Test
    void saysWhatIsWrongWithAnOption() {
        assertThatThrownBy(() -> options("tailLines=x")).hasMessage("tailLines is no number: x");
        assertThatThrownBy(() -> options("limitBytes=-1"))
                .hasMessage("limitBytes must not be negative: -1");
        assertThatThrownBy(() -> options("sinceTime=soon"))
                .hasMessage("sinceTime is no RFC 3339 time: soon");
    }

    private static String shown(String query) {
        var filter = new LogFilter(options(query));
        var text = new StringBuilder();
        for (String entry : LOG.split("\n")) {
            if (!filter.isExhausted()) {
                text.append(new String(filter.apply(entry.getBytes(UTF_8)), UTF_8));
            }
        }
        return text.toString();
    }

    private static LogOptions options(String query) {
        SortedMap<String, List<String>> parameters = new TreeMap<>();
        for (String each : query.split("&")) {
            String[] parts = each.split("=", 2);
            parameters.put(parts[0], List.of(parts.length > 1 ? parts[1] : ""));
        }
        return LogOptions.of(new RequestHead(List.of(), parameters, List.of()), NOW);
    }
}
