package dev.gantry.client.event;

import dev.gantry.model.cache.LruMap;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: client-go's {@code record.EventCorrelator}: at most 25 events at once per source and
 * object, then one in five minutes; more than ten different messages of one reason within ten
 * minutes become one; equal ones are counted. Remembers a bounded number of each.
 */
public final class EventCorrelator {
    private static final int REMEMBERED = 4096;

    /** Compat: {@code EventAggregate} leaves them out of the event that stands for several. */
    private static final List<String> REPORTER = List.of("reportingComponent", "reportingInstance");

    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);
    private static final int SIMILAR = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);

    private final Map<String, Budget> budgets = new LruMap<>(REMEMBERED);
    private final Map<String, Similar> similar = new LruMap<>(REMEMBERED);
    private final Map<String, Resource> written = new LruMap<>(REMEMBERED);
    private long sequence;

    /** Empty where the source has told too much of this object already. */
    public Optional<EventWrite> correlate(Occurrence what, Instant now) {
        String source = what.component() + "/" + what.host() + "/" + identity(what.about());
        if (!hasBudget(source, now)) {
            return Optional.empty();
        }
        String group = source + "/" + what.isWarning() + "/" + what.reason();
        Similar alike = similarTo(group, what.message(), now);
        boolean isCombined = alike.messages.size() > SIMILAR;
        String message =
                isCombined ? "(combined from similar events): " + what.message() : what.message();
        String part = group + "/" + what.fieldPath();
        String key = isCombined ? part : part + "/" + what.message();
        Resource before = written.get(key);
        if (before == null) {
            Resource event = new Resource(event(what, message, now));
            if (isCombined) {
                event.tree().remove(REPORTER);
            }
            written.put(key, event);
            return Optional.of(new EventWrite.Create(event));
        }
        return Optional.of(repeat(key, before, message, now));
    }

    private EventWrite repeat(String key, Resource before, String message, Instant now) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.put("count", before.tree().path("count").asInt(1) + 1);
        patch.put("lastTimestamp", Conditions.timestamp(now));
        patch.put("message", message);
        Resource after = before.copy();
        after.tree().setAll(patch);
        written.put(key, after);
        return new EventWrite.Repeat(before.key(Resources.EVENTS), patch, after);
    }

    private boolean hasBudget(String source, Instant now) {
        Budget before = budgets.getOrDefault(source, new Budget(BURST, now));
        long refilled = Duration.between(before.since, now).dividedBy(REFILL);
        int tokens = (int) Math.min(BURST, before.tokens + Math.max(0, refilled));
        Instant since = tokens == BURST ? now : before.since.plus(REFILL.multipliedBy(refilled));
        if (tokens == 0) {
            budgets.put(source, new Budget(0, since));
            return false;
        }
        budgets.put(source, new Budget(tokens - 1, since));
        return true;
    }

    private Similar similarTo(String group, String message, Instant now) {
        Similar before = similar.get(group);
        boolean isRecent = before != null && before.last.plus(SIMILAR_WITHIN).isAfter(now);
        Set<String> messages = before != null && isRecent ? before.messages : new LinkedHashSet<>();
        if (messages.size() <= SIMILAR) {
            messages.add(message);
        }
        var after = new Similar(messages, now);
        similar.put(group, after);
        return after;
    }

    private ObjectNode event(Occurrence what, String message, Instant now) {
        Resource about = what.about();
        String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        long stamp = now.getEpochSecond() * 1_000_000_000L + now.getNano() + sequence++;
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("name", about.name() + "." + Long.toHexString(stamp))
                .put("namespace", namespace);
        ObjectNode involved = event.putObject("involvedObject");
        involved.put("apiVersion", about.apiVersion()).put("kind", about.kind());
        if (!about.namespace().isEmpty()) {
            involved.put("namespace", about.namespace());
        }
        involved.put("name", about.name()).put("uid", about.uid().value());
        if (about.revision().value() > 0) {
            involved.put("resourceVersion", about.revision().toString());
        }
        if (!what.fieldPath().isEmpty()) {
            involved.put("fieldPath", what.fieldPath());
        }
        event.put("reason", what.reason()).put("message", message);
        ObjectNode source = event.putObject("source").put("component", what.component());
        if (!what.host().isEmpty()) {
            source.put("host", what.host());
        }
        String time = Conditions.timestamp(now);
        event.put("firstTimestamp", time).put("lastTimestamp", time).put("count", 1);
        event.put("type", what.isWarning() ? "Warning" : "Normal");
        event.put("reportingComponent", what.component()).put("reportingInstance", what.host());
        return event;
    }

    private static String identity(Resource about) {
        return about.kind() + "/" + about.namespace() + "/" + about.name() + "/" + about.uid();
    }

    private record Budget(int tokens, Instant since) {}

    private record Similar(Set<String> messages, Instant last) {}
}
