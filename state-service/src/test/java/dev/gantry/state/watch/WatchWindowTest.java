package dev.gantry.state.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.fault.Bug;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.Samples;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchWindowTest {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());

    @Test
    void keepsTheLastEventsAndSaysFromWhereOn() {
        var window = new WatchWindow(100, 1 << 20, new Revision(10));
        for (int revision = 11; revision <= 211; revision++) {
            window.append(event(revision));
        }

        assertThat(window.floor()).isEqualTo(new Revision(111));
        assertThat(window.positionAfter(new Revision(110))).isEmpty();
        assertThat(window.read(0, 10)).isEmpty();
        long place = window.positionAfter(new Revision(150)).orElseThrow();
        assertThat(window.read(place, 1).orElseThrow().getFirst().revision())
                .isEqualTo(new Revision(151));
    }

    @Test
    void largeEventsLeaveEarlier() {
        var window = new WatchWindow(1000, 4000, Revision.NONE);
        for (int revision = 1; revision <= 100; revision++) {
            window.append(event(revision));
        }

        assertThat(window.positionAfter(new Revision(80))).isEmpty();
        assertThat(window.positionAfter(new Revision(99))).isPresent();
    }

    @Test
    void aRevisionThatGoesBackIsABug() {
        var window = new WatchWindow(100, 1 << 20, Revision.NONE);
        window.append(event(5));

        assertThatThrownBy(() -> window.append(event(5))).isInstanceOf(Bug.class);
    }

    private static LogEvent event(long revision) {
        var object =
                ENCODER.encode(Samples.configMap("a"), Samples.configMapWith("a", "1"))
                        .at(new Revision(revision));
        return new LogEvent(new Revision(revision), Type.MODIFIED, object, Optional.empty());
    }
}
