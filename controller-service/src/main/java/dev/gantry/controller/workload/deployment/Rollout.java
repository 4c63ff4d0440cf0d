package dev.gantry.controller.workload.deployment;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sizes of a Deployment's ReplicaSets in the next step of a rolling update.
 *
 * <p>Goal: all pods in the new set. Constraints: at most {@code maximum} pods wanted in all, at
 * least {@code minimumAvailable} pods available. Steps: grow the new set as far as the maximum
 * allows; only if nothing grew, take away from the old ones: first pods that are not available
 * anyway, then available ones that can be spared.
 *
 * <p>Example: replicas 4, surge 1, unavailable 1, old 4 of 4 available. New grows to 1 (5 in all).
 * Then old shrinks to 3. When the new pod is available, new grows to 2, old shrinks to 2, and so
 * on.
 */
final class Rollout {
    private final Limits limits;
    private final Optional<SetDraft> latest;
    private final List<SetDraft> old;

    /**
     * @param old the oldest first
     */
    Rollout(Limits limits, Optional<SetDraft> latest, List<SetDraft> old) {
        this.limits = limits;
        this.latest = latest;
        this.old = old;
    }

    /** The size for a new set: all at once for Recreate. */
    int growth(int current, boolean isRolling) {
        if (!isRolling) {
            return limits.replicas();
        }
        int room = limits.maximum() - wanted();
        return room <= 0 ? current : current + Math.min(room, limits.replicas() - current);
    }

    /** Returns whether the new set changed its size. */
    boolean resizeLatest() {
        if (latest.isEmpty()) {
            return false;
        }
        SetDraft set = latest.get();
        int before = set.replicas();
        if (before == limits.replicas()) {
            return false;
        }
        int next = before > limits.replicas() ? limits.replicas() : growth(before, true);
        set.scale(next, limits);
        return next != before;
    }

    void shrinkOld() {
        int oldPods = old.stream().mapToInt(SetDraft::replicas).sum();
        if (oldPods == 0) {
            return;
        }
        int newUnavailable =
                latest.map(set -> Math.max(0, set.replicas() - set.available())).orElse(0);
        int spare = wanted() - limits.minimumAvailable() - newUnavailable;
        if (spare <= 0) {
            return;
        }
        removeUnavailable(spare);
        removeAvailable();
    }

    private void removeUnavailable(int limit) {
        int removed = 0;
        for (SetDraft set : old) {
            if (removed >= limit) {
                break;
            }
            int unavailable = set.replicas() - set.available();
            if (set.replicas() == 0 || unavailable <= 0) {
                continue;
            }
            int count = Math.min(limit - removed, unavailable);
            set.scale(set.replicas() - count, limits);
            removed += count;
        }
    }

    private void removeAvailable() {
        int available =
                old.stream().mapToInt(SetDraft::available).sum()
                        + latest.map(SetDraft::available).orElse(0);
        int spare = available - limits.minimumAvailable();
        for (SetDraft set : old) {
            if (spare <= 0) {
                return;
            }
            int count = Math.min(set.replicas(), spare);
            if (count > 0) {
                set.scale(set.replicas() - count, limits);
                spare -= count;
            }
        }
    }

    private int wanted() {
        return old.stream().mapToInt(SetDraft::replicas).sum()
                + latest.map(SetDraft::replicas).orElse(0);
    }

    /**
     * A Deployment that is scaled in the middle of a rollout (or paused) grows and shrinks all its
     * sets in proportion, so that the risk stays as spread as it was.
     */
    void scaleInProportion(Resource deployment) {
        Optional<SetDraft> only = onlyActiveOrLatest();
        if (only.isPresent()) {
            only.get().scale(limits.replicas(), limits);
            return;
        }
        if (isSaturated()) {
            old.stream().filter(SetDraft::isActive).forEach(set -> set.scale(0, limits));
            return;
        }
        if (DeploymentView.recreates(deployment)) {
            return;
        }
        List<SetDraft> active = new ArrayList<>(old.stream().filter(SetDraft::isActive).toList());
        latest.filter(SetDraft::isActive).ifPresent(active::add);
        int allowed = limits.replicas() > 0 ? limits.maximum() : 0;
        int toAdd = allowed - active.stream().mapToInt(SetDraft::replicas).sum();
        distribute(active, toAdd, deployment.status().path("replicas").asInt(0));
    }

    /** The biggest first; among equals the newest grows and the oldest shrinks first. */
    private void distribute(List<SetDraft> active, int toAdd, int podsNow) {
        Comparator<SetDraft> byAge =
                Comparator.comparing(set -> set.seen().creationTime().orElse(Instant.EPOCH));
        active.sort(
                Comparator.comparingInt((SetDraft set) -> -set.replicas())
                        .thenComparing(toAdd > 0 ? byAge.reversed() : byAge)
                        .thenComparing(SetDraft::name));
        int added = 0;
        for (SetDraft set : active) {
            int share = toAdd == 0 ? 0 : proportion(set, toAdd - added, podsNow);
            set.scale(set.replicas() + share, limits);
            added += share;
        }
        if (!active.isEmpty() && toAdd != added) {
            SetDraft first = active.getFirst();
            first.scale(Math.max(0, first.replicas() + toAdd - added), limits);
        }
    }

    private int proportion(SetDraft set, int left, int podsNow) {
        if (left == 0) {
            return 0;
        }
        int share = -set.replicas();
        if (limits.replicas() > 0) {
            long before = Notes.number(set.seen(), Notes.MAXIMUM).orElse(0);
            double base = before > 0 ? before : Math.max(1, podsNow);
            share = (int) Math.round(set.replicas() * limits.maximum() / base) - set.replicas();
        }
        return left > 0 ? Math.min(share, left) : Math.max(share, left);
    }

    private Optional<SetDraft> onlyActiveOrLatest() {
        List<SetDraft> active = new ArrayList<>(old.stream().filter(SetDraft::isActive).toList());
        latest.filter(SetDraft::isActive).ifPresent(active::add);
        return switch (active.size()) {
            case 0 -> latest.isPresent() || old.isEmpty() ? latest : Optional.of(old.getLast());
            case 1 -> Optional.of(active.getFirst());
            default -> Optional.empty();
        };
    }

    private boolean isSaturated() {
        return latest.filter(
                        set ->
                                Notes.number(set.seen(), Notes.DESIRED).orElse(-1)
                                                == limits.replicas()
                                        && set.replicas() == limits.replicas()
                                        && set.available() == limits.replicas())
                .isPresent();
    }
}
