package dev.gantry.state.kind.resource.resourceclaim;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of resourceclaims. */
public final class ResourceClaimKind {
    private ResourceClaimKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.RESOURCE_CLAIM,
                new ResourceClaimStrategy(),
                PlainPrinter.of(
                        (object, row) -> row.add(state(object)),
                        Column.text("State", "Whether it has its devices, and is in use.")));
    }

    private static String state(ObjectNode claim) {
        boolean isGoing = new Resource(claim).isBeingDeleted();
        JsonNode status = claim.path("status");
        List<String> states = new ArrayList<>();
        if (isGoing) {
            states.add("deleted");
        }
        if (!status.hasNonNull("allocation")) {
            if (!isGoing) {
                states.add("pending");
            }
        } else {
            states.add("allocated");
            if (!status.path("reservedFor").isEmpty()) {
                states.add("reserved");
            }
        }
        return String.join(",", states);
    }
}
