package dev.gantry.client.election;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One candidate's rules.
 *
 * <pre>
 *   following ──lease released, run out, or no answer──► leading
 *       ▲                                                   │
 *       └───────── somebody else holds the lease ◄──────────┘
 * </pre>
 *
 * <p>A leader renews rarely by itself, and at once when a standby asks. So a leader that has no
 * standby writes next to nothing, and one that has is missed soon: the standby asks whenever it has
 * heard nothing for a moment. Both are annotations of the lease, so that whoever watches it knows:
 *
 * <pre>
 *   {@value #ANSWERS}: a       the holder a renews when it is asked
 *   {@value #ASKED_BY}: b      b asks; gone when a has renewed
 * </pre>
 */
public final class Election {
    /**
     * Names a holder that answers. Beside another holder's name it is left over, and says nothing.
     */
    public static final String ANSWERS = "gantry.dev/renews-when-asked";

    static final String ASKED_BY = "gantry.dev/renewal-asked-by";

    /** Compat: client-go's default. For candidates that know nothing of questions. */
    private static final Duration DURATION = Duration.ofSeconds(15);

    /** How often a leader that nobody asks renews. */
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    /** For how long a standby takes a leader that was heard of to be alive. */
    private static final Duration QUESTION = Duration.ofMillis(500);

    /**
     * How long an answer is waited for. A leader that died keeps the others waiting for that and
     * {@link #QUESTION}: a standby needs the rest of two seconds to begin.
     */
    private static final Duration ANSWER = Duration.ofSeconds(1);

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
            return new Move.Create(led(fresh(), 0, wall, micros(wall)));
        }
        Resource lease = sight.lease().get();
        String holder = holder(lease);
        if (holder.equals(identity)) {
            return renewal(sight, lease, now, wall);
        }
        if (holder.isEmpty()) {
            return taking(lease, wall);
        }
        boolean isAsked = !note(lease, ASKED_BY).isEmpty();
        if (isAnswering(lease) && !isAsked) {
            Instant due = sight.at().plus(QUESTION);
            return now.isBefore(due) ? new Move.Wait(due) : new Move.Put(asked(lease.copy()));
        }
        Instant end = sight.at().plus(isAnswering(lease) ? ANSWER : duration(lease));
        return now.isBefore(end) ? new Move.Wait(end) : taking(lease, wall);
    }

    private Move renewal(Sight sight, Resource lease, Instant now, Instant wall) {
        boolean isAsked = !note(lease, ASKED_BY).isEmpty();
        Instant due = isAsked ? sight.at() : sight.at().plus(RENEWAL);
        if (now.isBefore(due)) {
            return new Move.Wait(due);
        }
        String since = Resource.text(lease.spec(), "acquireTime");
        return new Move.Put(led(lease.copy(), transitions(lease), wall, since));
    }

    private Move taking(Resource lease, Instant wall) {
        return new Move.Put(led(lease.copy(), transitions(lease) + 1, wall, micros(wall)));
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

    private Resource led(Resource lease, int transitions, Instant wall, String since) {
        Resource.child(lease.tree(), "spec")
                .put("holderIdentity", identity)
                .put("leaseDurationSeconds", (int) DURATION.toSeconds())
                .put("leaseTransitions", transitions)
                .put("acquireTime", since)
                .put("renewTime", micros(wall));
        notes(lease).put(ANSWERS, identity).remove(ASKED_BY);
        return lease;
    }

    /** What the holder has written stays as it is. */
    private Resource asked(Resource lease) {
        notes(lease).put(ASKED_BY, identity);
        return lease;
    }

    private static boolean isAnswering(Resource lease) {
        return note(lease, ANSWERS).equals(holder(lease));
    }

    private static String note(Resource lease, String name) {
        return Resource.text(lease.metadata().path("annotations"), name);
    }

    private static ObjectNode notes(Resource lease) {
        return Resource.child(Resource.child(lease.tree(), "metadata"), "annotations");
    }

    private static String holder(Resource lease) {
        return Resource.text(lease.spec(), "holderIdentity");
    }

    private static int transitions(Resource lease) {
        return lease.spec().path("leaseTransitions").asInt(0);
    }

    private static Duration duration(Resource lease) {
        return Duration.ofSeconds(lease.spec().path("leaseDurationSeconds").asInt(0));
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
