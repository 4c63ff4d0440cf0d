package dev.gantry.client.election;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One candidate's rules.
 *
 * <pre>
 *   following ──lease released, or not renewed for its duration──► leading
 *       ▲                                                             │
 *       └──────────────── somebody else holds the lease ◄─────────────┘
 * </pre>
 */
public final class Election {
    /**
     * How long a leader that died keeps the others waiting, besides {@link #PATIENCE}: a standby
     * needs the rest of two seconds to begin.
     */
    private static final Duration DURATION = Duration.ofSeconds(1);

    private static final Duration RENEWAL = Duration.ofMillis(300);

    /** A renewal that is under way is waited for. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final String namespace;
    private final String name;
    private final String identity;

    public Election(String namespace, String name, String identity) {
        this.namespace = namespace;
        this.name = name;
        this.identity = identity;
    }

    /**
     * The lease as it was seen.
     *
     * @param lease empty where there is none
     * @param at when it became so, by a local clock that is never set: the times in the lease are
     *     for people, and not compared
     */
    public record Sight(Optional<Resource> lease, Instant at) {}

    /** What is to be done. */
    public sealed interface Move {
        record Create(Resource lease) implements Move {}

        /** The resource version pins what was seen: of two replicas that take it, one fails. */
        record Put(Resource lease) implements Move {}

        record Wait(Instant until) implements Move {}
    }

    /**
     * Compat: client-go's {@code observedTime}: how long a lease holds is reckoned from when it was
     * last seen to change, so that a wall clock that jumps neither ends it nor prolongs it.
     *
     * @param now by the clock of the sight
     * @param wall the time that is written into the lease
     */
    public Move next(Sight sight, Instant now, Instant wall) {
        if (sight.lease().isEmpty()) {
            return new Move.Create(written(fresh(), 0, wall, micros(wall)));
        }
        Resource lease = sight.lease().get();
        String holder = holder(lease);
        int transitions = lease.spec().path("leaseTransitions").asInt(0);
        if (holder.equals(identity)) {
            Instant due = sight.at().plus(RENEWAL);
            String since = Resource.text(lease.spec(), "acquireTime");
            return now.isBefore(due)
                    ? new Move.Wait(due)
                    : new Move.Put(written(lease.copy(), transitions, wall, since));
        }
        Instant end = sight.at().plus(duration(lease)).plus(PATIENCE);
        return holder.isEmpty() || !now.isBefore(end)
                ? new Move.Put(written(lease.copy(), transitions + 1, wall, micros(wall)))
                : new Move.Wait(end);
    }

    public boolean isHeld(Sight sight) {
        return sight.lease().map(Election::holder).filter(identity::equals).isPresent();
    }

    public boolean isHeldByAnother(Sight sight) {
        return sight.lease()
                .map(Election::holder)
                .filter(holder -> !holder.isEmpty() && !holder.equals(identity))
                .isPresent();
    }

    /**
     * The lease given away: a standby that watches takes it at once. Empty where it is not ours.
     */
    public Optional<Resource> released(Sight sight, Instant wall) {
        if (!isHeld(sight)) {
            return Optional.empty();
        }
        Resource lease = sight.lease().orElseThrow().copy();
        Resource.child(lease.tree(), "spec")
                .put("holderIdentity", "")
                .put("renewTime", micros(wall));
        return Optional.of(lease);
    }

    private Resource fresh() {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        tree.putObject("metadata").put("name", name).put("namespace", namespace);
        return new Resource(tree);
    }

    private Resource written(Resource lease, int transitions, Instant wall, String since) {
        Resource.child(lease.tree(), "spec")
                .put("holderIdentity", identity)
                .put("leaseDurationSeconds", (int) DURATION.toSeconds())
                .put("leaseTransitions", transitions)
                .put("acquireTime", since)
                .put("renewTime", micros(wall));
        return lease;
    }

    private static String holder(Resource lease) {
        return Resource.text(lease.spec(), "holderIdentity");
    }

    private static Duration duration(Resource lease) {
        JsonNode seconds = lease.spec().path("leaseDurationSeconds");
        return Duration.ofSeconds(seconds.asInt(0));
    }

    /** Compat: {@code metav1.MicroTime} always has six digits. */
    private static String micros(Instant when) {
        Instant cut = when.truncatedTo(ChronoUnit.MICROS);
        return "%s.%06dZ"
                .formatted(
                        cut.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""),
                        cut.getNano() / 1000);
    }
}
