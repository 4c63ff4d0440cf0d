package dev.gantry.bench.hostile;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.ClusterChoice;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.hostile.client.Ground;
import dev.gantry.bench.hostile.client.Hostile;
import dev.gantry.bench.hostile.client.Hostile.Caller;
import dev.gantry.bench.report.Progress;
import dev.gantry.bench.rounds.Cleanup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench hostile}: one kind of harm after the other, and what honest clients notice. */
@Command(
        name = "hostile",
        mixinStandardHelpOptions = true,
        description = {
            "Attacks the API server in a dozen ways while honest clients read and create.",
            "Each attack takes some seconds and is bounded in count. Only for a cluster of your"
                    + " own."
        })
public final class HostileBench implements Callable<Integer> {
    private static final String FORGED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.bm9uZQ";

    @Mixin private Target target = new Target();

    @Option(names = "--seconds", defaultValue = "10", description = "Per attack; default 10.")
    private int seconds;

    @Option(
            names = "--rest",
            defaultValue = "30",
            description = "Seconds until memory has to be back; default 30.")
    private int rest;

    @Option(
            names = "--only",
            paramLabel = "<kind>",
            split = ",",
            description = "Only these kinds; default: all. An unknown name lists them.")
    private List<String> only = new ArrayList<>();

    private final Progress progress = new Progress();

    /** Exit code 1 where an honest request was not answered as it should have been. */
    @Override
    public Integer call() throws Exception {
        List<Hostile> kinds = chosen(only);
        Cluster cluster = target.only();
        var gauge = new MemoryGauge(cluster);
        try (var cleanup = new Cleanup()) {
            var honestly = new BenchNamespace(cluster.api());
            cleanup.add(honestly::remove);
            var badly = new BenchNamespace(cluster.api());
            cleanup.add(badly::remove);
            honestly.awaitRoots();
            badly.awaitRoots();
            String token = Guest.token(cluster, badly.name());
            var server = server(cluster);
            var honest = new Honest(cluster, honestly.name());
            progress.say("warming up, then measuring while all is quiet");
            honest.work(seconds);
            Toll toll = new Toll(honest.work(seconds), gauge.megabytes());
            for (Hostile kind : kinds) {
                String shown = kind.caller() == Caller.USER ? token : FORGED;
                var ground = new Ground(server, shown, badly.name());
                toll.add(kind.name(), under(kind, ground, honest), gauge.megabytes());
                progress.say("%s %s", toll.last(), ground.answers());
            }
            progress.say("waiting %d s for memory to come back", rest);
            new CountDownLatch(1).await(rest, TimeUnit.SECONDS);
            toll.end(honest.work(seconds), gauge.megabytes());
            System.out.print(target.json ? toll.json() + "\n" : toll.table(cluster.name()));
            return toll.failures() == 0 ? 0 : 1;
        }
    }

    private Notices under(Hostile kind, Ground ground, Honest honest)
            throws IOException, InterruptedException {
        try (var _ = new Assault(kind, ground)) {
            return honest.work(seconds);
        }
    }

    /** With nothing of the administrator's. */
    private static Ground.Server server(Cluster cluster) throws IOException {
        String url = "https://%s:%d".formatted(cluster.host(), cluster.port());
        Cluster stranger = Cluster.of(new ClusterChoice.Address(url, FORGED));
        return new Ground.Server(stranger.host(), stranger.port(), stranger.sockets());
    }

    static List<Hostile> chosen(List<String> names) {
        List<Hostile> all = Hostile.all();
        String known = all.stream().map(Hostile::name).collect(Collectors.joining(", "));
        for (String name : names) {
            if (all.stream().noneMatch(each -> each.name().equals(name))) {
                throw new IllegalArgumentException(
                        "no kind '%s', there are: %s".formatted(name, known));
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(each -> names.contains(each.name())).toList();
    }
}
