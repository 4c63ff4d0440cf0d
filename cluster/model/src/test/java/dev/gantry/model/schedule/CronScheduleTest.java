package dev.gantry.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *          | UTC              | 2026-01-01T00:00:00Z | 2026-01-01T00:01:00Z",
                "*/5 * * * *        | UTC              | 2026-01-01T00:04:59Z | 2026-01-01T00:05:00Z",
                "3/20 1 * * *       | UTC              | 2026-01-01T01:03:00Z | 2026-01-01T01:23:00Z",
                "0 9 * * mon-fri    | UTC              | 2026-01-02T09:00:00Z | 2026-01-05T09:00:00Z",
                "0 0 29 feb *       | UTC              | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 0 13 * fri       | UTC              | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
                "0 0 */2 * fri      | UTC              | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
                "0 0 * * fri        | UTC              | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
                "@monthly           | UTC              | 2026-01-31T23:59:00Z | 2026-02-01T00:00:00Z",
                "@every 90m         | UTC              | 2026-01-01T00:00:00Z | 2026-01-01T01:30:00Z",
                "0 8 * * *          | Asia/Tokyo       | 2026-01-01T00:00:00Z | 2026-01-01T23:00:00Z",
                "30 2 29 3 *        | Europe/Berlin    | 2026-03-01T00:00:00Z | 2027-03-29T00:30:00Z",
                "30 1 1 11 *        | America/New_York | 2026-11-01T05:30:00Z | 2026-11-01T06:30:00Z",
            })
    void saysWhenItIsDueNext(String text, String zone, Instant after, Instant expected)
            throws MalformedSchedule {
        assertThat(CronSchedule.parse(text).next(after, ZoneId.of(zone))).contains(expected);
    }

    @Test
    void aDayThatThereIsNotNeverComes() throws MalformedSchedule {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(CronSchedule.parse("0 0 30 feb *").next(start, ZoneId.of("UTC"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * *             | expected exactly 5 fields, found 4: [* * * *]",
                "60 * * * *          | end of range (60) above maximum (59): 60",
                "* * 0 * *           | beginning of range (0) below minimum (1): 0",
                "5-1 * * * *         | beginning of range (5) beyond end of range (1): 5-1",
                "1-2-3 * * * *       | too many hyphens: 1-2-3",
                "*/2/3 * * * *       | too many slashes: */2/3",
                "*/0 * * * *         | step of range should be a positive number: */0",
                "x * * * *           | failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
                "* * * * 7           | end of range (7) above maximum (6): 7",
                "@fortnightly        | unrecognized descriptor: @fortnightly",
                "@every soon         | failed to parse duration @every soon: time: invalid duration \"soon\"",
                "@every 5            | failed to parse duration @every 5: time: missing unit in duration \"5\"",
                "@every 1m5x         | failed to parse duration @every 1m5x: time: unknown unit \"x\" in duration \"1m5x\"",
                "TZ=Moon 0 * * * *   | provided bad location Moon: unknown time zone Moon",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> CronSchedule.parse(text)).hasMessage(message);
    }

    @Test
    void anEmptyTextIsNoSchedule() {
        assertThatThrownBy(() -> CronSchedule.parse("")).hasMessage("empty spec string");
    }
}
