package dev.gantry.agent.shell.volume;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class KeyedLocksTest {
    private final KeyedLocks<String> locks = new KeyedLocks<>();
    private final List<String> got = new CopyOnWriteArrayList<>();

    @Test
    void oneAfterTheOtherHasAKeyAndOthersAreNotInTheWay() throws Exception {
        KeyedLocks.Held first = locks.lock("a");
        Thread second = waiting("a");
        await().until(() -> locks.users("a") == 2);
        try (KeyedLocks.Held _ = locks.lock("b")) {
            assertThat(got).isEmpty();
        }
        first.close();
        second.join();
        assertThat(got).containsExactly("a");
    }

    @Test
    void keepsNothingOfKeysThatNobodyIsInterestedIn() throws Exception {
        KeyedLocks.Held first = locks.lock("a");
        Thread second = waiting("a");
        await().until(() -> locks.users("a") == 2);
        second.interrupt();
        second.join();
        assertThat(got).isEmpty();
        assertThat(locks.users("a")).isEqualTo(1);
        first.close();
        assertThat(locks.size()).isZero();
    }

    private Thread waiting(String key) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try (KeyedLocks.Held _ = locks.lock(key)) {
                                got.add(key);
                            } catch (InterruptedException cancelled) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
