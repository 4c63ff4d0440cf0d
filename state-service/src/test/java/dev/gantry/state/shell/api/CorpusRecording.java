package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Asks a real API server the corpus, and writes down its answers: {@code -Dtest=CorpusRecording}
 * with a {@link Reference}. It must be an empty one, without controllers. For podgroups and
 * workloads it serves {@code scheduling.k8s.io/v1alpha2}, with the feature gates GenericWorkload
 * and GangScheduling on.
 */
@EnabledIfSystemProperty(named = Reference.PROPERTY, matches = "https://.+")
class CorpusRecording {
    private final String only = System.getProperty("gantry.corpus", "");
    private final Reference reference = new Reference();

    @Test
    void writesDownTheAnswers() throws Exception {
        reference.makeNamespace("corpus");
        for (Corpus corpus : Corpus.all()) {
            if (!only.isEmpty() && !List.of(only.split(",")).contains(corpus.name())) {
                continue;
            }
            StringBuilder answers = new StringBuilder();
            String revision = "";
            for (Corpus.Exchange each : corpus.exchanges()) {
                HttpResponse<Stream<String>> answer = reference.send(each.after(revision));
                String warnings = String.join(", ", answer.headers().allValues("warning"));
                String body = body(each, answer);
                boolean isGet = each.method().equals("GET");
                revision = newer(revision, isGet ? Masked.revisionOfList(body) : "");
                Masked masked = Masked.of(each.title(), answer.statusCode(), warnings, body);
                answers.append("=== ").append(each.title()).append('\n');
                answers.append(masked.written()).append('\n');
            }
            assertThat(answers.toString()).isNotEmpty();
            Files.writeString(corpus.answers(), answers);
        }
    }

    private static String newer(String known, String found) {
        return found.isEmpty() ? known : found;
    }

    private static String body(Corpus.Exchange exchange, HttpResponse<Stream<String>> answer) {
        try (Stream<String> lines = answer.body()) {
            if (!exchange.isWatch() || answer.statusCode() != 200) {
                return lines.collect(Collectors.joining("\n"));
            }
            WatchedEvents events = new WatchedEvents();
            Iterator<String> each = lines.iterator();
            boolean goesOn = true;
            while (goesOn && each.hasNext()) {
                goesOn = events.hear(each.next());
            }
            return events.text();
        }
    }
}
