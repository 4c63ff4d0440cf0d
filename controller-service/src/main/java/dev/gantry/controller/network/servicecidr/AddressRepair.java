package dev.gantry.controller.network.servicecidr;

import dev.gantry.model.address.AddressRecord;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of an IPAddress that was made for a Service; others are left to who made them.
 *
 * <p>Compat: {@code syncIPAddress}, its words and its patience.
 */
final class AddressRepair {
    private static final GroupResource ADDRESSES = Kinds.IP_ADDRESS.resource();

    /** Where somebody makes the IPAddress first, and then the Service. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private AddressRepair() {}

    static Plan<Action> plan(
            AddressRecord record, Function<ObjectKey, Optional<Resource>> services, Instant now) {
        Resource object = record.object();
        if (!record.isManaged() || object.isBeingDeleted()) {
            return Plan.settled();
        }
        if (record.service().isEmpty()) {
            return removal(
                    object,
                    "IPAddressNotAllocated",
                    "IPAddress %s appears to have been modified, not referencing a Service %s: cleaning up"
                            .formatted(object.name(), shown(object.spec().path("parentRef"))));
        }
        ObjectKey key = record.service().get();
        Optional<Resource> service = services.apply(key);
        if (service.isEmpty()) {
            Instant end = object.creationTime().orElse(Instant.EPOCH).plus(GRACE);
            return now.isBefore(end)
                    ? Plan.<Action>settled().requeueAt(end)
                    : removal(
                            object,
                            "IPAddressNotAllocated",
                            "IPAddress: %s for Service %s/%s appears to have leaked: cleaning up"
                                    .formatted(object.name(), key.namespace(), key.name()));
        }
        boolean isHeld =
                ServiceRepair.addresses(service.get()).stream()
                        .anyMatch(each -> each.toString().equals(object.name()));
        return isHeld
                ? Plan.settled()
                : removal(
                        object,
                        "IPAddressWrongReference",
                        "IPAddress: %s for Service %s/%s has a wrong reference; cleaning up"
                                .formatted(object.name(), key.namespace(), key.name()));
    }

    private static Plan<Action> removal(Resource object, String reason, String message) {
        return Plan.of(
                List.of(
                        new Action.RecordEvent(ADDRESSES, object, true, reason, message),
                        new Action.Delete(
                                object.key(ADDRESSES),
                                object.uid(),
                                Action.Propagation.BACKGROUND)));
    }

    /** As Go prints a pointer to a reference. */
    private static String shown(JsonNode parent) {
        return "&{%s %s %s %s}"
                .formatted(
                        Resource.text(parent, "group"),
                        Resource.text(parent, "resource"),
                        Resource.text(parent, "namespace"),
                        Resource.text(parent, "name"));
    }
}
