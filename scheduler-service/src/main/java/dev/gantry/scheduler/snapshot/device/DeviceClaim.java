package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.device.Readiness;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A ResourceClaim.
 *
 * @param target the claim itself, for what is to be written to it
 * @param ownerUid of the pod that it was made for; empty where it was not
 * @param config what an allocation carries for the drivers
 * @param readiness of the allocated devices
 * @param reservedFor uids of those that use it, or may soon
 */
public record DeviceClaim(
        Target target,
        boolean isLeaving,
        String ownerUid,
        List<DeviceRequest> requests,
        List<Constraint> constraints,
        List<JsonNode> config,
        Optional<Allocation> allocation,
        Readiness readiness,
        List<String> reservedFor) {
    private static final int MOST_CONSUMERS = 256;

    /**
     * Devices of these requests, or of all where none is named, must have the same value of an
     * attribute, or each another one.
     *
     * @param attribute its full name
     */
    public record Constraint(List<String> requests, String attribute, boolean isDistinct) {
        public boolean concerns(DeviceRequest request, DeviceRequest.Option option) {
            return requests.isEmpty()
                    || requests.contains(request.name())
                    || requests.contains(option.name());
        }
    }

    public static DeviceClaim of(Resource object) {
        JsonNode devices = object.spec().path("devices");
        List<Constraint> constraints = new ArrayList<>();
        devices.path("constraints").forEach(each -> constraints.add(constraint(each)));
        List<JsonNode> config = new ArrayList<>();
        devices.path("config").forEach(config::add);
        List<String> reservedFor = new ArrayList<>();
        object.status()
                .path("reservedFor")
                .forEach(each -> reservedFor.add(Resource.text(each, "uid")));
        return new DeviceClaim(
                Target.of(object),
                object.isBeingDeleted(),
                object.controller().map(each -> each.uid().value()).orElse(""),
                DeviceRequest.listOf(devices.path("requests")),
                List.copyOf(constraints),
                List.copyOf(config),
                Allocation.of(object.status().path("allocation")),
                Readiness.of(object),
                List.copyOf(reservedFor));
    }

    public String namespace() {
        return target.namespace();
    }

    public String name() {
        return target.name();
    }

    public Uid uid() {
        return target.uid();
    }

    public Revision revision() {
        return target.revision();
    }

    /** Namespace and name in one. */
    public String key() {
        return target.path();
    }

    public boolean isReservedFor(Uid pod) {
        return reservedFor.contains(pod.value());
    }

    /** Whether the pod uses it or may soon, or no pod does. */
    public boolean canBeGivenBackBy(Uid pod) {
        return reservedFor.isEmpty() || isReservedFor(pod);
    }

    /** Whether it has devices, which can be used from there. */
    public boolean isUsableFrom(String node, Map<String, String> labels) {
        return allocation.filter(each -> each.isUsableFrom(node, labels)).isPresent();
    }

    /** Whether its devices turned out to be of no use. */
    public boolean hasFailed() {
        return readiness instanceof Readiness.Failed;
    }

    public boolean canBeReserved() {
        return reservedFor.size() < MOST_CONSUMERS;
    }

    private static Constraint constraint(JsonNode json) {
        List<String> requests = new ArrayList<>();
        json.path("requests").forEach(each -> requests.add(each.asString("")));
        boolean isDistinct = json.hasNonNull("distinctAttribute");
        String attribute = Resource.text(json, isDistinct ? "distinctAttribute" : "matchAttribute");
        return new Constraint(List.copyOf(requests), attribute, isDistinct);
    }
}
