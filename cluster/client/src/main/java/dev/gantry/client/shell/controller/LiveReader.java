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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads some objects and lists, which came from the API a moment ago, in place of the cache. */
final class LiveReader implements ClusterReader {
    private final ClusterReader behind;
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
            Optional<String> refusal) {
        LiveReads reads = controller.liveReads(key, behind);
        var reader = new LiveReader(behind, reads, api, refusal);
        while (!reader.answers.keySet().containsAll(reads.queries())) {
            reads.queries().forEach(each -> reader.answers.computeIfAbsent(each, api::answer));
            reads = controller.liveReads(key, reader);
        }
        return reader;
    }

    private LiveReader(
            ClusterReader behind, LiveReads reads, ClusterApi api, Optional<String> refusal) {
        this.behind = behind;
        this.namespace = reads.namespace();
        this.refusal = refusal;
        for (ObjectKey key : reads.objects()) {
            objects.put(key, api.get(key));
        }
        for (GroupResource resource : reads.lists()) {
            lists.put(resource, api.list(resource, reads.namespace(), ""));
        }
    }

    @Override
    public Optional<Resource> get(ObjectKey key) {
        Optional<Resource> fresh = objects.get(key);
        return fresh == null ? behind.get(key) : fresh;
    }

    @Override
    public List<Kind> kinds() {
        return behind.kinds();
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
