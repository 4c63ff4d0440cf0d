package dev.gantry.scheduler.shell.rebalance;

import dev.gantry.client.event.Occurrence;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.rebalance.Move;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Evicts pods, and says on each and in the log what it was for. */
public final class Evictions {
    private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);
    private static final String COMPONENT = "gantry-rebalancer";
    private static final int TOO_MANY_REQUESTS = 429;

    private final ClusterApi api;
    private final Consumer<Occurrence> events;

    public Evictions(ClusterApi api, Consumer<Occurrence> events) {
        this.api = api;
        this.events = events;
    }

    /** Whether the pod was evicted. */
    boolean evict(Move move) {
        try {
            api.createSubresource(move.pod(), "eviction", eviction(move));
        } catch (ApiRefused refused) {
            tell(refused, move);
            return false;
        }
        LOG.info(
                "evicted {}/{} from {}, expected on {}: {}",
                move.pod().namespace(),
                move.pod().name(),
                move.from(),
                move.to(),
                move.why());
        String message =
                "Evicted from node %s, expected on node %s: %s"
                        .formatted(move.from(), move.to(), move.why());
        events.accept(new Occurrence(reference(move), COMPONENT, "", false, "Rebalanced", message));
        return true;
    }

    private static void tell(ApiRefused refused, Move move) {
        boolean isExpected =
                refused.code() == TOO_MANY_REQUESTS || refused.isMissing() || refused.isConflict();
        LOG.atLevel(isExpected ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                .log(
                        "{}/{} stays on {} for now: {}",
                        move.pod().namespace(),
                        move.pod().name(),
                        move.from(),
                        refused.getMessage());
    }

    private static ObjectNode eviction(Move move) {
        ObjectNode eviction = JsonNodeFactory.instance.objectNode();
        eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata")
                .put("namespace", move.pod().namespace())
                .put("name", move.pod().name());
        eviction.putObject("deleteOptions")
                .putObject("preconditions")
                .put("uid", move.uid().value());
        return eviction;
    }

    private static Resource reference(Move move) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata")
                .put("namespace", move.pod().namespace())
                .put("name", move.pod().name())
                .put("uid", move.uid().value());
        return new Resource(pod);
    }
}
