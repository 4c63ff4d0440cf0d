package dev.gantry.state.shell.api.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

    @Test
    void doToAllOfThem() throws InterruptedException {
        new Workers(3).perform(NUMBERS, done::add);
        assertThat(done).containsExactlyInAnyOrderElementsOf(NUMBERS);
    }

    @Test
    void beginNothingMoreOnceOneHasFailed() {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Thread> failing = new CompletableFuture<>();
        assertThatThrownBy(
                        () ->
                                new Workers(2)
                                        .perform(
                                                NUMBERS,
                                                each -> {
                                                    if (each == 0) {
                                                        begun.join();
                                                        failing.complete(Thread.currentThread());
                                                        throw new IllegalStateException("zero");
                                                    }
                                                    begun.complete(true);
                                                    failing.join().join();
                                                    done.add(each);
                                                }))
                .hasMessage("zero");
        assertThat(done).containsExactly(1);
    }
}
