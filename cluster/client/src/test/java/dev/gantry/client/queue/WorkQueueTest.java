package dev.gantry.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final WorkQueue<String> queue = new WorkQueue<>();

    @Test
    void givesEachKeyOnceInTheOrderInWhichTheyCame() {
        queue.add("b");
        queue.add("a");
        queue.add("b");

        assertThat(takeAll(NOON)).containsExactly("b", "a");
    }

    @Test
    void neverGivesAKeyThatIsBeingWorkedOn() {
        queue.add("a");
        assertThat(queue.take(NOON)).contains("a");
        queue.add("a");
        queue.add("a");

        assertThat(queue.take(NOON)).isEmpty();
        assertThat(queue.isIdle()).isFalse();

        queue.done("a");
        assertThat(queue.take(NOON)).as("it was added meanwhile").contains("a");
        queue.done("a");
        assertThat(queue.take(NOON)).isEmpty();
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void givesAWaitingKeyWhenItsTimeHasComeAndNotBefore() {
        queue.addAt("a", NOON.plusSeconds(5));

        assertThat(queue.nextWakeUp()).contains(NOON.plusSeconds(5));
        assertThat(queue.take(NOON.plusSeconds(4))).isEmpty();
        assertThat(queue.take(NOON.plusSeconds(5))).contains("a");
        assertThat(queue.nextWakeUp()).isEmpty();
    }

    @Test
    void theEarlierOfSeveralWakeUpsOfOneKeyCounts() {
        queue.addAt("a", NOON.plusSeconds(5));
        queue.addAt("a", NOON.plusSeconds(9));
        queue.addAt("a", NOON.plusSeconds(3));

        assertThat(queue.take(NOON.plusSeconds(3))).contains("a");
        queue.done("a");
        assertThat(takeAll(NOON.plusSeconds(60))).as("the others are forgotten").isEmpty();
    }

    @Test
    void aWakeUpThatMovesLeavesOthersOfTheSameTimeAlone() {
        queue.addAt("a", NOON.plusSeconds(5));
        queue.addAt("b", NOON.plusSeconds(5));
        queue.addAt("a", NOON.plusSeconds(3));

        assertThat(takeAll(NOON.plusSeconds(4))).containsExactly("a");
        assertThat(takeAll(NOON.plusSeconds(5))).containsExactly("b");
    }

    @Test
    void aWakeUpIsForgottenWhenWhatItWasForIsDone() {
        queue.addAt("a", NOON.plusSeconds(5));
        queue.addAt("b", NOON.plusSeconds(5));
        queue.forgetWakeUp("a");
        queue.forgetWakeUp("c");

        assertThat(takeAll(NOON.plusSeconds(60))).containsExactly("b");
    }

    @Test
    void aKeyThatFailsComesBackLaterEachTime() {
        queue.add("a");
        assertThat(queue.take(NOON)).contains("a");
        queue.failed("a", BACKOFF, NOON);

        assertThat(queue.nextWakeUp()).contains(NOON.plusSeconds(1));
        assertThat(queue.take(NOON.plusSeconds(1))).contains("a");
        queue.failed("a", BACKOFF, NOON.plusSeconds(1));
        assertThat(queue.nextWakeUp()).contains(NOON.plusSeconds(3));
    }

    @Test
    void aKeyThatSucceedsBeginsItsBackOffAnew() {
        queue.add("a");
        queue.take(NOON);
        queue.failed("a", BACKOFF, NOON);
        queue.take(NOON.plusSeconds(1));
        queue.done("a");

        queue.add("a");
        queue.take(NOON.plusSeconds(60));
        queue.failed("a", BACKOFF, NOON.plusSeconds(60));
        assertThat(queue.nextWakeUp()).contains(NOON.plusSeconds(61));
    }

    @Test
    void aKeyThatFailsButWasAddedMeanwhileIsGivenAtOnce() {
        queue.add("a");
        queue.take(NOON);
        queue.add("a");
        queue.failed("a", BACKOFF, NOON);

        assertThat(queue.take(NOON)).contains("a");
    }

    private List<String> takeAll(Instant now) {
        List<String> taken = new ArrayList<>();
        for (Optional<String> key = queue.take(now); key.isPresent(); key = queue.take(now)) {
            taken.add(key.get());
        }
        return taken;
    }
}
