package dev.gantry.gateway.shell.forward;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class ArrivingFramesTest {
    private static final byte[] PIECE = {1};

    @Test
    void asksForOnePieceMoreThanWasTaken() throws Exception {
        var made = new AtomicInteger();
        Flux<byte[]> endless =
                Flux.generate(
                        sink -> {
                            made.incrementAndGet();
                            sink.next(PIECE);
                        });
        try (var frames = ArrivingFrames.of(endless)) {
            assertThat(made).hasValue(1);
            for (int taken = 1; taken <= 100; taken++) {
                assertThat(frames.next()).isEqualTo(PIECE);
                assertThat(made).hasValue(taken + 1);
            }
        }
    }

    @Test
    void tellsWhatArrivedBeforeTheEnd() throws Exception {
        try (var frames = ArrivingFrames.of(Flux.just(PIECE, PIECE))) {
            assertThat(frames.next()).isEqualTo(PIECE);
            assertThat(frames.next()).isEqualTo(PIECE);
            assertThat(frames.next()).isNull();
        }
    }

    @Test
    void breaksWhereTheSenderBreaks() throws Exception {
        Flux<byte[]> broken = Flux.just(PIECE).concatWith(Flux.error(new IOException("gone")));
        try (var frames = ArrivingFrames.of(broken)) {
            assertThat(frames.next()).isEqualTo(PIECE);
            assertThatThrownBy(frames::next).hasRootCauseMessage("gone");
        }
    }

    @Test
    void closingEndsTheWaitAndTellsTheSender() throws Exception {
        Sinks.Many<byte[]> silent = Sinks.many().unicast().onBackpressureBuffer();
        var cancelled = new CountDownLatch(1);
        var frames = ArrivingFrames.of(silent.asFlux().doOnCancel(cancelled::countDown));
        var answer = new AtomicReference<>(PIECE);
        Thread waiting = Thread.ofVirtual().start(() -> answer.set(awaited(frames)));
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        frames.close();
        waiting.join();
        assertThat(answer).hasNullValue();
        assertThat(cancelled.getCount()).isZero();
    }

    private static byte[] awaited(ArrivingFrames frames) {
        try {
            return frames.next();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
