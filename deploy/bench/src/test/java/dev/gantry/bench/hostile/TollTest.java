package dev.gantry.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.bench.report.Samples;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TollTest {
    private final Toll toll = new Toll(noticed(10, 20, 0), 400);

    @Test
    void isHeldAgainstTheQuietTime() {
        toll.add("mild", noticed(20, 60, 0), 500);
        toll.end(noticed(10, 20, 0), 500);

        assertThat(toll.table("here")).contains("p99 at most 3 times the quiet one: held");
        assertThat(toll.json().at("/attacks/1/times").asDouble()).isEqualTo(3);
    }

    @Test
    void namesWhatWasWorseThanTheGoal() {
        toll.add("rough", noticed(31, 20, 2), 500);
        toll.add("worse", noticed(10, 61, 1), 500);
        toll.end(noticed(10, 20, 0), 500);

        assertThat(toll.table("here")).contains("not under rough, worse\n");
        assertThat(toll.last()).startsWith("(afterwards)").contains(" 20.0 / 20.0 ");
        assertThat(toll.failures()).isEqualTo(3);
    }

    @Test
    void asksWhetherMemoryIsBack() {
        toll.add("greedy", noticed(10, 20, 0), 4_000);
        toll.end(noticed(10, 20, 0), 600);

        assertThat(toll.memoryKept()).isEqualTo(1.5);
    }

    private static Notices noticed(int getMillis, int createMillis, int failures) {
        return new Notices(
                samples(getMillis),
                samples(createMillis),
                samples(1_000),
                new AtomicInteger(failures));
    }

    private static Samples samples(int millis) {
        Samples samples = new Samples();
        samples.add(millis * 1_000_000L);
        return samples;
    }
}
