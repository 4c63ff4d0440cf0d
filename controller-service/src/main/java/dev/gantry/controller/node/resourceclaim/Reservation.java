package dev.gantry.controller.node.resourceclaim;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Entries of a claim's {@code status.reservedFor}. */
public record Reservation(String group, String resource, String name, String uid) {
    /** Compat: ResourceClaimReservedForMaxSize. */
    private static final int MOST = 256;

    public static List<Reservation> of(Resource claim) {
        List<Reservation> found = new ArrayList<>();
        for (JsonNode each : claim.status().path("reservedFor")) {
            found.add(
                    new Reservation(
                            Resource.text(each, "apiGroup"),
                            Resource.text(each, "resource"),
                            Resource.text(each, "name"),
                            Resource.text(each, "uid")));
        }
        return found;
    }

    public boolean isForPod() {
        return group.isEmpty() && resource.equals("pods");
    }

    static boolean canTake(Resource claim, Resource pod) {
        List<Reservation> all = of(claim);
        return all.size() < MOST
                && all.stream().noneMatch(each -> each.uid().equals(pod.uid().value()));
    }

    static Resource added(Resource claim, Resource pod) {
        Resource next = claim.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        ArrayNode entries = Resource.array(status, "reservedFor");
        entries.addObject()
                .put("resource", "pods")
                .put("name", pod.name())
                .put("uid", pod.uid().value());
        return next;
    }

    static Resource keeping(Resource claim, List<Reservation> kept) {
        Resource next = claim.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        status.remove("reservedFor");
        if (!kept.isEmpty()) {
            ArrayNode entries = status.putArray("reservedFor");
            kept.forEach(each -> each.addTo(entries));
        }
        return next;
    }

    private void addTo(ArrayNode entries) {
        ObjectNode entry = entries.addObject();
        if (!group.isEmpty()) {
            entry.put("apiGroup", group);
        }
        entry.put("resource", resource).put("name", name).put("uid", uid);
    }
}
