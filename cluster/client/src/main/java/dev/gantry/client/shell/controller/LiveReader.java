package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads some objects and lists, which came from the API a moment ago, in place of the cache. */
final class LiveReader implements ClusterReader {
    private static final int AT_ONCE = 8;

    private final ClusterReader behind;

    /** Those from before the live reads were chosen: of a kind that came since, none were. */
    private final List<Kind> kinds;

    private final List<Kind> aggregatedKinds;
    private final String namespace;
    private final Map<ObjectKey, Optional<Resource>> objects = new HashMap<>();
    private final Map<GroupResource, List<Resource>> lists = new HashMap<>();
    private final Map<ApiQuery, ApiAnswer> answers = new HashMap<>();
    private final Optional<String> refusal;

    /** With all that the controller wants to read for the key. */
    static LiveReader of(
            Controller controller,
            ObjectKey key,
            ClusterReader behind,
            ClusterApi api,
            Optional<String> refusal)
            throws InterruptedException {
        List<Kind> kinds = behind.kinds();
        List<Kind> aggregatedKinds = behind.aggregatedKinds();
        LiveReads reads = controller.liveReads(key, behind);
        var reader = new LiveReader(behind, kinds, aggregatedKinds, reads.namespace(), refusal);
        reader.read(reads, api);
        while (!reader.answers.keySet().containsAll(reads.queries())) {
            reads.queries().forEach(each -> reader.answers.computeIfAbsent(each, api::answer));
            reads = controller.liveReads(key, reader);
        }
        return reader;
    }

    private LiveReader(
            ClusterReader behind,
            List<Kind> kinds,
            List<Kind> aggregatedKinds,
            String namespace,
            Optional<String> refusal) {
        this.behind = behind;
        this.kinds = kinds;
        this.aggregatedKinds = aggregatedKinds;
        this.namespace = namespace;
        this.refusal = refusal;
    }

    /** Cost: each kind is listed before a namespace goes; one by one, that took longest of all. */
    private void read(LiveReads reads, ClusterApi api) throws InterruptedException {
        for (ObjectKey key : reads.objects()) {
            objects.put(key, api.get(key));
        }
        if (reads.lists().isEmpty()) {
            return;
        }
        List<Callable<List<Resource>>> questions = new ArrayList<>();
        for (GroupResource each : reads.lists()) {
            questions.add(() -> api.list(each, namespace, ""));
        }
        try (var workers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<List<Resource>>> found = workers.invokeAll(questions);
            for (int i = 0; i < found.size(); i++) {
                lists.put(reads.lists().get(i), found.get(i).get());
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("listing for " + namespace, failed);
        }
    }

    @Override
    public Optional<Resource> get(ObjectKey key) {
        Optional<Resource> fresh = objects.get(key);
        return fresh == null ? behind.get(key) : fresh;
    }

    @Override
    public List<Kind> kinds() {
        return kinds;
    }

    @Override
    public List<Kind> aggregatedKinds() {
        return aggregatedKinds;
    }

    @Override
    public List<Resource> list(GroupResource resource) {
        return behind.list(resource);
    }

    @Override
    public List<Resource> list(GroupResource resource, String of) {
        List<Resource> fresh = of.equals(namespace) ? lists.get(resource) : null;
        return fresh == null ? behind.list(resource, of) : fresh;
    }

    @Override
    public List<Resource> ownedBy(Uid owner, GroupResource resource) {
        return behind.ownedBy(owner, resource);
    }

    @Override
    public List<ObjectKey> ownedBy(Uid owner) {
        return behind.ownedBy(owner);
    }

    @Override
    public List<Resource> orphans(GroupResource resource, String of) {
        return behind.orphans(resource, of);
    }

    @Override
    public List<Resource> podsOn(String node) {
        return behind.podsOn(node);
    }

    @Override
    public List<Resource> selectedBy(Resource service) {
        return behind.selectedBy(service);
    }

    @Override
    public List<Resource> servicesSelecting(Resource pod) {
        return behind.servicesSelecting(pod);
    }

    @Override
    public List<Resource> slicesOf(ObjectKey service) {
        return behind.slicesOf(service);
    }

    @Override
    public boolean isFresh(String of) {
        return of.equals(namespace) && !lists.isEmpty();
    }

    @Override
    public Optional<ApiAnswer> answer(ApiQuery query) {
        return Optional.ofNullable(answers.get(query));
    }

    @Override
    public Optional<String> lastRefusal(ObjectKey key) {
        return refusal;
    }
}
