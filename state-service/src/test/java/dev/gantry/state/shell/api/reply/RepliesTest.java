package dev.gantry.state.shell.api.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepliesTest {
    @Test
    void warningsThatFitAreWholeAndToldOnce() {
        String large = "x".repeat(4000);
        assertThat(Replies.bounded(List.of("a", large, "a"))).containsExactly("a", large);
    }

    @Test
    void warningsThatDoNotFitAreCutAndTheLastLeftOut() {
        List<String> many = IntStream.range(100, 200).mapToObj(i -> i + "x".repeat(300)).toList();
        assertThat(Replies.bounded(many))
                .hasSize(16)
                .allSatisfy(each -> assertThat(each).hasSize(256));
        assertThat(Replies.bounded(List.of("y".repeat(5000)))).containsExactly("y".repeat(256));
    }
}
