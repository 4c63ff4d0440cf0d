package dev.gantry.controller.workload.cronjob;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the Jobs of a CronJob. */
final class CronTemplate {
    private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    private static final int MINUTE = 60;

    private CronTemplate() {}

    /** Compat: the minute is part of the name, so that one is never made twice. */
    static String name(Resource cron, Instant due) {
        return cron.name() + "-" + due.getEpochSecond() / MINUTE;
    }

    static Resource job(Resource cron, Instant due, ZoneId zone) {
        JsonNode template = cron.spec().path("jobTemplate");
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.put("apiVersion", "batch/v1").put("kind", "Job");
        ObjectNode metadata = job.putObject("metadata");
        metadata.put("name", name(cron, due)).put("namespace", cron.namespace());
        for (String field : new String[] {"labels", "annotations"}) {
            if (template.path("metadata").path(field) instanceof ObjectNode given) {
                metadata.set(field, given.deepCopy());
            }
        }
        Resource.child(metadata, "annotations")
                .put(SCHEDULED, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(due.atZone(zone)));
        metadata.putArray("ownerReferences").add(Ownership.reference(cron));
        job.set("spec", template.path("spec").deepCopy());
        return new Resource(job);
    }
}
