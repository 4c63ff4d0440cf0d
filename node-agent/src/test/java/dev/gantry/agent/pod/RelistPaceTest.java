package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Uid;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RelistPaceTest {
    private static final Uid WEB = new Uid("web");
    private static final Uid OTHER = new Uid("other");

    private final RelistPace pace = new RelistPace();

    @Test
    void listsEverySecondUntilAnEventHasCome() {
        assertThat(isDue(1)).isTrue();
        pace.told(WEB);
        assertThat(isDue(2)).isFalse();
        assertThat(isDue(10)).as("now and then all the same").isTrue();
    }

    @Test
    void anEmptyNodeHasNothingToMiss() {
        assertThat(pace.isDue(1, false)).isFalse();
        assertThat(pace.isDue(10, false)).isTrue();
    }

    @Test
    void listsEverySecondOnceAChangeWasNotTold() {
        pace.told(WEB);
        pace.listed(List.of(WEB));
        assertThat(isDue(1)).isFalse();

        pace.listed(List.of(WEB));
        assertThat(isDue(2)).as("the event was for the listing before").isTrue();
        pace.told(OTHER);
        assertThat(isDue(3)).isFalse();
    }

    @Test
    void whoListensAnewMayHaveOthersInFront() {
        pace.told(WEB);
        pace.listening();
        assertThat(isDue(1)).isTrue();
    }

    private boolean isDue(long second) {
        return pace.isDue(second, true);
    }
}
