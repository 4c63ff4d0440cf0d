package dev.gantry.cli.shell;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.why.OwnerReport;
import dev.gantry.cli.why.OwnerText;
import dev.gantry.cli.why.Situation;
import dev.gantry.cli.why.Target;
import dev.gantry.cli.why.Why;
import dev.gantry.cli.why.WhyJson;
import dev.gantry.cli.why.WhyReport;
import dev.gantry.cli.why.WhyText;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kubectl gantry why pod/NAME}. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = {
            "Says why a pod is where it is, or what keeps it from being placed and the smallest"
                    + " changes that would help.",
            "Of a Deployment, Job, StatefulSet or the like: where its pods are, and what keeps the"
                    + " first from being placed that waits."
        })
final class WhyCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private Connection connection = new Connection();
    @Mixin private Output output = new Output();

    @Parameters(
            arity = "0..*",
            paramLabel = "pod/NAME",
            description = "The pod, or deployment/NAME, job/NAME, … for its pods.")
    private List<String> target = List.of();

    @Option(
            names = {"-v", "--verbose"},
            description = "List every node, however many there are.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        Target asked = asked();
        String namespace = connection.namespace();
        ClusterApi api = connection.api();
        return asked.kind() == Target.Kind.POD
                ? ofPod(api, namespace, asked)
                : ofOwner(api, namespace, asked);
    }

    private int ofPod(ClusterApi api, String namespace, Target asked) throws InterruptedException {
        ClusterObjects cluster = new ClusterReader(api).read();
        String name = asked.name();
        WhyReport report = why(api, cluster).ask(ClusterObjects.pod(namespace, name));
        if (report.situation() == Situation.GONE) {
            missing(asked, namespace);
            elsewhere(cluster, name).forEach(System.err::println);
            lastWords(api, namespace, name).forEach(System.err::println);
            return 1;
        }
        List<String> lines = verbose ? WhyText.complete(report) : WhyText.brief(report);
        output.print(WhyJson.of(report), lines);
        return 0;
    }

    private int ofOwner(ClusterApi api, String namespace, Target asked)
            throws InterruptedException {
        ClusterObjects cluster = new ClusterReader(api).read();
        Optional<OwnerReport> report = why(api, cluster).ask(namespace, asked);
        if (report.isEmpty()) {
            missing(asked, namespace);
            return 1;
        }
        output.print(
                WhyJson.of(report.get()),
                verbose ? OwnerText.complete(report.get()) : OwnerText.brief(report.get()));
        return 0;
    }

    private static Why why(ClusterApi api, ClusterObjects cluster) {
        return new Why(cluster, ProfileReading.read(api), Instant.now());
    }

    private static void missing(Target asked, String namespace) {
        System.err.printf(
                "error: %s \"%s\" not found in namespace \"%s\"%n",
                asked.kind().words(), asked.name(), namespace);
    }

    /** {@code KIND/NAME}, {@code KIND NAME}, or just the name of a pod. */
    private Target asked() {
        List<String> words = new ArrayList<>();
        target.forEach(each -> words.addAll(List.of(each.split("/", -1))));
        if (words.size() > 2) {
            throw wrong("one at a time: say pod/NAME");
        }
        if (words.isEmpty() || words.getLast().isEmpty()) {
            throw wrong("which pod? Say pod/NAME");
        }
        Optional<Target.Kind> kind = Target.Kind.of(words.getFirst());
        if (words.size() == 1) {
            if (kind.isPresent()) {
                throw wrong("which %1$s? Say %1$s/NAME".formatted(kind.get().word()));
            }
            return new Target(Target.Kind.POD, words.getFirst());
        }
        return new Target(
                kind.orElseThrow(
                        () ->
                                wrong(
                                        "\"%s\" has no pods; say pod/NAME, or one of %s"
                                                .formatted(words.getFirst(), owners()))),
                words.getLast());
    }

    private static String owners() {
        return Arrays.stream(Target.Kind.values())
                .filter(each -> each != Target.Kind.POD)
                .map(Target.Kind::word)
                .collect(Collectors.joining(", "));
    }

    private ParameterException wrong(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }

    private static List<String> elsewhere(ClusterObjects cluster, String name) {
        return cluster.pods().stream()
                .filter(each -> each.name().equals(name))
                .map(each -> "There is one in namespace %1$s: -n %1$s".formatted(each.namespace()))
                .toList();
    }

    /** The events of a pod outlive it. */
    private static List<String> lastWords(ClusterApi api, String namespace, String name) {
        String query = "fieldSelector=involvedObject.kind%3DPod,involvedObject.name%3D" + name;
        return api.list(Resources.EVENTS, namespace, query).stream()
                .filter(
                        event ->
                                Resource.text(event.tree(), "reason").endsWith("cheduling")
                                        || Resource.text(event.tree(), "reason")
                                                .equals("Scheduled"))
                .map(
                        event ->
                                "It was there once: %s %s"
                                        .formatted(
                                                Resource.text(event.tree(), "reason"),
                                                Resource.text(event.tree(), "message")))
                .toList();
    }
}
