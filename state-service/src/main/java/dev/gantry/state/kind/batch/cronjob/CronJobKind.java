package dev.gantry.state.kind.batch.cronjob;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of cronjobs. */
public final class CronJobKind {
    private CronJobKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.CRON_JOB, new CronJobStrategy(), new CronJobPrinter())
                .named(List.of("cj"), List.of("all"));
    }
}
