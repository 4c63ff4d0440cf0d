package dev.gantry.state.kind.batch.cronjob;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class CronJobPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Schedule", "When it runs."),
                Column.text("Timezone", "Where the schedule's clock stands."),
                Column.flag("Suspend", "Whether it does not run at present."),
                Column.number("Active", "Jobs of it that run."),
                Column.text("Last Schedule", "How long ago it ran last."),
                Column.AGE,
                Column.wide("Containers", "The containers of the template."),
                Column.wide("Images", "The images of the template."),
                Column.wide("Selector", "The labels of the pods."));
    }

    @Override
    public void print(ObjectNode job, Cells row) {
        JsonNode spec = job.path("spec");
        JsonNode template = spec.path("jobTemplate").path("spec");
        JsonNode containers = template.at("/template/spec/containers");
        row.name(job)
                .add(spec.path("schedule").asString(""))
                .add(spec.path("timeZone").asString(Texts.NONE))
                .add(suspended(spec.path("suspend")))
                .add(job.at("/status/active").size());
        JsonNode last = job.at("/status/lastScheduleTime");
        if (last.isString()) {
            row.age(last);
        } else {
            row.add(Texts.NONE);
        }
        row.age(job)
                .add(String.join(",", Texts.all(containers, "/name")))
                .add(String.join(",", Texts.all(containers, "/image")))
                .add(Texts.selector(template.path("selector")));
    }

    /** Compat: a flag as Go writes it into a text. */
    private static String suspended(JsonNode flag) {
        return flag.isBoolean() ? (flag.booleanValue() ? "True" : "False") : Texts.UNSET;
    }
}
