package dev.gantry.client.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ExpectationsTest {
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey KEY = new ObjectKey(PODS, "n", "a");

    private final Cache cache = new Cache();
    private final Expectations expectations = new Expectations();

    @Test
    void nothingWrittenIsSeenAtOnce() {
        assertThat(expectations.isSeenBy(cache, cache::revision)).isTrue();
    }

    @Test
    void aWriteIsSeenWhenTheCacheHasReachedItsRevision() {
        expectations.wrote(PODS, pod("u", 5, ""));

        assertThat(expectations.isSeenBy(cache, cache::revision)).isFalse();
        told("other", 4);
        assertThat(expectations.isSeenBy(cache, cache::revision)).isFalse();
        told("other", 5);
        assertThat(expectations.isSeenBy(cache, cache::revision)).isTrue();
    }

    @Test
    void ofSeveralWritesTheLastCountsInWhateverOrderTheirAnswersCome() {
        expectations.wrote(PODS, pod("u", 7, ""));
        expectations.wrote(PODS, pod("v", 5, ""));
        told("other", 5);

        assertThat(expectations.isSeenBy(cache, cache::revision)).isFalse();
        told("other", 7);
        assertThat(expectations.isSeenBy(cache, cache::revision)).isTrue();
    }

    @Test
    void eachResourceIsWaitedForByItself() {
        expectations.wrote(Resources.REPLICA_SETS, pod("u", 5, ""));
        told("other", 9);

        assertThat(expectations.isSeenBy(cache, cache::revision)).isFalse();
    }

    @Test
    void aDeletionIsSeenWhenTheObjectIsGone() {
        cache.put(KEY, new Revision(1), Optional.of(pod("u", 1, "")));
        expectations.deletes(KEY, new Uid("u"));

        assertThat(expectations.isSeenBy(cache, cache::revision)).isFalse();
        cache.put(KEY, new Revision(2), Optional.empty());
        assertThat(expectations.isSeenBy(cache, cache::revision)).isTrue();
    }

    @Test
    void aDeletionIsSeenWhenTheObjectIsOnItsWayOut() {
        cache.put(KEY, new Revision(1), Optional.of(pod("u", 1, "")));
        expectations.deletes(KEY, new Uid("u"));
        String leaving = ",'deletionTimestamp':'2026-01-01T12:00:00Z'";
        cache.put(KEY, new Revision(2), Optional.of(pod("u", 2, leaving)));

        assertThat(expectations.isSeenBy(cache, cache::revision)).isTrue();
    }

    @Test
    void aNamesakeOfWhatWasDeletedIsNotWaitedFor() {
        cache.put(KEY, new Revision(3), Optional.of(pod("another", 3, "")));
        expectations.deletes(KEY, new Uid("u"));

        assertThat(expectations.isSeenBy(cache, cache::revision)).isTrue();
    }

    private void told(String name, long revision) {
        var key = new ObjectKey(PODS, "n", name);
        cache.put(key, new Revision(revision), Optional.of(pod(name, revision, "")));
    }

    private static Resource pod(String uid, long revision, String more) {
        String json =
                "{'metadata':{'name':'a','namespace':'n','uid':'%s','resourceVersion':'%d'%s}}"
                        .formatted(uid, revision, more)
                        .replace('\'', '"');
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }

    private static final class Cache implements ClusterReader {
        private final Map<ObjectKey, Resource> objects = new TreeMap<>();
        private final Map<GroupResource, Revision> revisions = new TreeMap<>();

        void put(ObjectKey key, Revision revision, Optional<Resource> object) {
            revisions.put(key.resource(), revision);
            object.ifPresentOrElse(found -> objects.put(key, found), () -> objects.remove(key));
        }

        Revision revision(GroupResource resource) {
            return revisions.getOrDefault(resource, Revision.NONE);
        }

        @Override
        public Optional<Resource> get(ObjectKey key) {
            return Optional.ofNullable(objects.get(key));
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return List.of();
        }
    }
}
