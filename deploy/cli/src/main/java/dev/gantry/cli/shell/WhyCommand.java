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
import java.util.List;
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
    @Spec private @Nullable CommandSpec spec;
    @Mixin private Connection connection = new Connection();
    @Mixin private Output output = new Output();

    @Parameters(arity = "1..2", paramLabel = "pod/NAME", description = "The pod.")
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
            System.err.printf("Error: pods \"%s\" not found%n", name);
            lastWords(api, namespace, name).forEach(System.err::println);
            return 1;
        }
        List<String> lines = verbose ? WhyText.complete(report) : WhyText.brief(report);
        output.print(WhyJson.of(report), lines);
        return 0;
    }

    /** {@code pod/NAME}, {@code pod NAME}, or just the name. */
    private String podName() {
        String last = target.getLast();
        int slash = last.indexOf('/');
        String kind =
                target.size() == 2
                        ? target.getFirst()
                        : slash < 0 ? "pod" : last.substring(0, slash);
        if (!List.of("pod", "pods", "po").contains(kind)) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    "only pods are placed, and \"%s\" is none; say pod/NAME".formatted(kind));
        }
        return last.substring(slash + 1);
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
