package dev.gantry.state.kind.batch.job;

import dev.gantry.state.kind.core.pod.PodWarnings;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compat: {@code WarningsForJobSpec}. */
public final class JobWarnings {
    private static final int MANY_COMPLETIONS = 100_000;
    private static final int MANY_AT_ONCE = 10_000;

    private JobWarnings() {}

    /** Of a name that hosts are called after. */
    public static List<String> ofName(String name) {
        List<String> against = Names.dnsLabel(name);
        return against.isEmpty()
                ? List.of()
                : List.of(
                        "metadata.name: this is used in Pod names and hostnames, which can result"
                                + " in surprising behavior; a DNS label is recommended: "
                                + against);
    }

    public static List<String> ofSpec(JsonNode spec, String path) {
        List<String> warnings = new ArrayList<>();
        boolean isHuge =
                spec.path("completionMode").asString("").equals("Indexed")
                        && spec.path("completions").asLong(0) > MANY_COMPLETIONS
                        && spec.path("parallelism").asLong(0) > MANY_AT_ONCE;
        if (isHuge) {
            warnings.add(
                    path
                            + ": In Indexed Jobs with a number of completions higher than 10^5 and"
                            + " a parallelism higher than 10^4, Kubernetes might not be able to"
                            + " track completedIndexes when a big number of indexes fail");
        }
        warnings.addAll(PodWarnings.ofTemplate(spec.path("template"), path + ".template"));
        return warnings;
    }
}
