package dev.gantry.state.kind.batch.job;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.apps.workload.WorkloadColumns;
import dev.gantry.state.table.Age;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class JobPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Status", "How far it is."),
                Column.text("Completions", "Pods that succeeded, of those wanted."),
                Column.text("Duration", "How long it has taken."),
                Column.AGE,
                Column.wide("Containers", "The containers of the template."),
                Column.wide("Images", "The images of the template."),
                Column.wide("Selector", "The labels of the pods."));
    }

    @Override
    public void print(ObjectNode job, Cells row) {
        row.name(job)
                .add(status(job))
                .add(completions(job))
                .add(duration(job.path("status"), row.now()))
                .age(job);
        WorkloadColumns.template(job, row);
    }

    private static String status(ObjectNode job) {
        JsonNode conditions = job.path("status").path("conditions");
        for (String end : List.of("Complete", "Failed")) {
            if (Conditions.isTrue(conditions, end)) {
                return end;
            }
        }
        if (new Resource(job).isBeingDeleted()) {
            return "Terminating";
        }
        for (String state : List.of("Suspended", "FailureTarget")) {
            if (Conditions.isTrue(conditions, state)) {
                return state;
            }
        }
        return "Running";
    }

    private static String completions(ObjectNode job) {
        int succeeded = job.at("/status/succeeded").asInt(0);
        JsonNode completions = job.at("/spec/completions");
        if (completions.isNumber()) {
            return succeeded + "/" + completions.asInt();
        }
        int parallelism = job.at("/spec/parallelism").asInt(0);
        return succeeded + "/1" + (parallelism > 1 ? " of " + parallelism : "");
    }

    private static String duration(JsonNode status, Instant now) {
        Optional<Instant> start = Resource.instant(status.path("startTime"));
        Instant end = Resource.instant(status.path("completionTime")).orElse(now);
        return start.map(from -> Age.human(Duration.between(from, end))).orElse("");
    }
}
