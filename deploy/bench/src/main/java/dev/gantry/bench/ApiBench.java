package dev.gantry.bench;

import dev.gantry.bench.api.ApiSession;
import dev.gantry.bench.api.Request;
import dev.gantry.bench.api.Subject;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.rounds.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench api}: requests per second over kept TLS connections. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Creates, reads and lists objects in a namespace of its own.")
final class ApiBench implements Callable<Integer> {
    @Mixin private Target target = new Target();
    @Mixin private Rounds rounds = new Rounds();

    @Option(names = "--connections", defaultValue = "16", description = "Default 16.")
    private int connections;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "Per request and round; default 5.")
    private int seconds;

    @Option(
            names = "--kind",
            defaultValue = "configmaps",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Subject subject = Subject.CONFIGMAPS;

    @Option(
            names = "--requests",
            split = ",",
            defaultValue = "create,get,list500",
            description = "In this order: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private List<Request> requests = List.of();

    @Option(
            names = "--objects",
            defaultValue = "0",
            description =
                    "How many are made before the first round; default ${DEFAULT-VALUE}, and at"
                            + " least 1000 where the requests do not begin with create.")
    private int objects;

    @Override
    public Integer call() throws Exception {
        var plan =
                new ApiSession.Plan(
                        subject, requests, objects, connections, Duration.ofSeconds(seconds));
        rounds.measure(target.clusters(), cluster -> new ApiSession(cluster, plan))
                .print(target.json);
        return 0;
    }
}
