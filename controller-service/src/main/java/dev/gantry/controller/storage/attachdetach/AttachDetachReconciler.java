package dev.gantry.controller.storage.attachdetach;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Detaches one volume where it is not needed, then attaches it where it is.
 *
 * <p>Compat: a volume that a pod left stays attached while its node has it in use; after six
 * minutes it is taken from a node that is not Ready, and at once from one that somebody tainted as
 * out of service.
 */
final class AttachDetachReconciler implements Reconciler<AttachDetachView, Action> {
    static final GroupResource ATTACHMENTS = Kinds.VOLUME_ATTACHMENT.resource();

    /** Compat: {@code ReconcilerMaxWaitForUnmountDuration}. */
    static final Duration UNMOUNT = Duration.ofMinutes(6);

    /** Compat: {@code csiTimeout}; after this, each time, pods are told. */
    static final Duration ATTACHER = Duration.ofMinutes(2);

    private static final GroupResource PODS = Resources.PODS;

    /** What is wanted so far, and when to look again. */
    private static final class Draft {
        private final List<Action> actions = new ArrayList<>();
        private Optional<Instant> again = Optional.empty();

        void lookAgain(Instant at) {
            again = again.filter(sooner -> sooner.isBefore(at)).or(() -> Optional.of(at));
        }

        void tell(List<Resource> pods, boolean isWarning, String reason, String message) {
            for (Resource pod : pods) {
                actions.add(new Action.RecordEvent(PODS, pod, isWarning, reason, message));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(AttachDetachView view, Instant now) {
        var draft = new Draft();
        for (Attachment each : view.attachments()) {
            if (!each.isThere() || each.isGoing()) {
                takeFromList(view, each, draft);
            } else if (!each.isNeeded()) {
                detach(view, each, now, draft);
            } else if (each.isAttached()) {
                announce(view, each, draft);
            } else {
                await(view, each, now, draft);
            }
        }
        attach(view, draft);
        return new Plan<>(draft.actions, draft.again);
    }

    /** The node hears of it first, so that no pod that comes now begins to mount it. */
    private static void detach(
            AttachDetachView view, Attachment attachment, Instant now, Draft draft) {
        Optional<Instant> timeout = attachment.idleSince().map(since -> since.plus(UNMOUNT));
        boolean isForced =
                attachment.isNodeOutOfService()
                        || !attachment.isNodeHealthy()
                                && timeout.filter(end -> !now.isBefore(end)).isPresent();
        if (attachment.isInUse() && !isForced) {
            timeout.filter(now::isBefore).ifPresent(draft::lookAgain);
            return;
        }
        takeFromList(view, attachment, draft);
        Resource object = attachment.object().orElseThrow();
        draft.actions.add(
                new Action.Delete(object.key(ATTACHMENTS), object.uid(), Propagation.BACKGROUND));
    }

    private static void takeFromList(AttachDetachView view, Attachment attachment, Draft draft) {
        if (attachment.isListed()) {
            draft.actions.add(
                    NodeVolumes.withoutListing(
                            attachment.node().orElseThrow(), view.csi().orElseThrow()));
        }
    }

    private static void announce(AttachDetachView view, Attachment attachment, Draft draft) {
        if (attachment.isListed() || view.csi().isEmpty()) {
            return;
        }
        draft.actions.add(
                NodeVolumes.listing(attachment.node().orElseThrow(), view.csi().orElseThrow()));
        draft.tell(
                attachment.pods(),
                false,
                "SuccessfulAttachVolume",
                AttachText.of("AttachVolume.Attach succeeded", view.name(), ""));
    }

    /** Its attacher is at work, or there is none. */
    private static void await(
            AttachDetachView view, Attachment attachment, Instant now, Draft draft) {
        takeFromList(view, attachment, draft);
        Resource object = attachment.object().orElseThrow();
        String error = Resource.text(object.status().path("attachError"), "message");
        Instant due = object.creationTime().orElse(now).plus(ATTACHER);
        String words = "";
        if (!error.isEmpty()) {
            words = error;
        } else if (now.isBefore(due)) {
            draft.lookAgain(due);
        } else {
            draft.lookAgain(now.plus(ATTACHER));
            words = AttachText.noAttacher(view.csi());
        }
        if (!words.isEmpty()) {
            String message = AttachText.of("AttachVolume.Attach failed", view.name(), ": " + words);
            draft.tell(attachment.pods(), true, AttachText.FAILED, message);
        }
    }

    private static void attach(AttachDetachView view, Draft draft) {
        List<Attachment> waiting =
                view.attachments().stream()
                        .filter(each -> each.isNeeded() && !each.isThere())
                        .sorted(Comparator.comparing(AttachDetachReconciler::firstAsked))
                        .toList();
        if (view.object().isEmpty() || view.csi().isEmpty()) {
            return;
        }
        if (!view.isForOneNode()) {
            waiting.forEach(each -> draft.actions.add(create(view, each)));
            return;
        }
        List<Attachment> holders = view.attachments().stream().filter(Attachment::isThere).toList();
        if (holders.isEmpty()) {
            waiting.stream().findFirst().ifPresent(each -> draft.actions.add(create(view, each)));
        } else if (holders.stream().noneMatch(each -> isLeaving(each, draft))) {
            waiting.forEach(each -> tellOfHolders(view, each, holders, draft));
        }
    }

    /** Who waits for it is served when it is gone, without a word. */
    private static boolean isLeaving(Attachment holder, Draft draft) {
        return holder.isGoing()
                || draft.actions.stream()
                        .anyMatch(
                                each ->
                                        each instanceof Action.Delete gone
                                                && gone.uid()
                                                        .equals(
                                                                holder.object()
                                                                        .orElseThrow()
                                                                        .uid()));
    }

    private static Instant firstAsked(Attachment attachment) {
        return attachment.pods().stream()
                .flatMap(pod -> pod.creationTime().stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Compat: once, and not at each look ({@code MultiAttachErrorReported}). */
    private static void tellOfHolders(
            AttachDetachView view, Attachment waiting, List<Attachment> holders, Draft draft) {
        List<Resource> users = holders.stream().flatMap(each -> each.pods().stream()).toList();
        for (Resource pod : waiting.pods()) {
            if (view.told().contains(pod.uid())) {
                continue;
            }
            String words = AttachText.alreadyUsed(users, pod.namespace());
            String message = AttachText.of(AttachText.MULTI_ATTACH, view.name(), words);
            draft.tell(List.of(pod), true, AttachText.FAILED, message);
        }
    }

    private static Action create(AttachDetachView view, Attachment attachment) {
        CsiVolume csi = view.csi().orElseThrow();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Kinds.VOLUME_ATTACHMENT.apiVersion());
        object.put("kind", Kinds.VOLUME_ATTACHMENT.kindName());
        object.putObject("metadata").put("name", csi.attachment(attachment.nodeName()));
        ObjectNode spec = object.putObject("spec");
        spec.put("attacher", csi.driver());
        spec.put("nodeName", attachment.nodeName());
        spec.putObject("source").put("persistentVolumeName", view.object().orElseThrow().name());
        return new Action.Create(ATTACHMENTS, new Resource(object));
    }
}
