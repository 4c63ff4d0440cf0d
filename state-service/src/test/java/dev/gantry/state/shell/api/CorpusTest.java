package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.Address;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.exchange.FrameSource;
import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.allocation.AddressRange;
import dev.gantry.state.bootstrap.ClusterPlan;
import dev.gantry.state.bootstrap.WantedObject;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every request of the corpus is answered as a real API server of Kubernetes v1.36 did, but for the
 * differences that are listed, each with its reason. {@link CorpusRecording} asks that server.
 */
class CorpusTest {
    static List<Corpus> corpora() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void answersAsUpstream(Corpus corpus) throws Exception {
        Map<String, String> expected = new TreeMap<>();
        Corpus.blocks(corpus.answers()).forEach(each -> expected.put(each.title(), each.text()));
        SortedMap<String, String> known = differences(corpus.name());
        TestApi api = prepared();
        StringBuilder wrong = new StringBuilder();
        String revision = "";
        for (Corpus.Exchange each : corpus.exchanges()) {
            Told told = ask(api, each.after(revision));
            revision = told.revision().isEmpty() ? revision : told.revision();
            Masked answer = told.answer();
            String upstream = expected.getOrDefault(each.title(), "(not recorded)\n\n");
            boolean isSame = same(answer, upstream);
            if (isSame == known.containsKey(each.title())) {
                wrong.append("\n=== ").append(each.title());
                wrong.append(isSame ? "\nis no difference any more" : "\nupstream ");
                wrong.append(isSame ? "" : upstream.strip() + "\nhere " + answer.written());
            }
        }
        assertThat(wrong.toString()).isEmpty();
        assertThat(corpus.exchanges().stream().map(Corpus.Exchange::title))
                .doesNotHaveDuplicates()
                .containsAll(known.keySet());
    }

    private static boolean same(Masked answer, String upstream) {
        String[] lines = upstream.strip().split("\n");
        JsonNode body = JsonMapper.shared().readTree(lines[lines.length - 1].strip());
        String head = upstream.strip().substring(0, upstream.strip().lastIndexOf('\n') + 1);
        String ours = answer.written();
        return ours.substring(0, ours.lastIndexOf('\n') + 1).equals(head)
                && answer.body().equals(body);
    }

    /** {@code FILE | TITLE | WHY}, by title. */
    private static SortedMap<String, String> differences(String corpus) throws Exception {
        SortedMap<String, String> found = new TreeMap<>();
        for (String line :
                java.nio.file.Files.readAllLines(Corpus.FOLDER.resolve("differences.txt"))) {
            String[] parts = line.split(" \\| ");
            if (parts.length == 3 && parts[0].equals(corpus)) {
                found.put(parts[1], parts[2]);
            }
        }
        return found;
    }

    /** With what every cluster has from the start. */
    static TestApi prepared() throws InterruptedException {
        TestApi api = TestApi.withNamespace("corpus");
        api.post(
                "/api/v1/namespaces/corpus/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
        ClusterPlan plan =
                new ClusterPlan(
                        List.of(AddressRange.parse("10.96.0.0/24")),
                        List.of(Address.parse("192.0.2.1").orElseThrow()),
                        6443,
                        List.of());
        for (WantedObject each : plan.objects()) {
            post(api, "kube-apiserver", each.collection(), each.object());
        }
        for (Resource each : BootstrapFlowControl.objects()) {
            post(
                    api,
                    "api-priority-and-fairness-config-producer-v1",
                    "/apis/flowcontrol.apiserver.k8s.io/v1/%ss"
                            .formatted(each.kind().toLowerCase(Locale.ROOT)),
                    each.tree());
        }
        return api;
    }

    private static void post(TestApi api, String manager, String path, JsonNode object) {
        api.raw(
                "POST",
                path,
                object.toString(),
                Map.of("content-type", "application/json", "user-agent", manager));
    }

    /**
     * @param revision of a list that was asked for, else empty
     */
    record Told(Masked answer, String revision) {}

    static Told ask(TestApi api, Corpus.Exchange exchange) throws InterruptedException {
        Caller caller =
                new Caller(
                        "admin",
                        "admin-uid",
                        List.of("system:masters", "system:authenticated"),
                        new TreeMap<>());
        ApiReply reply =
                api.raw(
                        caller,
                        exchange.method(),
                        exchange.path(),
                        exchange.body().getBytes(StandardCharsets.UTF_8),
                        Map.of(
                                "accept",
                                exchange.accept(),
                                "content-type",
                                exchange.type(),
                                "user-agent",
                                Corpus.USER_AGENT));
        String body =
                switch (reply) {
                    case ApiReply.Whole whole -> new String(whole.body(), StandardCharsets.UTF_8);
                    case ApiReply.Streaming stream when exchange.isWatch() -> events(stream);
                    case ApiReply.Streaming _ -> "{}";
                };
        return new Told(
                Masked.of(
                        exchange.title(),
                        reply.code(),
                        reply.headers().getOrDefault("Warning", "").replace("\n", ", "),
                        body),
                exchange.method().equals("GET") ? Masked.revisionOfList(body) : "");
    }

    private static String events(ApiReply.Streaming stream) throws InterruptedException {
        WatchedEvents events = new WatchedEvents();
        boolean goesOn = true;
        try (FrameSource frames = stream.frames()) {
            byte[] next = frames.next();
            while (goesOn && next != null) {
                Iterator<String> each = new String(next, StandardCharsets.UTF_8).lines().iterator();
                while (goesOn && each.hasNext()) {
                    goesOn = events.hear(each.next());
                }
                next = goesOn ? frames.next() : null;
            }
        }
        return events.text();
    }
}
