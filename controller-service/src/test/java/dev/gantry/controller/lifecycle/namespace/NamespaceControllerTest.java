package dev.gantry.controller.lifecycle.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
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
                        false,
                        Optional.empty());
        Instant deleted = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(failure(view, deleted.plusSeconds(29))).startsWith("False ContentDeleted");
        assertThat(failure(view, deleted.plusSeconds(30)))
                .isEqualTo(
                        "True ContentDeletionFailed Failed to delete all resource types, 1 remaining:"
                                + " unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods");
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
