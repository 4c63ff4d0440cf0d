package dev.gantry.scheduler.cycle.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.reply.Unacknowledged.Wait;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnacknowledgedTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Binding gang = binding(1);
    private final Binding other = binding(2);

    @Test
    void nothingIsDueBeforeItsTime() {
        assertThat(Unacknowledged.among(List.of(waits("a", gang, 0)), at(29))).isEmpty();
    }

    @Test
    void aBindingIsSentAgainForAllPodsThatWaitForItAlsoThoseThatBeganLaterAndForNoOther() {
        List<Wait> waits =
                List.of(waits("a", gang, 0), waits("b", other, 10), waits("c", gang, 20));

        assertThat(Unacknowledged.among(waits, at(30)))
                .containsExactly(new Unacknowledged(gang, List.of(new Uid("a"), new Uid("c"))));
    }

    private static Wait waits(String pod, Binding binding, int second) {
        return new Wait(new Uid(pod), binding, at(second));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private static Binding binding(int number) {
        var pod = new Binding.Pod("default", "p" + number, new Uid("p" + number));
        return new Binding(pod, 7, "a", Binding.Grounds.NONE).stamped(new Binding.Stamp(1, number));
    }
}
