package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.workload.podautoscaler.Measured.Sample;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The pods of a target by what their metrics are worth. Compat: {@code groupPods}.
 *
 * @param ready how many count
 * @param unready those whose sample says nothing of how they will do
 * @param missing those without a sample
 * @param ignored those that go or failed
 */
record PodGroups(
        int ready,
        SortedSet<String> unready,
        SortedSet<String> missing,
        SortedSet<String> ignored) {

    /**
     * @param resource {@code cpu}, which new pods use for other things than their work; another
     *     resource or metric is believed at once
     */
    static PodGroups of(
            List<Resource> pods,
            SortedMap<String, Sample> samples,
            String resource,
            AutoscalerSettings settings,
            Instant now) {
        SortedSet<String> unready = new TreeSet<>();
        SortedSet<String> missing = new TreeSet<>();
        SortedSet<String> ignored = new TreeSet<>();
        int ready = 0;
        for (Resource pod : pods) {
            Sample sample = samples.get(pod.name());
            if (pod.isBeingDeleted() || PodLife.phase(pod).equals("Failed")) {
                ignored.add(pod.name());
            } else if (PodLife.phase(pod).equals("Pending")) {
                unready.add(pod.name());
            } else if (sample == null) {
                missing.add(pod.name());
            } else if (resource.equals("cpu") && isStarting(pod, sample, settings, now)) {
                unready.add(pod.name());
            } else {
                ready++;
            }
        }
        return new PodGroups(ready, unready, missing, ignored);
    }

    /** The samples of the pods that count. */
    SortedMap<String, Long> counted(SortedMap<String, Sample> samples) {
        SortedMap<String, Long> counted = new TreeMap<>();
        samples.forEach((pod, sample) -> counted.put(pod, sample.milli()));
        for (Collection<String> without : List.of(unready, ignored)) {
            without.forEach(counted::remove);
        }
        return counted;
    }

    private static boolean isStarting(
            Resource pod, Sample sample, AutoscalerSettings settings, Instant now) {
        Optional<JsonNode> ready = Conditions.find(pod.status().path("conditions"), "Ready");
        Optional<Instant> started = Resource.instant(pod.status().path("startTime"));
        if (ready.isEmpty() || started.isEmpty()) {
            return true;
        }
        boolean isUnready = Resource.text(ready.get(), "status").equals("False");
        Instant changed =
                Resource.instant(ready.get().path("lastTransitionTime")).orElse(Instant.EPOCH);
        if (started.get().plus(settings.cpuInitializationPeriod()).isAfter(now)) {
            return isUnready || sample.at().isBefore(changed.plus(sample.window()));
        }
        return isUnready && started.get().plus(settings.initialReadinessDelay()).isAfter(changed);
    }
}
