package dev.gantry.controller.storage.attachdetach;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What no object says, remembered while this process runs: since when attachments are idle, what
 * nodes that are gone had in use, which VolumeAttachments may have been made although the answer to
 * that was lost, and which pods were told that another node has their volume. Any thread may ask
 * and add.
 */
final class Memory {
    private final SortedMap<ObjectKey, Instant> idle = new TreeMap<>();
    private final SortedMap<String, Set<String>> goneNodes = new TreeMap<>();
    private final SortedMap<String, SortedSet<ObjectKey>> created = new TreeMap<>();
    private final SortedMap<String, Set<Uid>> told = new TreeMap<>();

    /** The view with the times since which its attachments are idle. */
    synchronized AttachDetachView timed(AttachDetachView view, Instant now) {
        List<Attachment> timed = new ArrayList<>();
        for (Attachment each : view.attachments()) {
            Optional<ObjectKey> key =
                    each.object().map(object -> object.key(AttachDetachReconciler.ATTACHMENTS));
            if (key.isPresent() && !each.isNeeded()) {
                timed.add(each.idle(idle.computeIfAbsent(key.get(), _ -> now)));
            } else {
                key.ifPresent(idle::remove);
                timed.add(each);
            }
        }
        return new AttachDetachView(
                view.name(), view.object(), view.csi(), List.copyOf(timed), view.told());
    }

    /** The plan is about to be performed; the view told what became of earlier ones. */
    synchronized void plans(AttachDetachView view, Plan<Action> plan) {
        SortedSet<ObjectKey> doubtful = new TreeSet<>();
        for (Attachment each : view.attachments()) {
            each.object()
                    .map(object -> object.key(AttachDetachReconciler.ATTACHMENTS))
                    .filter(created(view.name())::contains)
                    .ifPresent(doubtful::add);
        }
        for (Action each : plan.actions()) {
            if (each instanceof Action.Create create) {
                doubtful.add(create.object().key(create.resource()));
            }
        }
        keep(created, view.name(), doubtful);
        keep(told, view.name(), toldNow(view, plan));
    }

    private static <V extends Set<?>> void keep(Map<String, V> all, String volume, V values) {
        if (values.isEmpty()) {
            all.remove(volume);
        } else {
            all.put(volume, values);
        }
    }

    /** Those that still wait for it. */
    private static Set<Uid> toldNow(AttachDetachView view, Plan<Action> plan) {
        Set<Uid> told = new TreeSet<>();
        for (Attachment each : view.attachments()) {
            if (!each.isThere()) {
                each.pods().stream()
                        .map(Resource::uid)
                        .filter(view.told()::contains)
                        .forEach(told::add);
            }
        }
        for (Action each : plan.actions()) {
            if (each instanceof Action.RecordEvent event
                    && AttachText.isMultiAttach(event.message())) {
                told.add(event.about().uid());
            }
        }
        return told;
    }

    synchronized Set<Uid> told(String volume) {
        return told.getOrDefault(volume, Set.of());
    }

    /** Of these, only the API knows whether they are there. */
    synchronized List<ObjectKey> created(String volume) {
        return List.copyOf(created.getOrDefault(volume, new TreeSet<>()));
    }

    synchronized void heard(String volume, ObjectKey attachment, boolean isThere) {
        created.computeIfPresent(
                volume,
                (_, keys) -> {
                    keys.remove(attachment);
                    return keys.isEmpty() ? null : keys;
                });
        if (!isThere) {
            idle.remove(attachment);
        }
    }

    synchronized void nodeGone(Resource node) {
        goneNodes.put(node.name(), NodeVolumes.inUse(node));
    }

    synchronized void forgetNode(String name) {
        goneNodes.remove(name);
    }

    /** Of a node of which nothing was ever heard, the worst is assumed. */
    synchronized boolean wasInUse(String node, Optional<CsiVolume> volume) {
        Set<String> inUse = goneNodes.get(node);
        return inUse == null
                || volume.filter(each -> inUse.contains(each.uniqueName())).isPresent();
    }
}
