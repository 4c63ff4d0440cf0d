package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.kind.Transcript;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each field of each kind is set to values that are seldom meant, one at a time, and a {@link
 * Reference} and this server are asked to create the object without keeping it: they answer alike,
 * in codes, errors and their order, defaults and warnings, but where {@code
 * src/test/resources/fields/differences.txt} says why not. Some 60,000 questions; {@code
 * -Dgantry.kinds=pods,jobs} asks of some kinds only.
 */
@EnabledIfSystemProperty(named = Reference.PROPERTY, matches = "https://.+")
class FieldsAsUpstreamTest {
    private static final Pattern CHOSEN_TEXT =
            Pattern.compile("\"(10\\.\\d+\\.\\d+\\.\\d+|fd00:[0-9a-f:]+|kube-api-access-\\w{5})\"");
    private static final Pattern CHOSEN_PORT =
            Pattern.compile("(\"(?:nodePort|healthCheckNodePort)\":)3\\d{4}");

    private final Reference reference = new Reference();
    private final List<Known> known = known();

    /**
     * @param kind plural, or {@code *} for all
     * @param path the end of the path, or a part of it
     */
    private record Known(String kind, String path) {
        boolean covers(Kind of, OneFieldOff question) {
            return (kind.equals("*") || kind.equals(of.plural())) && question.path().contains(path);
        }
    }

    static Stream<Kind> kinds() {
        List<String> only = List.of(System.getProperty("gantry.kinds", "").split(","));
        return BuiltinKinds.DEFINITIONS.stream()
                .map(ResourceDefinition::kind)
                // A reference serves these only where it is told to.
                .filter(kind -> !kind.version().contains("alpha"))
                .filter(kind -> only.contains("") || only.contains(kind.plural()));
    }

    @BeforeEach
    void thereIsANamespace() throws Exception {
        reference.makeNamespace("corpus");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersAsUpstream(Kind kind) throws Exception {
        TestApi api = CorpusTest.prepared();
        var type =
                Schema.builtin()
                        .of(new GroupVersionKind(kind.group(), kind.version(), kind.kindName()))
                        .orElseThrow();
        List<String> wrong = new ArrayList<>();
        for (OneFieldOff each : OneFieldOff.all(base(kind), type)) {
            Corpus.Exchange question = Corpus.Exchange.post(path(kind), each.object().toString());
            Masked upstream = unchosen(upstream(question));
            Masked here = unchosen(CorpusTest.ask(api, question).answer());
            if (!here.equals(upstream) && known.stream().noneMatch(it -> it.covers(kind, each))) {
                wrong.add(
                        "\n=== %s\nupstream %s\nhere     %s"
                                .formatted(each, upstream.written(), here.written()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /**
     * Without what each server chooses by itself: addresses, ports, names of volumes with tokens.
     */
    private static Masked unchosen(Masked answer) {
        String body = CHOSEN_TEXT.matcher(answer.body().toString()).replaceAll("\"(chosen)\"");
        body = CHOSEN_PORT.matcher(body).replaceAll("$1\"(chosen)\"");
        return new Masked(answer.code(), answer.warnings(), JsonMapper.shared().readTree(body));
    }

    private Masked upstream(Corpus.Exchange question) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer = reference.send(question);
        try (Stream<String> lines = answer.body()) {
            String warnings = String.join(", ", answer.headers().allValues("warning"));
            String body = lines.collect(Collectors.joining("\n"));
            return Masked.of(question.title(), answer.statusCode(), warnings, body);
        }
    }

    private static ObjectNode base(Kind kind) {
        ObjectNode base = Transcript.of(kind).base().deepCopy();
        ObjectNode metadata = (ObjectNode) base.path("metadata");
        metadata.remove("uid");
        if (kind.isNamespaced()) {
            metadata.put("namespace", "corpus");
        }
        if (kind.kindName().equals("Pod")) {
            // What is mounted with a token differs from one distribution to the next.
            ((ObjectNode) base.path("spec")).put("automountServiceAccountToken", false);
        }
        return base;
    }

    private static String path(Kind kind) {
        return (kind.group().isEmpty() ? "/api/" : "/apis/")
                + kind.apiVersion()
                + (kind.isNamespaced() ? "/namespaces/corpus/" : "/")
                + kind.plural()
                + "?dryRun=All";
    }

    private static List<Known> known() {
        try (Stream<String> lines =
                Files.lines(Path.of("src/test/resources/fields/differences.txt"))) {
            return lines.filter(each -> !each.startsWith("#"))
                    .map(each -> each.split(" \\| "))
                    .map(each -> new Known(each[0], each[1]))
                    .toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
