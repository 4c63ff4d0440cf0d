package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.preemption.Candidate;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Decisions put into messages, each with a stamp of its own. */
public final class BindingMessages {
    public static final String UNSCHEDULABLE = "Unschedulable";
    private static final int VICTIMS_LENGTH = 300;
    private static final int SPARED_LENGTH = 150;

    /** The last reason that each pod which could not be placed was given. */
    private final Map<Uid, String> reasons = new HashMap<>();

    private long term;
    private long number;

    /** From now on bindings carry this term. */
    public void lead(long ofTerm) {
        term = ofTerm;
    }

    /**
     * Must be called before the first binding. Numbers begin at the time, so that a scheduler that
     * has no terms does not use those of its earlier life again.
     */
    public void at(Instant now) {
        number = Math.max(number, Duration.between(Instant.EPOCH, now).toNanos() / 1000);
    }

    /** Whether the pod was given this reason before: the same one is sent once. */
    public boolean isRepeated(Uid pod, String reason) {
        return reason.equals(reasons.put(pod, reason));
    }

    /** The next reason is sent, whatever the last one was. */
    public void forgetReason(Uid pod) {
        reasons.remove(pod);
    }

    public void forgetReasons() {
        reasons.clear();
    }

    /** The same binding, to be sent again. */
    public Binding again(Binding said) {
        return said.stamped(stamp());
    }

    public Binding placed(PodInfo pod, String node, String explanation) {
        return binding(pod, node, "", "", explanation);
    }

    public Binding unplaced(PodInfo pod, String reason, String message, String explanation) {
        return binding(pod, "", reason, message, explanation);
    }

    /** Its node is found; others have work to do there before it is bound. */
    public Binding preparing(PodInfo pod, String node, List<Effect> effects) {
        boolean isForDevices = effects.stream().anyMatch(Effect.OnDevices.class::isInstance);
        String message =
                isForDevices ? "waiting for binding conditions for device on node " + node : "";
        return unplaced(pod, "", message, "")
                .nominating(node, List.of())
                .withEffects(Effect.toJson(effects));
    }

    /** The node if all victims leave at once, and its nomination if not. */
    public Binding preempting(
            PodInfo pod, String node, List<PlacedPod> victims, String message, String why) {
        List<Binding.Pod> leaving = victims.stream().map(each -> subject(each.pod())).toList();
        return binding(pod, node, UNSCHEDULABLE, message, why).nominating(node, leaving);
    }

    /** It has room itself, but others of its gang wait for theirs. */
    public Binding waitingForTheGang(PodInfo pod, String node, String explanation) {
        String message = "other pods of its pod group wait for room";
        return binding(pod, node, UNSCHEDULABLE, message, explanation);
    }

    /**
     * Adds to the explanation how long the decision took, all in all; nothing without a stopwatch.
     */
    public static Binding took(Binding binding, long nanos) {
        String why = binding.explanation();
        if (nanos <= 0 || !why.endsWith("}")) {
            return binding;
        }
        // Cost: the text is complete already; to read it once more would take longer than this.
        String open = why.substring(0, why.length() - 1);
        return binding.explained(open + ",\"tookMicros\":" + nanos / 1000 + "}");
    }

    /** With the profile, and the time from when the pod could be tried to now. */
    public static ObjectNode explain(
            Explanation explanation, Attempt attempt, String profile, Instant now) {
        long micros = Duration.between(attempt.since(), now).toNanos() / 1000;
        return explanation.toJson().put("micros", Math.max(0, micros)).put("profile", profile);
    }

    /**
     * @param before the pods of lower priority that the node holds, all of which might have had to
     *     leave
     */
    public static void explain(
            ObjectNode explanation, Candidate candidate, List<PlacedPod> before) {
        List<PlacedPod> victims = candidate.victims();
        List<PlacedPod> spared =
                before.stream()
                        .filter(each -> !victims.contains(each))
                        .sorted(Comparator.comparing(each -> each.pod().key()))
                        .toList();
        ObjectNode preemption = explanation.putObject("preemption");
        preemption.put("node", candidate.node().name()).put("lowerPriority", before.size());
        int named = name(victims, VICTIMS_LENGTH, preemption.putArray("victims"));
        if (named < victims.size()) {
            preemption.put("moreVictims", victims.size() - named);
        }
        name(spared, SPARED_LENGTH, preemption.putArray("spared"));
        preemption.put("brokenBudgets", candidate.violations());
    }

    /** As many names as the length allows: an explanation that is too long is not kept at all. */
    private static int name(List<PlacedPod> pods, int length, ArrayNode names) {
        int left = length;
        for (PlacedPod each : pods) {
            String name = each.pod().key().namespace() + "/" + each.pod().key().name();
            left -= name.length();
            if (left < 0) {
                break;
            }
            names.add(name);
        }
        return names.size();
    }

    /**
     * Copies from an earlier explanation what it has about preemption, and which nodes were ruled
     * out then: the pod is placed on the node that it was nominated, without a look at others.
     */
    public static void keepPreemption(ObjectNode explanation, String earlier) {
        if (earlier.isEmpty()) {
            return;
        }
        JsonNode before = JsonMapper.shared().readTree(earlier);
        if (before.path("preemption") instanceof ObjectNode made) {
            for (String each : List.of("ruledOut", "ruledOutNodes")) {
                if (before.has(each)) {
                    made.set(each, before.path(each));
                }
            }
            explanation.set("preemption", made);
        }
    }

    private static Binding.Pod subject(PodInfo pod) {
        return new Binding.Pod(pod.key().namespace(), pod.key().name(), pod.uid());
    }

    private Binding binding(
            PodInfo pod, String node, String reason, String message, String explanation) {
        var grounds = new Binding.Grounds(reason, message, explanation);
        return new Binding(subject(pod), pod.revision().value(), node, grounds).stamped(stamp());
    }

    private Binding.Stamp stamp() {
        return new Binding.Stamp(term, ++number);
    }
}
