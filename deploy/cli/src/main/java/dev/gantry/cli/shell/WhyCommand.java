package dev.gantry.cli.shell;

import dev.gantry.cli.why.Situation;
import dev.gantry.cli.why.Why;
import dev.gantry.cli.why.WhyJson;
import dev.gantry.cli.why.WhyReport;
import dev.gantry.cli.why.WhyText;
import dev.gantry.cli.world.World;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
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
                    + " changes that would help."
        })
final class WhyCommand implements Callable<Integer> {
    private static final Set<String> PODS = Set.of("pod", "pods", "po");

    @Spec private @Nullable CommandSpec spec;
    @Mixin private Connection connection = new Connection();
    @Mixin private Output output = new Output();

    @Parameters(arity = "0..*", paramLabel = "pod/NAME", description = "The pod.")
    private List<String> target = List.of();

    @Option(
            names = {"-v", "--verbose"},
            description = "List every node, however many there are.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        String name = podName();
        String namespace = connection.namespace();
        ClusterApi api = connection.api();
        World world = new ClusterReader(api).read();
        var why = new Why(world, ProfileReading.read(api), Instant.now());
        WhyReport report = why.ask(World.pod(namespace, name));
        if (report.situation() == Situation.GONE) {
            System.err.printf(
                    "error: pods \"%s\" not found in namespace \"%s\"%n", name, namespace);
            elsewhere(world, name).forEach(System.err::println);
            lastWords(api, namespace, name).forEach(System.err::println);
            return 1;
        }
        List<String> lines = verbose ? WhyText.complete(report) : WhyText.brief(report);
        output.print(WhyJson.of(report), lines);
        return 0;
    }

    /** {@code pod/NAME}, {@code pod NAME}, or just the name. */
    private String podName() {
        List<String> words = new ArrayList<>();
        target.forEach(each -> words.addAll(List.of(each.split("/", -1))));
        boolean isNamed =
                words.size() == 2 || words.size() == 1 && !PODS.contains(words.getFirst());
        if (words.size() > 2) {
            throw wrong("one pod at a time: say pod/NAME");
        }
        if (!isNamed || words.getLast().isEmpty()) {
            throw wrong("which pod? Say pod/NAME");
        }
        if (words.size() == 2 && !PODS.contains(words.getFirst())) {
            throw wrong(
                    "only pods are placed, and \"%s\" is none; say pod/NAME"
                            .formatted(words.getFirst()));
        }
        return words.getLast();
    }

    private ParameterException wrong(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }

    private static List<String> elsewhere(World world, String name) {
        return world.pods().stream()
                .filter(each -> each.name().equals(name))
                .map(each -> "There is one in namespace %1$s: -n %1$s".formatted(each.namespace()))
                .toList();
    }

    /** The events of a pod outlive it. */
    private static List<String> lastWords(ClusterApi api, String namespace, String name) {
        String query = "fieldSelector=involvedObject.kind%3DPod,involvedObject.name%3D" + name;
        return api.list(BuiltinKind.EVENT.resource(), namespace, query).stream()
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
