package dev.gantry.state.kind.batch.job;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of jobs. */
public final class JobKind {
    private JobKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.JOB, new JobStrategy(), new JobPrinter())
                .named(List.of(), List.of("all"));
    }
}
