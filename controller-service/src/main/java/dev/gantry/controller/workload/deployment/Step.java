package dev.gantry.controller.workload.deployment;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sets of one Deployment sorted into the latest and the old ones, as drafts. */
final class Step {
    private final DeploymentView view;
    private final Limits limits;
    private final Optional<SetDraft> latest;
    private final List<SetDraft> old = new ArrayList<>();
    private final Rollout rollout;

    Step(DeploymentView view) {
        this.view = view;
        this.limits = Limits.of(view.deployment());
        SetDraft found = null;
        for (Resource set : view.adoption().owned()) {
            var draft = new SetDraft(set);
            // Compat: of several sets with the wanted template, the oldest is the new one.
            if (found == null && Template.isOf(set, view.deployment())) {
                found = draft;
            } else {
                old.add(draft);
            }
        }
        this.latest = Optional.ofNullable(found);
        this.rollout = new Rollout(limits, latest, old);
    }

    DeploymentView view() {
        return view;
    }

    Limits limits() {
        return limits;
    }

    Optional<SetDraft> latest() {
        return latest;
    }

    List<SetDraft> old() {
        return old;
    }

    List<SetDraft> all() {
        List<SetDraft> all = new ArrayList<>(old);
        latest.ifPresent(all::add);
        return all;
    }

    Rollout rollout() {
        return rollout;
    }

    /** One more than the newest of the old sets. */
    long newRevision() {
        return 1 + old.stream().mapToLong(set -> Notes.revision(set.seen())).max().orElse(0);
    }

    /** Gives the latest set its revision number and what it takes over from the Deployment. */
    void syncRevision() {
        if (latest.isEmpty()) {
            return;
        }
        SetDraft set = latest.get();
        Resource deployment = view.deployment();
        deployment
                .annotations()
                .forEach(
                        (name, value) -> {
                            if (!Notes.NOT_COPIED.contains(name)) {
                                set.annotate(name, value);
                            }
                        });
        set.minReadySeconds(deployment.spec().path("minReadySeconds").asInt(0));
        long before = Notes.revision(set.seen());
        if (before >= newRevision()) {
            return;
        }
        set.annotate(Notes.REVISION, Long.toString(newRevision()));
        if (before > 0) {
            String history = set.seen().annotations().getOrDefault(Notes.HISTORY, "");
            set.annotate(Notes.HISTORY, history.isEmpty() ? "" + before : history + "," + before);
        }
    }

    /** The Deployment with the revision of its latest set; empty where it has it. */
    Optional<Resource> withRevision() {
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        long revision = Math.max(Notes.revision(latest.get().seen()), newRevision());
        if (Notes.revision(view.deployment()) == revision) {
            return Optional.empty();
        }
        Resource copy = view.deployment().copy();
        Resource.child(copy.mutableMetadata(), "annotations")
                .put(Notes.REVISION, Long.toString(revision));
        return Optional.of(copy);
    }

    /**
     * Whether the Deployment's size was changed since its sets were last sized. Compat:
     * isScalingEvent.
     */
    boolean isScaling() {
        return all().stream()
                .filter(SetDraft::isActive)
                .map(set -> Notes.number(set.seen(), Notes.DESIRED))
                .anyMatch(
                        desired -> desired.isPresent() && desired.getAsLong() != limits.replicas());
    }
}
