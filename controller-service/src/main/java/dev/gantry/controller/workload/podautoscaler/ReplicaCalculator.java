package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.workload.podautoscaler.Measured.Sample;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * How many replicas bring a metric to its target.
 *
 * <p>Example: four ready pods use 90 % of their requests and 60 % are wanted: the ratio is 1.5, and
 * six pods share the load. Pods without a sample are taken to use nothing where that asks for more
 * replicas, and all of it where it asks for fewer, so that nothing is done on a guess.
 *
 * <p>Compat: replica_calculator.go.
 *
 * @param replicas of the target as it is specified
 */
record ReplicaCalculator(
        int replicas,
        List<Resource> pods,
        Tolerances tolerances,
        AutoscalerSettings settings,
        Instant now) {
    private static final Calculation NO_PODS =
            new Calculation.Impossible(
                    "no pods returned by selector while calculating replica count");
    private static final Calculation NO_SAMPLES =
            new Calculation.Impossible(
                    "did not receive metrics for targeted pods (pods might be unready)");

    /** Usage in percent of what is requested. */
    Calculation utilization(
            SortedMap<String, Sample> samples, MetricSpec metric, int targetPercent) {
        if (pods.isEmpty()) {
            return NO_PODS;
        }
        var groups = PodGroups.of(pods, samples, metric.name(), settings, now);
        SortedMap<String, Long> counted = groups.counted(samples);
        if (counted.isEmpty()) {
            return NO_SAMPLES;
        }
        var requests = PodRequests.of(pods, metric.name(), metric.container());
        if (requests.missing().isPresent()) {
            return new Calculation.Impossible(requests.missing().get());
        }
        counted.keySet().retainAll(requests.milli().keySet());
        if (counted.keySet().stream().mapToLong(requests::of).sum() == 0) {
            return new Calculation.Impossible("no metrics returned matched known pods");
        }
        long most = Math.max(100, targetPercent);
        int wanted =
                balance(
                        counted,
                        groups,
                        used -> (double) percent(used, requests) / targetPercent,
                        pod -> requests.of(pod) * most / 100);
        return new Calculation.Replicas(
                wanted, OptionalInt.of(percent(counted, requests)), average(counted));
    }

    /** A value per pod. */
    Calculation average(SortedMap<String, Sample> samples, String resource, long targetMilli) {
        if (pods.isEmpty()) {
            return NO_PODS;
        }
        var groups = PodGroups.of(pods, samples, resource, settings, now);
        SortedMap<String, Long> counted = groups.counted(samples);
        if (counted.isEmpty()) {
            return NO_SAMPLES;
        }
        int wanted =
                balance(
                        counted,
                        groups,
                        used -> (double) average(used) / targetMilli,
                        _ -> targetMilli);
        return Calculation.of(wanted, average(counted));
    }

    /** One value for all pods together, of an object or from outside. */
    Calculation whole(long valueMilli, long targetMilli) {
        double ratio = (double) valueMilli / targetMilli;
        if (replicas == 0) {
            return Calculation.of(ceil(ratio), valueMilli);
        }
        if (tolerances.allow(ratio)) {
            return Calculation.of(replicas, valueMilli);
        }
        if (pods.isEmpty()) {
            return NO_PODS.explained(why -> "unable to calculate ready pods: " + why);
        }
        long ready =
                pods.stream()
                        .filter(pod -> PodLife.phase(pod).equals("Running"))
                        .filter(PodLife::isReady)
                        .count();
        return Calculation.of(ceil(ratio * ready), valueMilli);
    }

    /**
     * One value for all pods, of which each shall have a part.
     *
     * @param present replicas that the target says there are
     */
    Calculation perPod(long valueMilli, long targetMilli, int present) {
        double ratio = (double) valueMilli / ((double) targetMilli * present);
        int wanted = tolerances.allow(ratio) ? present : ceil((double) valueMilli / targetMilli);
        long average = present == 0 ? 0 : (long) Math.ceil((double) valueMilli / present);
        return Calculation.of(wanted, average);
    }

    /**
     * @param most what a pod without a sample is taken to use where that asks for fewer replicas
     */
    private int balance(
            SortedMap<String, Long> counted,
            PodGroups groups,
            ToDoubleFunction<SortedMap<String, Long>> ratioOf,
            ToLongFunction<String> most) {
        double ratio = ratioOf.applyAsDouble(counted);
        boolean isUp = ratio > 1;
        boolean isUpWithUnready = isUp && !groups.unready().isEmpty();
        if (!isUpWithUnready && groups.missing().isEmpty()) {
            return tolerances.allow(ratio) ? replicas : ceil(ratio * groups.ready());
        }
        SortedMap<String, Long> assumed = new TreeMap<>(counted);
        if (isUp) {
            groups.missing().forEach(pod -> assumed.put(pod, 0L));
        } else if (ratio < 1) {
            groups.missing().forEach(pod -> assumed.put(pod, most.applyAsLong(pod)));
        }
        if (isUpWithUnready) {
            groups.unready().forEach(pod -> assumed.put(pod, 0L));
        }
        double next = ratioOf.applyAsDouble(assumed);
        boolean isTurned = isUp ? next < 1 : ratio < 1 && next > 1;
        if (isTurned || tolerances.allow(next)) {
            return replicas;
        }
        int wanted = ceil(next * assumed.size());
        boolean isAgainst = next < 1 ? wanted > replicas : wanted < replicas;
        return isAgainst ? replicas : wanted;
    }

    private static int percent(SortedMap<String, Long> used, PodRequests requests) {
        long requested = used.keySet().stream().mapToLong(requests::of).sum();
        return (int) (sum(used) * 100 / requested);
    }

    private static long average(SortedMap<String, Long> used) {
        return sum(used) / used.size();
    }

    private static long sum(SortedMap<String, Long> used) {
        return used.values().stream().mapToLong(Long::longValue).sum();
    }

    private static int ceil(double replicas) {
        return (int) Math.ceil(replicas);
    }
}
