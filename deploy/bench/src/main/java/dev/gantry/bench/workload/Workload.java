package dev.gantry.bench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The nine workloads of {@code bench schedule}, and one beside them.
 *
 * <p>Pods that exist before stand on the nodes in turn, but the {@link #BACKLOG}'s, which fit
 * nowhere. The figure of kube-scheduler v1.36 was measured with its own API server and etcd on two
 * cores.
 */
public enum Workload {
    /** Compat: {@code SchedulingBasic}. */
    BASIC(new Sizes(5_000, 1_000, 10_000), new Rates(204, 4_000), PodForm.PLAIN, PodForm.PLAIN),

    /** Compat: {@code TopologySpreading}. */
    SPREAD(new Sizes(5_000, 5_000, 5_000), new Rates(73, 3_000), PodForm.PLAIN, PodForm.SPREAD),

    /** Compat: {@code PreferredTopologySpreading}. */
    SPREAD_PREFERRED(
            new Sizes(5_000, 5_000, 5_000),
            new Rates(79, 3_000),
            PodForm.PLAIN,
            PodForm.SPREAD_PREFERRED),

    /** Compat: {@code SchedulingPodAffinity}: all nodes are in one zone. */
    AFFINITY(new Sizes(5_000, 5_000, 5_000), new Rates(27, 2_500), PodForm.NEAR, PodForm.NEAR),

    /** Compat: {@code SchedulingRequiredPodAntiAffinityWithNSSelector}. */
    ANTIAFFINITY(
            new Sizes(6_000, 4_000, 2_000), new Rates(32, 2_000), PodForm.APART, PodForm.APART),

    /** Compat: {@code PreemptionAsync}: plain pods are measured while others preempt. */
    PREEMPTION(
            new Sizes(5_000, 20_000, 5_000),
            new Rates(196, 2_500),
            PodForm.LOW_PRIORITY,
            PodForm.PLAIN),

    /** Compat: {@code SchedulingWithMixedChurn}. */
    CHURN(new Sizes(5_000, 0, 10_000), new Rates(226, 3_000), PodForm.PLAIN, PodForm.PLAIN),

    /**
     * Compat: {@code SchedulingDaemonset}, but each node gets its own pods, as daemon sets have it.
     */
    DAEMONSET(
            new Sizes(15_000, 0, 30_000),
            new Rates(Double.NaN, 3_500),
            PodForm.PLAIN,
            PodForm.PINNED),

    /** Compat: {@code Unschedulable}, with pods that fit nowhere from the beginning. */
    BACKLOG(new Sizes(5_000, 100, 10_000), new Rates(203, 3_500), PodForm.HOPELESS, PodForm.PLAIN),

    /** Compat: {@code PreemptionBasic}: every measured pod has to make three others go. */
    PREEMPTION_ONLY(
            new Sizes(5_000, 20_000, 5_000),
            new Rates(Double.NaN, Double.NaN),
            PodForm.LOW_PRIORITY,
            PodForm.PREEMPTOR);

    /** Pods per second of kube-scheduler, and what is wanted of us; NaN where nobody said. */
    public record Rates(double kubeScheduler, double wanted) {}

    /** Those that there is a figure of kube-scheduler for, or a goal. */
    public static final List<Workload> COMPARED =
            Arrays.stream(values()).filter(each -> each != PREEMPTION_ONLY).toList();

    private final Sizes sizes;
    private final Rates rates;
    private final PodForm existing;
    private final PodForm measured;

    Workload(Sizes sizes, Rates rates, PodForm existing, PodForm measured) {
        this.sizes = sizes;
        this.rates = rates;
        this.existing = existing;
        this.measured = measured;
    }

    public static Optional<Workload> named(String name) {
        return Arrays.stream(values()).filter(each -> each.label().equals(name)).findFirst();
    }

    /** As people type it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Sizes sizes() {
        return sizes;
    }

    public Rates rates() {
        return rates;
    }

    public PodForm existing() {
        return existing;
    }

    public PodForm measured() {
        return measured;
    }

    /** Whether the pods that exist before are on nodes; else they wait. */
    public boolean existingAreBound() {
        return existing != PodForm.HOPELESS;
    }

    /** Over how many namespaces the existing pods are spread. */
    public int existingNamespaces() {
        return this == ANTIAFFINITY ? 100 : 1;
    }

    public Meanwhile meanwhile() {
        return switch (this) {
            case PREEMPTION -> Meanwhile.PREEMPTORS;
            case CHURN -> Meanwhile.MIXED_CHURN;
            case BACKLOG -> Meanwhile.HOPELESS_PODS;
            default -> Meanwhile.NOTHING;
        };
    }

    public String zoneOf(int node) {
        List<String> zones =
                this == AFFINITY ? List.of("zone1") : List.of("moon-1", "moon-2", "moon-3");
        return zones.get(node % zones.size());
    }
}
