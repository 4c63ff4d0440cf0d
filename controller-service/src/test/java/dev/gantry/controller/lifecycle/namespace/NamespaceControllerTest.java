package dev.gantry.controller.lifecycle.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told of a namespace while it ends. */
final class NamespaceControllerTest {
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;
    private static final GroupResource MAPS = Resources.CONFIG_MAPS;
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource API_SERVICES = Kinds.API_SERVICE.resource();
    private static final GroupResource CHAIRS =
            new GroupResource("furniture.example.com", "chairs");
    private static final String GONE = "All content successfully removed";

    private final SimulatedApi api = new SimulatedApi(new NamespaceController());
    private final ObjectKey key = new ObjectKey(NAMESPACES, "", "shop");

    @Test
    void whatIsHeldByFinalizersIsCounted() {
        namespace("'kubernetes'");
        map("a", "'example.com/one'");
        map("b", "'example.com/one','example.com/two'");
        map("c", "");
        end();

        assertCondition(
                "NamespaceContentRemaining",
                "True SomeResourcesRemain Some resources are remaining: configmaps. has 2 resource instances");
        assertCondition(
                "NamespaceFinalizersRemaining",
                "True SomeFinalizerRemain Some finalizers are remaining:"
                        + " example.com/one in 2 resource instances,"
                        + " example.com/two in 1 resource instances");
        assertCondition(
                "NamespaceDeletionDiscoveryFailure",
                "False ResourcesDiscovered All resources successfully discovered");
        assertCondition(
                "NamespaceDeletionGroupVersionParsingFailure",
                "False ParsedGroupVersions All legacy kube types successfully parsed");
        assertCondition(
                "NamespaceDeletionContentFailure",
                "False ContentDeleted All content successfully deleted, may be waiting on finalization");
    }

    @Test
    void whatWasToldIsTakenBackAndTheNamespaceGoes() {
        namespace("'kubernetes','example.com/keep'");
        map("a", "'example.com/one'");
        end();
        List<String> told = new ArrayList<>();
        api.always(
                () ->
                        api.get(key)
                                .ifPresent(_ -> told.add(condition("NamespaceContentRemaining"))));
        Resource map = api.list(MAPS).getFirst();
        api.drop(map.key(MAPS));
        assertThat(api.get(key)).isPresent();
        api.settle();
        assertThat(api.get(key)).isEmpty();
        assertThat(told).containsExactly("False");
    }

    @Test
    void aNamespaceThatCanGoSaysNothing() {
        namespace("'kubernetes'");
        map("a", "");
        int[] told = {0};
        api.always(
                () ->
                        told[0] +=
                                api.get(key)
                                        .map(n -> n.status().path("conditions").size())
                                        .orElse(0));
        end();
        assertThat(api.get(key)).isEmpty();
        assertThat(told[0]).isZero();
    }

    @Test
    void thousandsThatGoOneByOneAreNotToldOneByOne() {
        namespace("'kubernetes'");
        IntStream.range(0, 200).forEach(i -> map("m" + i, "'example.com/one'"));
        end();
        int before = api.actions();
        for (Resource each : api.list(MAPS).subList(0, 199)) {
            api.drop(each.key(MAPS));
            api.settle();
        }
        assertThat(api.actions()).isEqualTo(before);
        api.pass(3);
        assertCondition(
                "NamespaceContentRemaining",
                "True SomeResourcesRemain Some resources are remaining: configmaps. has 1 resource instances");
    }

    @Test
    void aRefusedDeletionIsTold() {
        Resource ending = ending();
        NamespaceView view =
                new NamespaceView(
                        ending,
                        new TreeMap<>(Map.of(MAPS, List.of(object("a", "")))),
                        ExtensionContents.NONE,
                        false,
                        Optional.of("no such luck"));
        var plan = new NamespaceReconciler().reconcile(view, Instant.EPOCH);
        Action.PutStatus told = (Action.PutStatus) plan.actions().getFirst();
        assertThat(text(told.object(), "NamespaceDeletionContentFailure"))
                .isEqualTo(
                        "True ContentDeletionFailed Failed to delete all resource types, 1 remaining: no such luck");
        assertThat(plan.actions().getLast()).isEqualTo(new Action.DeleteAll(MAPS, "shop"));
    }

    @Test
    void podsThatOutliveTheirGraceAreUnexpected() {
        Resource pod =
                SimulatedApi.object(
                        "{'metadata':{'name':'p','namespace':'shop','deletionTimestamp':'2026-01-01T00:00:00Z'},"
                                + "'spec':{'terminationGracePeriodSeconds':30}}");
        NamespaceView view =
                new NamespaceView(
                        ending(),
                        new TreeMap<>(Map.of(PODS, List.of(pod))),
                        ExtensionContents.NONE,
                        false,
                        Optional.empty());
        Instant deleted = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(failure(view, deleted.plusSeconds(29))).startsWith("False ContentDeleted");
        assertThat(failure(view, deleted.plusSeconds(30)))
                .isEqualTo(
                        "True ContentDeletionFailed Failed to delete all resource types, 1 remaining:"
                                + " unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods");
    }

    @Test
    void whatAnExtensionServerKeepsGoesBeforeTheNamespace() {
        namespace("'kubernetes'");
        extension("furniture.example.com");
        api.create(CHAIRS, object("red", ""));
        api.create(CHAIRS, object("blue", "'example.com/one'"));
        List<String> paths = serving(CHAIRS);
        end();
        assertThat(api.list(CHAIRS)).extracting(Resource::name).containsExactly("blue");
        assertCondition(
                "NamespaceContentRemaining",
                "True SomeResourcesRemain Some resources are remaining: chairs.furniture.example.com has 1 resource instances");

        api.drop(new ObjectKey(CHAIRS, "shop", "blue"));
        api.pass(3);
        assertThat(api.get(key)).isEmpty();
        assertThat(paths)
                .contains("/apis/furniture.example.com/v1/namespaces/shop/chairs")
                .noneMatch(each -> each.contains("/tables") || each.contains("/rooms"));
    }

    @Test
    void aNamespaceStaysWhileAnExtensionServerDoesNotAnswer() {
        namespace("'kubernetes'");
        Resource service = extension("furniture.example.com");
        map("a", "");
        api.answering(_ -> new ApiAnswer.Refused(503, "ServiceUnavailable", "not now"));
        end();
        assertThat(api.list(MAPS)).isEmpty();
        assertCondition(
                "NamespaceDeletionDiscoveryFailure",
                "True DiscoveryFailed Discovery failed for some groups, 1 failing: unable to retrieve the complete"
                        + " list of server APIs: furniture.example.com/v1: stale GroupVersion discovery:"
                        + " furniture.example.com/v1");

        api.drop(service.key(API_SERVICES));
        api.settle();
        assertThat(api.get(key)).isEmpty();
    }

    @Test
    void metricsAreNotWaitedFor() {
        namespace("'kubernetes'");
        extension("metrics.k8s.io");
        end();
        assertThat(api.get(key)).isEmpty();
    }

    private Resource extension(String group) {
        return api.create(
                API_SERVICES,
                SimulatedApi.object(
                        "{'metadata':{'name':'v1.%1$s'},'spec':{'group':'%1$s','version':'v1','service':{'name':'s'}}}"
                                .formatted(group)));
    }

    /** Answers as an extension server of these resources would; returns what it was asked. */
    private List<String> serving(GroupResource resource) {
        List<String> paths = new ArrayList<>();
        String root = "/apis/" + resource.group() + "/v1";
        api.answering(
                query -> {
                    paths.add(query.path());
                    return new ApiAnswer.Found(
                            query.path().equals(root)
                                    ? SimulatedApi.object(
                                            "{'resources':[{'name':'%s','namespaced':true,'verbs':['delete','get','list']},"
                                                            .formatted(resource.plural())
                                                    + "{'name':'tables','namespaced':true,'verbs':['get','list']},"
                                                    + "{'name':'rooms','namespaced':false,'verbs':['delete','list']}]}")
                                    : listed(resource));
                });
        return paths;
    }

    private Resource listed(GroupResource resource) {
        Resource list = SimulatedApi.object("{'items':[]}");
        api.list(resource).forEach(each -> list.tree().withArray("items").add(each.tree()));
        return list;
    }

    private static String failure(NamespaceView view, Instant now) {
        Action.PutStatus told =
                (Action.PutStatus) NamespaceConditions.tell(view, now).orElseThrow();
        return text(told.object(), "NamespaceDeletionContentFailure");
    }

    private static Resource ending() {
        return SimulatedApi.object(
                "{'metadata':{'name':'shop','deletionTimestamp':'2026-01-01T00:00:00Z'},"
                        + "'spec':{'finalizers':['kubernetes']}}");
    }

    private void namespace(String finalizers) {
        api.create(
                NAMESPACES,
                SimulatedApi.object(
                        "{'metadata':{'name':'shop'},'spec':{'finalizers':[%s]}}"
                                .formatted(finalizers)));
    }

    private void map(String name, String finalizers) {
        api.create(MAPS, object(name, finalizers));
    }

    private static Resource object(String name, String finalizers) {
        return SimulatedApi.object(
                "{'metadata':{'name':'%s','namespace':'shop','finalizers':[%s]}}"
                        .formatted(name, finalizers));
    }

    private void end() {
        api.delete(key, "Background");
        api.settle();
        api.pass(3);
    }

    private void assertCondition(String type, String wanted) {
        assertThat(text(api.get(key).orElseThrow(), type)).isEqualTo(wanted);
    }

    private String condition(String type) {
        return Conditions.find(api.get(key).orElseThrow().status().path("conditions"), type)
                .map(each -> Resource.text(each, "status"))
                .orElse("");
    }

    private static String text(Resource namespace, String type) {
        JsonNode found = Conditions.find(namespace.status().path("conditions"), type).orElseThrow();
        return "%s %s %s"
                .formatted(
                        Resource.text(found, "status"),
                        Resource.text(found, "reason"),
                        Resource.text(found, "message"));
    }
}
