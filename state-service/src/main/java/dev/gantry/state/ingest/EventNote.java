package dev.gantry.state.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.apply.NotedFields;
import dev.gantry.state.kind.core.event.EventKind;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Event that is recorded along with the change it tells of.
 *
 * <p>Name and uid follow from what it is about, so that a repeated decision makes the same Event.
 * Compat: the form is that of client-go's {@code tools/events}, which writes in {@code
 * events.k8s.io/v1}.
 *
 * @param action what the scheduler was about to do
 */
record EventNote(String type, String reason, String action, String message) {
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The most that an API server takes. */
    private static final int MOST_MESSAGE_CHARS = 1024;

    Change about(StoredObject stored, Resource pod, Instant now) {
        String seed = pod.uid() + "/" + stored.revision() + "/" + reason;
        UUID uid = UUID.nameUUIDFromBytes(seed.getBytes(UTF_8));
        String name = pod.name() + "." + HexFormat.of().toHexDigits(uid.getMostSignificantBits());
        ObjectNode event = JsonMapper.shared().createObjectNode();
        event.put("apiVersion", "events.k8s.io/v1").put("kind", "Event");
        event.putObject("metadata")
                .put("name", name)
                .put("namespace", pod.namespace())
                .put("uid", uid.toString())
                .put("creationTimestamp", Conditions.timestamp(now));
        event.put("eventTime", MICROSECONDS.format(now));
        event.put("reportingController", BindingDecider.SCHEDULER)
                .put("reportingInstance", BindingDecider.SCHEDULER)
                .put("action", action)
                .put("reason", reason);
        event.putObject("regarding")
                .put("kind", "Pod")
                .put("namespace", pod.namespace())
                .put("name", pod.name())
                .put("uid", pod.uid().value())
                .put("apiVersion", "v1")
                .put("resourceVersion", stored.revision().toString());
        event.put("note", shortened()).put("type", type);
        NotedFields.ofScheduler(now).created(new Resource(event));
        Resource made = new Resource(EventKind.stored(event));
        NotedFields.complete(made);
        var key = new ObjectKey(Resources.EVENTS, pod.namespace(), name);
        return new Change(key, Revision.NONE, Optional.of(made), "system:kube-scheduler", now);
    }

    private String shortened() {
        return message.length() <= MOST_MESSAGE_CHARS
                ? message
                : message.substring(0, MOST_MESSAGE_CHARS - 3) + "...";
    }
}
