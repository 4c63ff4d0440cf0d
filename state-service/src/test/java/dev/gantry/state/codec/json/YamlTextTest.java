package dev.gantry.state.codec.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.schema.RandomObjects;
import java.io.StringReader;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.reader.StreamReader;

class YamlTextTest {
    private static final String BREAKS = "\n\r\u0085\u2028\uFEFF";

    @Test
    void textsOfEveryEncodingAreRead() {
        assertThat(json("a: \u00e4\n".getBytes(UTF_8))).isEqualTo("{\"a\":\"\u00e4\"}");
        assertThat(json("\uFEFFa: \u00e4\n".getBytes(UTF_16LE))).isEqualTo("{\"a\":\"\u00e4\"}");
        assertThat(json(new byte[0])).isEqualTo("null");
    }

    @Test
    void aliasesAndMergesAreFollowed() {
        assertThat(json("a: &a {b: 1, c: 2}\nd:\n  <<: *a\n  e: 3\n".getBytes(UTF_8)))
                .isEqualTo("{\"a\":{\"b\":1,\"c\":2},\"d\":{\"b\":1,\"c\":2,\"e\":3}}");
    }

    @Test
    void aKeyThatIsMergedAndGivenStandsThereOnce() {
        assertThat(read("a: &a {b: 1}\nd: {<<: *a, b: 2}\ne: {b: 3, <<: *a}\n"))
                .isInstanceOfSatisfying(
                        YamlText.Reading.Json.class,
                        found -> {
                            assertThat(new String(found.json(), UTF_8))
                                    .isEqualTo("{\"a\":{\"b\":1},\"d\":{\"b\":2},\"e\":{\"b\":3}}");
                            assertThat(found.duplicates()).isEmpty();
                        });
        assertThat(read("a: 1\nb: 2\na: 3\n"))
                .isInstanceOfSatisfying(
                        YamlText.Reading.Json.class,
                        found ->
                                assertThat(found.duplicates())
                                        .containsExactly("line 3: key \"a\" already set in map"));
    }

    @Test
    void nullsAreWritten() {
        byte[] json = "{\"b\":null,\"a\":[null,{\"c\":null}]}".getBytes(UTF_8);
        assertThat(new String(YamlText.fromJson(json), UTF_8))
                .isEqualTo("a:\n- null\n- c: null\nb: null\n");
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() {
        assertThat(read("a: [" + "x,".repeat(99_000) + "]"))
                .isInstanceOf(YamlText.Reading.Json.class);
        assertThat(read("a: [" + "x,".repeat(101_000) + "]"))
                .isInstanceOf(YamlText.Reading.TooLarge.class);
        assertThat(read("[".repeat(300)))
                .isEqualTo(new YamlText.Reading.Malformed("yaml: exceeded max depth"));
        assertThat(read("a: &a " + "x".repeat(1_000_000) + "\nb: [*a, *a, *a, *a]"))
                .isEqualTo(
                        new YamlText.Reading.Malformed(
                                "yaml: document contains excessive aliasing"));
    }

    @Test
    void refusesWhatIsNotPrintable() {
        assertThat(read("a: \u0001")).isInstanceOf(YamlText.Reading.Malformed.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void goesThroughATextAsTheReaderOfTheLibraryDoes(long seed) {
        var random = new Random(seed);
        String[] parts = {
            "a",
            "\n",
            "\r",
            "\r\n",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\u00e4",
            "\uD83D\uDE00",
            "x".repeat(700)
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        var library = new StreamReader(new StringReader(text.toString()));
        var ours = new CodePoints(text.codePoints().toArray());
        for (int i = 0; i < 60; i++) {
            assertThat(where(ours)).as("step %d, -Dseed=%d", i, seed).isEqualTo(where(library));
            int step = random.nextInt(100);
            String ahead = ours.prefix(step);
            boolean isWithinLine =
                    ahead.codePointCount(0, ahead.length()) == step
                            && ahead.chars().noneMatch(each -> BREAKS.indexOf(each) >= 0);
            if (isWithinLine) {
                assertThat(ours.prefixForward(step)).isEqualTo(library.prefixForward(step));
            } else {
                ours.forward(step);
                library.forward(step);
            }
        }
    }

    static LongStream seeds() {
        return RandomObjects.seeds(30);
    }

    private static String where(StreamReader reader) {
        return "%d %d %d %d %s %d %d"
                .formatted(
                        reader.getIndex(),
                        reader.getLine(),
                        reader.getColumn(),
                        reader.getDocumentIndex(),
                        reader.prefix(5),
                        reader.peek(),
                        reader.peek(3));
    }

    private static YamlText.Reading read(String yaml) {
        return YamlText.toJson(yaml.getBytes(UTF_8));
    }

    private static String json(byte[] yaml) {
        return switch (YamlText.toJson(yaml)) {
            case YamlText.Reading.Json(var json, _) -> new String(json, UTF_8);
            case YamlText.Reading.Malformed(var why) -> throw new AssertionError(why);
            case YamlText.Reading.TooLarge _ -> throw new AssertionError("too large");
        };
    }
}
