package dev.gantry.model.selector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Fuzz;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Selectors that nobody means are refused with a sentence, or select. */
@Timeout(120)
final class SelectorFuzzTest {
    private static final int TIMES = 3_000;
    private static final Fuzz.Bound BOUND = new Fuzz.Bound(500, 1 << 20);
    private static final Map<String, String> LABELS =
            Map.of("app", "web", "tier", "", "n", "17", "example.com/a", "b");

    @ParameterizedTest
    @MethodSource("seeds")
    void ofLabels(long seed) {
        new Fuzz(seed, samples(), words())
                .check(TIMES, BOUND, text -> labels(new String(text, UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofFields(long seed) {
        new Fuzz(seed, samples(), words())
                .check(TIMES, BOUND, text -> fields(new String(text, UTF_8)));
    }

    static LongStream seeds() {
        return Fuzz.seeds(3);
    }

    private static void labels(String text) {
        try {
            LabelQuery.parse(text).selects(LABELS);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    private static void fields(String text) {
        try {
            FieldSelector.parse(text).selects(field -> LABELS.getOrDefault(field, ""));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    private static List<byte[]> samples() {
        return bytes(
                "app=web,tier in (a,b),!old,n>3",
                "example.com/a notin (b, c),x==y,z!=w,exists",
                "metadata.name=a,spec.nodeName!=b,status.phase==",
                "a".repeat(3_000) + " in (" + "b,".repeat(2_000) + ")",
                "a".repeat(4_000) + "/" + "b".repeat(4_000) + "!");
    }

    private static List<byte[]> words() {
        return bytes(
                ",",
                "=",
                "==",
                "!=",
                "!",
                "(",
                ")",
                " in ",
                " notin ",
                ">",
                "<",
                "/",
                " ",
                "\\",
                "\\,",
                "()",
                "((",
                "\u0000",
                "\u00e9",
                "9999999999999999999",
                "-1",
                ".",
                "_",
                "\n");
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts).map(each -> each.getBytes(UTF_8)).toList();
    }
}
