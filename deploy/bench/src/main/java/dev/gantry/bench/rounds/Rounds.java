package dev.gantry.bench.rounds;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Progress;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.SideBySide;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How often is measured; carries the rounds out. */
public final class Rounds {
    @Option(names = "--rounds", defaultValue = "3", description = "The medians count; default 3.")
    private int rounds;

    /** The figures of one cluster, or those of two beside each other. */
    public SideBySide measure(List<Cluster> clusters, Benchmark benchmark) throws Exception {
        var progress = new Progress();
        try (var cleanup = new Cleanup()) {
            List<Side> sides = new ArrayList<>();
            for (Cluster each : clusters) {
                var session = benchmark.open(each);
                cleanup.add(session::close);
                sides.add(new Side(each.name(), session, new ArrayList<>()));
            }
            for (Side each : Turns.of(sides, rounds)) {
                each.reports().add(each.session().round());
                progress.say("%s: round %d of %d", each.name(), each.reports().size(), rounds);
            }
            return new SideBySide(
                    sides.stream().map(Side::name).toList(),
                    sides.stream().map(each -> Report.medians(each.reports())).toList());
        }
    }

    private record Side(String name, Benchmark.Session session, List<Report> reports) {}
}
