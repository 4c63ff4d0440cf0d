package dev.gantry.gateway.shell.limit;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
    @AutoClose private final Deadlines deadlines = new Deadlines();

    @Test
    void countsWhatIsUnderWayByKind() {
        var read = deadlines.begin(Duration.ofHours(1), RequestKind.of("list"), () -> {});
        deadlines.begin(Duration.ofHours(1), RequestKind.of("create"), () -> {});
        deadlines.begin(Duration.ofHours(1), RequestKind.of("patch"), () -> {});
        assertThat(deadlines.count(RequestKind.READ_ONLY)).isEqualTo(1);
        assertThat(deadlines.count(RequestKind.MUTATING)).isEqualTo(2);
        deadlines.end(read);
        assertThat(deadlines.count(RequestKind.READ_ONLY)).isZero();
    }

    @Test
    void whatTakesTooLongIsAnsweredOnceAndNoLongerCounted() {
        var expired = new AtomicInteger();
        deadlines.begin(Duration.ZERO, RequestKind.READ_ONLY, expired::incrementAndGet);
        var ended = deadlines.begin(Duration.ZERO, RequestKind.MUTATING, expired::incrementAndGet);
        deadlines.end(ended);
        deadlines.start();
        await().until(() -> deadlines.count(RequestKind.READ_ONLY) == 0);
        await().until(() -> expired.get() == 1);
    }
}
