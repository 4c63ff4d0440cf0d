package dev.gantry.model.message;

import dev.gantry.model.meta.Uid;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scheduler's word on one pod, or on a gang of pods that are placed all or none. What is not
 * said is empty.
 *
 * @param node where it shall run; empty for "nowhere yet", and then the pod's PodScheduled
 *     condition becomes False with {@code reason} and {@code message}
 * @param seen the pod's revision that the decision looked at
 * @param explanation a JSON object, or empty
 * @param nominatedNode where an unplaced pod will fit once the victims have gone
 * @param victims pods that make way, deleted in the same transaction; a placed binding with victims
 *     is only a nomination of its node, with {@code reason} and {@code message}, where one of them
 *     does not leave at once
 * @param effects what else is committed in the same transaction, such as volume bindings; each says
 *     what it is in its field {@code effect}
 * @param gang the name of the group that the pod belongs to
 * @param members the other pods of the gang: one record carries all of them, and either all are
 *     committed or none
 * @param term of the leader that decided; state drops what is of an older term. 0 where there is no
 *     election
 */
public record Binding(
        String namespace,
        String name,
        Uid uid,
        String node,
        String reason,
        String message,
        long seen,
        String explanation,
        String nominatedNode,
        List<Victim> victims,
        List<ObjectNode> effects,
        String gang,
        List<Binding> members,
        long term) {
    /** The annotation under which state keeps the explanation on the pod. */
    public static final String DECISION_ANNOTATION = "gantry.dev/decision";

    /** A pod that makes way. */
    public record Victim(String namespace, String name, Uid uid) {}

    /** Senders of an older version leave out what they don't know. */
    public Binding {
        nominatedNode = Objects.requireNonNullElse(nominatedNode, "");
        victims = List.copyOf(Objects.requireNonNullElse(victims, List.of()));
        effects = List.copyOf(Objects.requireNonNullElse(effects, List.of()));
        gang = Objects.requireNonNullElse(gang, "");
        members = List.copyOf(Objects.requireNonNullElse(members, List.of()));
    }

    /** A word on one pod alone. */
    public Binding(
            String namespace,
            String name,
            Uid uid,
            String node,
            String reason,
            String message,
            long seen,
            String explanation) {
        this(
                namespace,
                name,
                uid,
                node,
                reason,
                message,
                seen,
                explanation,
                "",
                List.of(),
                List.of(),
                "",
                List.of(),
                0);
    }

    /**
     * What a new leader writes to every partition before anything else: what is of an older term
     * and comes behind it has no effect.
     */
    public static Binding fence(long term) {
        return new Binding("", "", new Uid(""), "", "", "", 0, "").ofTerm(term);
    }

    public boolean isFence() {
        return name.isEmpty();
    }

    public boolean isPlaced() {
        return !node.isEmpty();
    }

    /**
     * Whether the pod waits for its effects: they are committed alone, the node is nominated, and
     * the pod is bound by a later word.
     */
    public boolean isPreparation() {
        return node.isEmpty() && !effects.isEmpty();
    }

    public Binding nominating(String onNode, List<Victim> makingWay) {
        return new Binding(
                namespace,
                name,
                uid,
                node,
                reason,
                message,
                seen,
                explanation,
                onNode,
                makingWay,
                effects,
                gang,
                members,
                term);
    }

    /** The same word for a pod that cannot be placed there yet. */
    public Binding nominatedOnly() {
        return new Binding(
                namespace,
                name,
                uid,
                "",
                reason,
                message,
                seen,
                explanation,
                node,
                victims,
                List.of(),
                gang,
                members,
                term);
    }

    public Binding explained(String why) {
        return new Binding(
                namespace,
                name,
                uid,
                node,
                reason,
                message,
                seen,
                why,
                nominatedNode,
                victims,
                effects,
                gang,
                members,
                term);
    }

    public Binding withEffects(List<ObjectNode> more) {
        return new Binding(
                namespace,
                name,
                uid,
                node,
                reason,
                message,
                seen,
                explanation,
                nominatedNode,
                victims,
                more,
                gang,
                members,
                term);
    }

    public Binding together(String gangName, List<Binding> others) {
        return new Binding(
                namespace,
                name,
                uid,
                node,
                reason,
                message,
                seen,
                explanation,
                nominatedNode,
                victims,
                effects,
                gangName,
                others,
                term);
    }

    public Binding ofTerm(long leaderTerm) {
        return new Binding(
                namespace,
                name,
                uid,
                node,
                reason,
                message,
                seen,
                explanation,
                nominatedNode,
                victims,
                effects,
                gang,
                members,
                leaderTerm);
    }
}
