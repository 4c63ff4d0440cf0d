package dev.gantry.client.shell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheReaderTest {
    private static final GroupResource PODS = Resources.PODS;

    private final ObjectCache cache = new ObjectCache();
    private final CacheReader cluster = new CacheReader(cache);
    private long revision;

    @Test
    void aPodIsOnItsNodeFromItsBindingToItsEnd() {
        hear("a", pod("a", ""));
        hear("b", pod("b", "'nodeName':'n1'"));
        assertThat(names("n1")).containsExactly("b");

        hear("a", pod("a", "'nodeName':'n1'"));
        hear("c", pod("c", "'nodeName':'n2'"));
        assertThat(names("n1")).containsExactly("a", "b");
        assertThat(names("n2")).containsExactly("c");

        hear("b", null);
        assertThat(names("n1")).containsExactly("a");
        assertThat(names("")).isEmpty();
    }

    @Test
    void aNamesakeElsewhereIsOnItsOwnNode() {
        hear("a", pod("a", "'nodeName':'n1'"));
        hear("a", pod("a", "'nodeName':'n2'"));
        assertThat(names("n1")).isEmpty();
        assertThat(names("n2")).containsExactly("a");
    }

    @Test
    void aNamespaceIsEmptyOnceTheLastOfAKindIsGone() {
        assertThat(cluster.isEmpty(PODS, "x")).isTrue();
        hear("a", pod("a", ""));
        hear("b", pod("b", ""));
        assertThat(cluster.isEmpty(PODS, "x")).isFalse();
        assertThat(cluster.isEmpty(PODS, "")).isTrue();
        assertThat(cluster.isEmpty(PODS, "xy")).isTrue();
        assertThat(cluster.isEmpty(Resources.SERVICES, "x")).isTrue();

        hear("a", null);
        assertThat(cluster.isEmpty(PODS, "x")).isFalse();
        hear("b", null);
        assertThat(cluster.isEmpty(PODS, "x")).isTrue();
    }

    @Test
    void anOwnerIsAskedForAllThatItOwnsOfWhateverKind() {
        hear("a", owned("a", "'uid':'o'"));
        hear("b", owned("b", "'uid':'o','controller':true"));
        hear("c", owned("c", "'uid':'p'"));
        var service = new ObjectKey(Resources.SERVICES, "x", "s");
        hear(service, owned("s", "'uid':'o'"));

        assertThat(cluster.ownedBy(new Uid("o"))).containsExactly(key("a"), key("b"), service);
        assertThat(cluster.ownedBy(new Uid("o"), PODS))
                .extracting(Resource::name)
                .containsExactly("a", "b");
        hear("a", null);
        hear("b", owned("b", "'uid':'p'"));
        assertThat(cluster.ownedBy(new Uid("o"))).containsExactly(service);
        assertThat(cluster.ownedBy(new Uid("nobody"))).isEmpty();
    }

    @Test
    void aPodIsAnOrphanUntilSomebodyControlsIt() {
        hear("a", owned("a", "'uid':'o','controller':true"));
        hear("b", owned("b", "'uid':'o'"));
        hear("c", pod("c", ""));
        hear(new ObjectKey(Resources.SERVICES, "x", "s"), pod("s", ""));
        assertThat(orphans()).containsExactly("b", "c");

        hear("b", owned("b", "'uid':'o','controller':true"));
        hear("a", pod("a", ""));
        hear("c", null);
        assertThat(orphans()).containsExactly("a");
        assertThat(cluster.orphans(PODS, "elsewhere")).isEmpty();
    }

    @Test
    void orphansOfOneKindAreNotThoseOfAnother() {
        hear("a", pod("a", ""));
        hear(new ObjectKey(Resources.REPLICA_SETS, "x", "r"), pod("r", ""));
        hear(
                new ObjectKey(Resources.REPLICA_SETS, "x", "owned"),
                owned("owned", "'uid':'o','controller':true"));
        hear(new ObjectKey(Resources.SERVICES, "x", "s"), pod("s", ""));

        assertThat(orphans()).containsExactly("a");
        assertThat(cluster.orphans(Resources.REPLICA_SETS, "x"))
                .extracting(Resource::name)
                .containsExactly("r");
        assertThat(cluster.orphans(Resources.SERVICES, "x"))
                .as("no index is kept of these")
                .extracting(Resource::name)
                .containsExactly("s");
    }

    @Test
    void aServicesSlicesAreThoseThatNameItByTheirLabel() {
        hear(slice("1"), sliceOf("1", "web"));
        hear(slice("2"), sliceOf("2", "web"));
        hear(slice("3"), sliceOf("3", "other"));
        hear(slice("4"), pod("4", ""));
        assertThat(slices("web")).containsExactly("1", "2");

        hear(slice("1"), sliceOf("1", "other"));
        hear(slice("3"), null);
        assertThat(slices("web")).containsExactly("2");
        assertThat(slices("other")).containsExactly("1");
        assertThat(slices("none")).isEmpty();
    }

    private List<String> slices(String service) {
        return cluster.slicesOf(new ObjectKey(Resources.SERVICES, "x", service)).stream()
                .map(Resource::name)
                .toList();
    }

    private static ObjectKey slice(String name) {
        return new ObjectKey(Resources.ENDPOINT_SLICES, "x", name);
    }

    private static String sliceOf(String name, String service) {
        return ("{'metadata':{'name':'%s','namespace':'x',"
                        + "'labels':{'kubernetes.io/service-name':'%s'}}}")
                .formatted(name, service);
    }

    private List<String> orphans() {
        return cluster.orphans(PODS, "x").stream().map(Resource::name).toList();
    }

    private static String owned(String name, String owner) {
        return "{'metadata':{'name':'%s','namespace':'x','ownerReferences':[{%s}]}}"
                .formatted(name, owner);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey(PODS, "x", name);
    }

    private List<String> names(String node) {
        return cluster.podsOn(node).stream().map(Resource::name).toList();
    }

    private static String pod(String name, String spec) {
        return "{'metadata':{'name':'%s','namespace':'x'},'spec':{%s}}".formatted(name, spec);
    }

    private void hear(String name, @Nullable String json) {
        hear(key(name), json);
    }

    private void hear(ObjectKey key, @Nullable String json) {
        byte[] body =
                json == null ? null : json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        cache.onChange(
                new ChangeMessage(
                        key,
                        new Revision(++revision),
                        Revision.NONE,
                        body == null ? ChangeMessage.Type.DELETED : ChangeMessage.Type.MODIFIED,
                        Instant.EPOCH.toString(),
                        "test",
                        body));
    }
}
