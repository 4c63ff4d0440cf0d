package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * A pod as placement sees it.
 *
 * @param departure whether it is being deleted
 * @param owner uid of the controller whose replicas are siblings; empty where there is none
 * @param mayPreempt false where the pod's preemptionPolicy is Never
 * @param needs volumes and device claims, which differ even between pods of equal signature
 * @param since when the pod began to wait: its creation
 * @param started when its node began with it; {@link Instant#MAX} where none has yet
 * @param mobility whether it may be moved to another node once it is placed
 */
public record PodInfo(
        ObjectKey key,
        Uid uid,
        Revision revision,
        int priority,
        boolean mayPreempt,
        Instant since,
        Instant started,
        String owner,
        SortedMap<String, String> labels,
        Departure departure,
        PodSignature signature,
        PodNeeds needs,
        Mobility mobility) {
    /** Whether a pod is being deleted, and what for. */
    public enum Departure {
        NONE,
        LEAVING,
        /** Preempted: a pod of higher priority waits for its space. */
        MAKING_WAY
    }

    public boolean isLeaving() {
        return departure != Departure.NONE;
    }

    /** Whether its placement may write more than the pod. */
    public boolean mayHaveConsequences() {
        return !needs.volumes().isNone() || hasClaims();
    }

    /** Whether it needs devices, of claims of its own or for extended resources. */
    public boolean hasClaims() {
        return !needs.claims().isNone() || !signature.byDevices().isEmpty();
    }

    /** The same pod with what is known now of the extended resources that devices stand for. */
    public PodInfo byDevices(List<String> resources) {
        return resources.equals(signature.byDevices())
                ? this
                : sharing(signature.byDevices(resources), labels, owner);
    }

    /** The same pod once it has been told to go. */
    public PodInfo leaving() {
        return with(Departure.LEAVING, signature, labels, owner);
    }

    /** The same pod once it has been told to go for another. */
    public PodInfo makingWay() {
        return with(Departure.MAKING_WAY, signature, labels, owner);
    }

    /** The same pod with parts that other pods have too. */
    public PodInfo sharing(
            PodSignature shared, SortedMap<String, String> sharedLabels, String sharedOwner) {
        if (shared == signature && sharedLabels == labels && sharedOwner.equals(owner)) {
            return this;
        }
        return with(departure, shared, sharedLabels, sharedOwner);
    }

    private PodInfo with(
            Departure now,
            PodSignature nowSignature,
            SortedMap<String, String> nowLabels,
            String nowOwner) {
        return new PodInfo(
                key,
                uid,
                revision,
                priority,
                mayPreempt,
                since,
                started,
                nowOwner,
                nowLabels,
                now,
                nowSignature,
                needs,
                mobility);
    }
}
