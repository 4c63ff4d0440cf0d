package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against another process, which is how two commands meet. */
final class SlotLockTest {
    private static final Runnable FAILING =
            () -> {
                throw new AssertionError("it had to wait");
            };

    @TempDir Path folder;

    private Process other;

    /** Takes the lock and holds it until its input ends. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws IOException {
            int slot = Integer.parseInt(arguments[1]);
            try (SlotLock _ = SlotLock.take(Path.of(arguments[0]), slot, FAILING)) {
                System.out.println("held");
                int _ = System.in.read();
            }
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        other.destroyForcibly().waitFor();
    }

    @Test
    void whoComesSecondWaitsUntilTheFirstIsDone() throws Exception {
        holdElsewhere(7);
        var waits = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second =
                    CompletableFuture.runAsync(() -> takeAndGiveBack(7, waits::countDown), threads);
            assertThat(waits.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(second).isNotDone();
            other.getOutputStream().close();
            second.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void otherSlotsAreFreeMeanwhile() throws Exception {
        holdElsewhere(7);
        takeAndGiveBack(8, FAILING);
    }

    @Test
    void aCommandThatWasKilledHoldsNothing() throws Exception {
        holdElsewhere(7);
        other.destroyForcibly().waitFor();
        takeAndGiveBack(7, FAILING);
    }

    /** As where a start is interrupted, and what it began is taken down by the same process. */
    @Test
    void aProcessDoesNotWaitForItself() throws Exception {
        holdElsewhere(8);
        try (SlotLock _ = SlotLock.take(file(), 7, FAILING)) {
            takeAndGiveBack(7, FAILING);
        }
    }

    private void takeAndGiveBack(int slot, Runnable onWait) {
        try (SlotLock lock = SlotLock.take(file(), slot, onWait)) {
            assertThat(lock).isNotNull();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void holdElsewhere(int slot) throws IOException {
        other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                file().toString(),
                                Integer.toString(slot))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(other.inputReader().readLine()).isEqualTo("held");
    }

    private Path file() {
        return folder.resolve("gantry.lock");
    }
}
