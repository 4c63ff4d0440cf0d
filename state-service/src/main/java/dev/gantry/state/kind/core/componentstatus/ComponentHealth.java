package dev.gantry.state.kind.core.componentstatus;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the parts are that a cluster cannot do without, under the names that Kubernetes has for them:
 * {@code etcd-0} is the database.
 *
 * <p>Compat: upstream asks each part's health check. Here a part with a leader is well while that
 * one renews its lease: that is what a standby goes by, too, and it holds on however many machines
 * the parts are.
 */
public final class ComponentHealth {
    private static final String DATABASE = "etcd-0";
    private static final String WELL = "ok";

    private ComponentHealth() {}

    /** One part, and the Lease of whoever leads it. */
    private record Led(String name, String lease) {}

    private static final List<Led> LED =
            List.of(
                    new Led("controller-manager", "kube-controller-manager"),
                    new Led("scheduler", "kube-scheduler"));

    /**
     * In the order of their names.
     *
     * @param isWritable whether writes can be committed
     */
    public static View statuses(View live, boolean isWritable, Instant now) {
        StoredObject controllers = led(LED.getFirst(), live, now);
        StoredObject scheduler = led(LED.getLast(), live, now);
        String database = isWritable ? WELL : "the database cannot be written to";
        return new View.Made(List.of(controllers, status(DATABASE, database), scheduler));
    }

    private static StoredObject led(Led part, View live, Instant now) {
        ObjectKey key = new ObjectKey(Resources.LEASES, "kube-system", part.lease());
        Optional<Resource> lease = live.get(key).map(StoredObject::decode);
        String message =
                lease.map(each -> message(part, each.spec(), now))
                        .orElse("nobody has led yet: there is no Lease " + key.path());
        return status(part.name(), message);
    }

    private static String message(Led part, JsonNode lease, Instant now) {
        String holder = Resource.text(lease, "holderIdentity");
        if (holder.isEmpty()) {
            return "nobody leads: the Lease kube-system/%s has no holder".formatted(part.lease());
        }
        Instant renewed = time(Resource.text(lease, "renewTime"));
        Duration lasts = Duration.ofSeconds(lease.path("leaseDurationSeconds").asLong(0));
        return now.isAfter(renewed.plus(lasts))
                ? "%s does not renew the Lease kube-system/%s any more, last at %s"
                        .formatted(holder, part.lease(), renewed)
                : WELL;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException never) {
            return Instant.EPOCH;
        }
    }

    private static StoredObject status(String name, String message) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", "v1").put("kind", ComponentStatusKind.KIND.kindName());
        tree.putObject("metadata").put("name", name);
        tree.putArray("conditions")
                .addObject()
                .put("type", ComponentStatusKind.HEALTHY)
                .put("status", message.equals(WELL) ? "True" : "False")
                .put("message", message);
        return new MadeObject(
                new ObjectKey(ComponentStatusKind.KIND.resource(), "", name), new Resource(tree));
    }
}
