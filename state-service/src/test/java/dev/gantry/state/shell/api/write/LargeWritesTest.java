package dev.gantry.state.shell.api.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.testkit.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LargeWritesTest {
    private static final ApiReply DONE = Replies.whole(200, Replies.JSON, new byte[0]);

    private final LargeWrites large = new LargeWrites(Patience.LIMIT);
    private final AtomicInteger underWay = new AtomicInteger();
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @Test
    void threeOfTheLargestAreWorkedOnAndSmallOnesBesides() throws Exception {
        ApiCall largest = call("application/json", "[" + "{},".repeat(99_000) + "{}]");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ApiReply>> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(threads.submit(() -> large.perform(largest, Optional.empty(), this::work)));
            }
            Patience.await().until(() -> underWay.get() == 3);
            ApiCall small = call("application/json", "{\"a\":1}");
            assertThat(large.perform(small, Optional.empty(), () -> DONE)).isEqualTo(DONE);
            assertThat(underWay.get()).isEqualTo(3);

            goesOn.countDown();
            for (Future<ApiReply> each : all) {
                assertThat(each.get()).isEqualTo(DONE);
            }
            assertThat(underWay.get()).isEqualTo(5);
        }
    }

    @Test
    void whoWaitsTooLongIsAskedToComeBack() throws Exception {
        var impatient = new LargeWrites(Duration.ZERO);
        ApiCall largest = call("application/json", ",".repeat(100_000));
        assertThatThrownBy(() -> fourAtOnce(impatient, largest, 1))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .isInstanceOf(Refusal.TooManyRequests.class));
        assertThat(impatient.perform(largest, Optional.empty(), () -> DONE)).isEqualTo(DONE);
    }

    /** Each begun while those before are not done. */
    private static ApiReply fourAtOnce(LargeWrites writes, ApiCall call, int number)
            throws InterruptedException {
        return writes.perform(
                call,
                Optional.empty(),
                () -> number == 4 ? DONE : fourAtOnce(writes, call, number + 1));
    }

    private ApiReply work() throws InterruptedException {
        underWay.incrementAndGet();
        goesOn.await();
        return DONE;
    }

    private static ApiCall call(String type, String body) {
        var headers = new TreeMap<>(Map.of("content-type", type));
        return new ApiCall("POST", "/", "", headers, body.getBytes(UTF_8), Caller.system("x"));
    }
}
