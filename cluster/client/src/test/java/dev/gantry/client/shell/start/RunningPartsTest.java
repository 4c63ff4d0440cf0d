package dev.gantry.client.shell.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunningPartsTest {
    private final List<String> happened = new ArrayList<>();
    private final RunningParts running = new RunningParts();

    @Test
    void stopsInReverseWhateverASinglePartDoes() {
        start("first");
        running.start(
                () -> {
                    throw new IllegalStateException("will not close");
                },
                _ -> happened.add("start second"));
        start("third");
        running.close();
        assertThat(happened)
                .containsExactly(
                        "start first", "start second", "start third", "close third", "close first");
    }

    @Test
    void closesAPartThatCouldNotStartAndDoesSoOnce() {
        start("first");
        assertThatThrownBy(
                        () ->
                                running.start(
                                        () -> happened.add("close second"),
                                        _ -> {
                                            throw new IllegalStateException("will not start");
                                        }))
                .hasMessage("will not start");
        running.close();
        running.close();
        assertThat(happened).containsExactly("start first", "close second", "close first");
    }

    private void start(String name) {
        running.start(() -> happened.add("close " + name), _ -> happened.add("start " + name));
    }
}
