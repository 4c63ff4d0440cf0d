package dev.gantry.cli.cluster;

import dev.gantry.cli.cluster.Rejection.Shortage;
import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.Amounts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Asks every rule of a profile, where the scheduler stops at the first that says no. */
final class Rejections {
    private static final String RESOURCES = "NodeResourcesFit";
    private static final String TAINTS = "TaintToleration";

    /** Cost: as they are written to be read, these compare all pods with all others. */
    private static final Set<String> NEIGHBOURS = Set.of("InterPodAffinity", "PodTopologySpread");

    private final Profile profile;

    Rejections(Profile profile) {
        this.profile = profile;
    }

    Map<String, List<Rejection>> byNode(PodInfo pod, ClusterSnapshot snapshot) {
        List<NodeView> nodes = snapshot.rows().stream().filter(NodeView::exists).toList();
        List<List<Rejection>> all = of(pod, snapshot, nodes);
        Map<String, List<Rejection>> found = new TreeMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            found.put(nodes.get(i).name(), all.get(i));
        }
        return found;
    }

    /** One list for each of the nodes. */
    List<List<Rejection>> of(PodInfo pod, ClusterSnapshot snapshot, List<NodeView> nodes) {
        List<Rule> rules = rules(pod, snapshot, _ -> true);
        return nodes.stream().map(node -> rejections(pod, rules, node)).toList();
    }

    /**
     * Whether the rule rejects the node. Cost: some rules look at all nodes before they judge one;
     * here only that one is asked.
     */
    boolean rejects(String rule, PodInfo pod, ClusterSnapshot snapshot, NodeView node) {
        List<Rule> rules = rules(pod, snapshot, rule::equals);
        return !rejections(pod, rules, node).isEmpty();
    }

    private List<Rule> rules(PodInfo pod, ClusterSnapshot snapshot, Predicate<String> wanted) {
        List<Rule> rules = new ArrayList<>();
        for (Filter each : profile.filters()) {
            if (wanted.test(each.name()) && each.concerns(pod.signature())) {
                rules.add(new Rule(each.name(), node -> each.judge(pod.signature(), node), false));
            }
        }
        for (Relation each : profile.relations()) {
            if (wanted.test(each.name()) && each.concerns(pod, snapshot)) {
                rules.add(rule(each, pod, snapshot));
            }
        }
        return rules;
    }

    /** What rejects the pod whatever the nodes are like is held against it on each of them. */
    private static Rule rule(Relation relation, PodInfo pod, ClusterSnapshot snapshot) {
        return relation.preFilter(pod, snapshot)
                .map(reason -> new Rule(relation.name(), _ -> Verdict.never(reason), true))
                .orElseGet(() -> new Rule(relation.name(), judge(relation, pod, snapshot), false));
    }

    private static Function<NodeView, Verdict> judge(
            Relation relation, PodInfo pod, ClusterSnapshot snapshot) {
        return NEIGHBOURS.contains(relation.name())
                ? node -> relation.judge(pod, node, snapshot)
                : relation.prepare(pod, snapshot);
    }

    private static List<Rejection> rejections(PodInfo pod, List<Rule> rules, NodeView node) {
        List<Rejection> found = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.judge.apply(node) instanceof Verdict.Rejects rejects) {
                List<Shortage> shortages =
                        rule.name.equals(RESOURCES) ? shortages(pod.signature(), node) : List.of();
                found.add(
                        new Rejection(
                                rule.name,
                                rejects.reasons(),
                                rule.name.equals(TAINTS)
                                        ? taints(pod.signature(), node)
                                        : List.of(),
                                shortages,
                                rule.isEverywhere));
            }
        }
        return found;
    }

    private static List<String> taints(PodSignature pod, NodeView node) {
        return node.facts().taints().stream()
                .filter(each -> each.isForbidding() && !pod.tolerates(each))
                .map(Rejections::text)
                .toList();
    }

    private static String text(Taint taint) {
        String pair = taint.value().isEmpty() ? taint.key() : taint.key() + "=" + taint.value();
        return pair + ":" + taint.effect();
    }

    private static List<Shortage> shortages(PodSignature pod, NodeView node) {
        Amounts asked = pod.asked();
        List<Shortage> all = new ArrayList<>();
        all.add(new Shortage("pods", 1, node.freePods(), (long) node.freePods() + node.pods()));
        all.add(
                new Shortage(
                        "cpu", asked.milliCpu(), node.freeMilliCpu(), node.allocatableMilliCpu()));
        all.add(
                new Shortage(
                        "memory",
                        asked.memoryBytes(),
                        node.freeMemory(),
                        node.allocatableMemory()));
        all.add(
                new Shortage(
                        "ephemeral-storage",
                        asked.ephemeralBytes(),
                        node.freeEphemeral(),
                        node.allocatableEphemeral()));
        asked.extended()
                .forEach(
                        (name, amount) ->
                                all.add(
                                        new Shortage(
                                                name,
                                                amount,
                                                node.freeExtended(name),
                                                node.allocatableExtended(name))));
        return all.stream()
                .filter(each -> each.asked() > 0 && each.asked() > each.free())
                .filter(each -> !isByDevices(each, pod))
                .toList();
    }

    /** Another rule decides where the node has no plugin for what devices can stand for. */
    private static boolean isByDevices(Shortage shortage, PodSignature pod) {
        return shortage.allocatable() == 0 && pod.byDevices().contains(shortage.resource());
    }

    private record Rule(String name, Function<NodeView, Verdict> judge, boolean isEverywhere) {}
}
