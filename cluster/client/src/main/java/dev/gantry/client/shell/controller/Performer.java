package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Expectations;
import dev.gantry.client.event.Occurrence;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import okhttp3.MediaType;

/**
 * Performs the actions of a plan in order; runs of creations, of deletions and of patches of
 * metadata side by side.
 *
 * <p>They start slowly (1, 2, 4, … at once), so that a refusal that meets all of them, such as an
 * exhausted quota, is met once and not five hundred times.
 */
public final class Performer {
    /** Of these, a plan has one for each of many objects. */
    private static final Set<Class<? extends Action>> SIDE_BY_SIDE =
            Set.of(Action.Create.class, Action.Delete.class, Action.PatchMetadata.class);

    private static final MediaType JSON = MediaType.get("application/json");

    private final ClusterApi api;
    private final EventRecorder events;
    private final Semaphore inFlight;
    private final Creations creations;

    /**
     * @param limit how many requests may be under way at once, over all controllers
     */
    public Performer(ClusterApi api, EventRecorder events, int limit) {
        this.api = api;
        this.events = events;
        this.inFlight = new Semaphore(limit);
        this.creations = new Creations(api);
    }

    public ClusterApi api() {
        return api;
    }

    /** Throws what the API said to the first action that failed; the rest is then left. */
    public void perform(
            Controller controller,
            ObjectKey key,
            ClusterReader cluster,
            List<Action> actions,
            Expectations expected)
            throws InterruptedException {
        var job = new Job(controller, key, cluster, expected);
        int at = 0;
        int together = 1;
        while (at < actions.size()) {
            int end = at + 1;
            Class<?> type = actions.get(at).getClass();
            boolean mayShare = SIDE_BY_SIDE.contains(type);
            while (mayShare
                    && end < actions.size()
                    && end - at < together
                    && actions.get(end).getClass() == type) {
                end++;
            }
            performTogether(actions.subList(at, end), job);
            together = mayShare ? together * 2 : 1;
            at = end;
        }
    }

    private void performTogether(List<Action> actions, Job job) throws InterruptedException {
        if (actions.size() == 1) {
            perform(actions.getFirst(), job);
            return;
        }
        var failures = new ConcurrentLinkedQueue<RuntimeException>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Action action : actions) {
                workers.execute(
                        () -> {
                            try {
                                perform(action, job);
                            } catch (RuntimeException failure) {
                                failures.add(failure);
                            } catch (InterruptedException closing) {
                                Thread.currentThread().interrupt();
                            }
                        });
            }
        }
        RuntimeException first = failures.peek();
        if (first != null) {
            throw first;
        }
    }

    private void perform(Action action, Job job) throws InterruptedException {
        if (action instanceof Action.RecordEvent event) {
            record(job.controller, event);
            return;
        }
        inFlight.acquire();
        try {
            Optional<Resource> result = send(action, job);
            job.expected.performed(action, result);
            job.controller
                    .done(job.key, job.cluster, action, result)
                    .ifPresent(event -> record(job.controller, event));
        } catch (ApiRefused refused) {
            if (isWorthTelling(refused)) {
                job.controller
                        .refused(job.key, job.cluster, action, String.valueOf(refused.getMessage()))
                        .ifPresent(event -> record(job.controller, event));
            }
            throw refused;
        } finally {
            inFlight.release();
        }
    }

    private Optional<Resource> send(Action action, Job job) {
        return switch (action) {
            case Action.Create create -> Optional.of(creations.create(create, job.cluster));
            case Action.Update update ->
                    Optional.of(api.update(update.resource(), update.object()));
            case Action.PatchMetadata patch ->
                    Optional.of(api.mergePatch(patch.key(), "", patch.patch()));
            case Action.PutStatus put -> Optional.of(api.putStatus(put.resource(), put.object()));
            case Action.Approve decided -> {
                String path = ClusterApi.path(decided.object().key(decided.resource()));
                yield Optional.of(
                        api.send("PUT", path + "/approval", decided.object().tree(), JSON));
            }
            case Action.PutScale put ->
                    Optional.of(api.send("PUT", put.path(), put.scale().tree(), JSON));
            case Action.Delete delete -> {
                api.delete(delete.key(), delete.uid(), delete.propagation());
                yield Optional.empty();
            }
            case Action.Remove remove -> {
                api.remove(remove.key(), remove.uid());
                yield Optional.empty();
            }
            case Action.DeletePath gone -> {
                api.send("DELETE", gone.path(), null, JSON);
                yield Optional.empty();
            }
            case Action.DeleteAll all -> {
                api.send("DELETE", api.pathOf(all.resource(), all.namespace()), null, JSON);
                yield Optional.empty();
            }
            case Action.Finalize end -> {
                ObjectKey key = end.namespace().key(Resources.NAMESPACES);
                String path = ClusterApi.path(key) + "/finalize";
                yield Optional.of(api.send("PUT", path, end.namespace().tree(), JSON));
            }
            case Action.RecordEvent _ -> Optional.empty();
        };
    }

    /**
     * A conflict is not news: somebody else was faster, and the key is reconciled again. In a
     * namespace that ends no event could be written either.
     */
    private static boolean isWorthTelling(ApiRefused refused) {
        return !refused.isConflict() && !refused.isMissing() && !refused.isOfEndingNamespace();
    }

    private void record(Controller controller, Action.RecordEvent event) {
        events.record(
                new Occurrence(
                        event.about(),
                        controller.component(),
                        "",
                        event.isWarning(),
                        event.reason(),
                        event.message()));
    }

    private record Job(
            Controller controller, ObjectKey key, ClusterReader cluster, Expectations expected) {}
}
