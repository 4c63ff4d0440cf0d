package dev.gantry.model.message;

import dev.gantry.model.meta.Uid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scheduler's word on one pod, or on a gang of pods that are placed all or none. What is not
 * said is empty.
 *
 * @param seen the pod's revision that the decision looked at
 * @param node where it shall run; empty for "nowhere yet", and then the pod's PodScheduled
 *     condition becomes False with the grounds' reason and message
 * @param nominatedNode where an unplaced pod will fit once the victims have gone
 * @param victims pods that make way, deleted in the same transaction; a placed binding with victims
 *     is only a nomination of its node, with reason and message, where one of them does not leave
 *     at once
 * @param effects what else is committed in the same transaction, such as volume bindings; each says
 *     what it is in its field {@code effect}
 */
public record Binding(
        Pod pod,
        long seen,
        String node,
        String nominatedNode,
        Grounds grounds,
        List<Pod> victims,
        List<ObjectNode> effects,
        Party party,
        Stamp stamp) {
    /** The annotation under which state keeps the explanation on the pod. */
    public static final String DECISION_ANNOTATION = "gantry.dev/decision";

    /** One life of a pod. */
    public record Pod(String namespace, String name, Uid uid) {
        public Pod {
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uid, "uid");
        }
    }

    /**
     * Why it was decided so.
     *
     * @param explanation a JSON object, or empty
     */
    public record Grounds(String reason, String message, String explanation) {
        public static final Grounds NONE = new Grounds("", "", "");

        public Grounds {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(explanation, "explanation");
        }
    }

    /**
     * With whom the pod is placed.
     *
     * @param gang the name of the group that the pod belongs to
     * @param members the other pods of the gang: one record carries all of them, and either all are
     *     committed or none
     * @param settled pods of the gang that have had their node before: state counts them too when
     *     it looks whether the gang is whole
     */
    public record Party(String gang, List<Binding> members, List<Pod> settled) {
        public static final Party ALONE = new Party("", List.of(), List.of());

        public Party {
            Objects.requireNonNull(gang, "gang");
            members = List.copyOf(members);
            settled = List.copyOf(settled);
        }
    }

    /**
     * By which the answer to a word is known from the answers to all others.
     *
     * <p>Invariant: no two messages have the same one, not even when the same is said again: an
     * answer to the first must not be taken for one to the second.
     *
     * @param term of the leader that decided; state drops what is of an older term. 0 where there
     *     is no election
     * @param number among the words of one term
     */
    public record Stamp(long term, long number) {
        public static final Stamp NONE = new Stamp(0, 0);

        public boolean isBefore(Stamp other) {
            return term < other.term || term == other.term && number < other.number;
        }
    }

    public Binding {
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(nominatedNode, "nominatedNode");
        Objects.requireNonNull(grounds, "grounds");
        victims = List.copyOf(victims);
        effects = List.copyOf(effects);
        Objects.requireNonNull(party, "party");
        Objects.requireNonNull(stamp, "stamp");
    }

    /** A word on one pod alone, not stamped yet. */
    public Binding(Pod pod, long seen, String node, Grounds grounds) {
        this(pod, seen, node, "", grounds, List.of(), List.of(), Party.ALONE, Stamp.NONE);
    }

    /**
     * What a new leader writes to every partition before anything else: what is of an older term
     * and comes behind it has no effect.
     */
    public static Binding fence(long term) {
        var nobody = new Pod("", "", new Uid(""));
        return new Binding(nobody, 0, "", Grounds.NONE).stamped(new Stamp(term, 0));
    }

    public String namespace() {
        return pod.namespace;
    }

    public String name() {
        return pod.name;
    }

    public Uid uid() {
        return pod.uid;
    }

    public String reason() {
        return grounds.reason;
    }

    public String message() {
        return grounds.message;
    }

    public String explanation() {
        return grounds.explanation;
    }

    public long term() {
        return stamp.term;
    }

    /** The words on all pods that this one message speaks of. */
    public List<Binding> all() {
        if (party.members.isEmpty()) {
            return List.of(this);
        }
        List<Binding> all = new ArrayList<>(List.of(this));
        all.addAll(party.members);
        return all;
    }

    /** The word on this pod, which the message must speak of. */
    public Binding on(Uid one) {
        return all().stream().filter(each -> each.uid().equals(one)).findFirst().orElseThrow();
    }

    /**
     * The words on these of the pods only; the message must speak of at least one.
     *
     * @param settled pods of the gang that have had their node by now
     */
    public Binding onlyOn(Collection<Uid> some, List<Pod> settled) {
        List<Binding> kept = all().stream().filter(each -> some.contains(each.uid())).toList();
        List<Binding> others = kept.subList(1, kept.size());
        return kept.getFirst().together(new Party(party.gang, others, settled));
    }

    public boolean isFence() {
        return pod.name.isEmpty();
    }

    public boolean isPlaced() {
        return !node.isEmpty();
    }

    /** The node on which the pod takes space by this word; empty where it takes none. */
    public String space() {
        return isPreparation() ? nominatedNode : node;
    }

    /** The node on which the pod is to be in the end; empty where none was found. */
    public String goal() {
        return isPlaced() ? node : nominatedNode;
    }

    /** Whether others leave for one of the pods, so that all of them may only be nominated. */
    public boolean makesWay() {
        return all().stream().anyMatch(each -> !each.victims.isEmpty());
    }

    /**
     * Whether the pod waits for effects, its own or those of its gang: they are committed alone,
     * the node is nominated, and the pod is bound by a later word.
     */
    public boolean isPreparation() {
        return node.isEmpty() && grounds.reason.isEmpty() && !nominatedNode.isEmpty();
    }

    public Binding nominating(String onNode, List<Pod> makingWay) {
        return new Binding(pod, seen, node, onNode, grounds, makingWay, effects, party, stamp);
    }

    /** The same word for a pod that cannot be placed there yet. */
    public Binding nominatedOnly() {
        return new Binding(pod, seen, "", node, grounds, victims, List.of(), party, stamp);
    }

    public Binding explained(String why) {
        var more = new Grounds(grounds.reason, grounds.message, why);
        return new Binding(pod, seen, node, nominatedNode, more, victims, effects, party, stamp);
    }

    public Binding withEffects(List<ObjectNode> more) {
        return new Binding(pod, seen, node, nominatedNode, grounds, victims, more, party, stamp);
    }

    public Binding together(Party others) {
        return new Binding(
                pod, seen, node, nominatedNode, grounds, victims, effects, others, stamp);
    }

    public Binding stamped(Stamp other) {
        return new Binding(pod, seen, node, nominatedNode, grounds, victims, effects, party, other);
    }
}
