package dev.gantry.controller.workload.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class HorizontalPodAutoscalerControllerTest {
    private static final String CPU_50 =
            "{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':50}}}";
    private static final ObjectKey WEB =
            new ObjectKey(HorizontalPodAutoscalerController.AUTOSCALERS, "default", "web");

    private final HorizontalPodAutoscalerController controller =
            new HorizontalPodAutoscalerController(AutoscalerSettings.DEFAULT);
    private final SimulatedApi api = new SimulatedApi(controller);
    private final MetricsApis metrics = new MetricsApis(api, 2);

    @Test
    void scalesUpUntilEachPodUsesWhatIsWanted() {
        metrics.pod("a", "900m");
        metrics.pod("b", "900m");
        autoscaler(CPU_50, "");
        api.settle();

        assertThat(metrics.written()).containsExactly(4);
        assertThat(condition("AbleToScale")).isEqualTo("True SucceededRescale");
        assertThat(condition("ScalingActive")).isEqualTo("True ValidMetricFound");
        assertThat(api.told())
                .containsExactly(
                        "SuccessfulRescale: New size: 4; reason: cpu resource utilization"
                                + " (percentage of request) above target");
        JsonNode current = status().path("currentMetrics").path(0).path("resource").path("current");
        assertThat(current.path("averageUtilization").asInt()).isEqualTo(90);
        assertThat(current.path("averageValue").asString()).isEqualTo("900m");
        assertThat(status().path("desiredReplicas").asInt()).isEqualTo(4);
        assertThat(status().path("currentReplicas").asInt()).isEqualTo(2);
    }

    @Test
    void looksAgainEveryFifteenSecondsAndStaysQuietWithinTheTolerance() {
        metrics.pod("a", "540m");
        metrics.pod("b", "540m");
        autoscaler(CPU_50, "");
        api.settle();
        assertThat(metrics.written()).isEmpty();
        int writes = api.actions();

        api.pass(15);
        assertThat(api.actions()).isEqualTo(writes);

        metrics.uses("a", "1");
        metrics.uses("b", "1");
        api.pass(14);
        assertThat(metrics.written()).isEmpty();
        api.pass(1);
        assertThat(metrics.written()).containsExactly(4);
    }

    @Test
    void goesDownOnlyWhenNothingHigherWasRecommendedForFiveMinutes() {
        metrics.replicas(4);
        metrics.pod("a", "500m");
        metrics.pod("b", "500m");
        metrics.pod("c", "500m");
        metrics.pod("d", "500m");
        autoscaler(CPU_50, "");
        api.settle();
        for (String pod : List.of("a", "b", "c", "d")) {
            metrics.uses(pod, "100m");
        }
        api.pass(290);
        assertThat(metrics.written()).isEmpty();
        assertThat(condition("AbleToScale")).isEqualTo("True ScaleDownStabilized");

        api.pass(15);
        assertThat(metrics.written()).containsExactly(1);
        assertThat(api.told())
                .contains("SuccessfulRescale: New size: 1; reason: All metrics below target");
    }

    @Test
    void keepsTheRatesOfItsBehavior() {
        metrics.pod("a", "1");
        metrics.pod("b", "1");
        autoscaler(
                "{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':10}}}",
                ",'behavior':{'scaleUp':{'stabilizationWindowSeconds':0,'selectPolicy':'Max',"
                        + "'policies':[{'type':'Pods','value':1,'periodSeconds':60}]},"
                        + "'scaleDown':{'selectPolicy':'Max','policies':[{'type':'Percent','value':100,'periodSeconds':15}]}}");
        api.settle();
        assertThat(metrics.written()).containsExactly(3);
        assertThat(condition("ScalingLimited")).isEqualTo("True ScaleUpLimit");

        api.pass(30);
        assertThat(metrics.written()).containsExactly(3);
        api.pass(31);
        assertThat(metrics.written()).containsExactly(3, 4);
    }

    @Test
    void neverScalesWhatStandsAtZeroAndSaysSo() {
        metrics.replicas(0);
        autoscaler(CPU_50, "");
        api.settle();

        assertThat(metrics.written()).isEmpty();
        assertThat(condition("ScalingActive")).isEqualTo("False ScalingDisabled");
    }

    @Test
    void bringsWhatIsOutsideTheBoundsBackAtOnce() {
        metrics.replicas(20);
        autoscaler(CPU_50, "");
        api.settle();

        assertThat(metrics.written()).startsWith(10);
        assertThat(api.told())
                .contains(
                        "SuccessfulRescale: New size: 10; reason: Current number of replicas above"
                                + " Spec.MaxReplicas");
    }

    @Test
    void podsWithoutMetricsHoldItBackEitherWay() {
        metrics.pod("a", "600m");
        metrics.podWithoutMetrics("b");
        autoscaler(CPU_50, "");
        api.settle();
        // With nothing used by b, both together use 30 % of what they request: no reason to grow.
        assertThat(metrics.written()).isEmpty();

        metrics.uses("a", "100m");
        api.pass(600);
        // With all used by b, 55 %: within the tolerance.
        assertThat(metrics.written()).isEmpty();
    }

    @Test
    void doesNotBelieveTheCpuOfPodsThatStart() {
        metrics.pod("a", "500m");
        metrics.podThatStarts("b", "5");
        autoscaler(CPU_50, "");
        api.settle();

        assertThat(metrics.written()).isEmpty();
    }

    @Test
    void saysWhyNothingIsKnown() {
        metrics.podWithoutMetrics("a");
        metrics.refuses(
                "/apis/metrics.k8s.io/v1beta1/namespaces/default/pods",
                404,
                "the server could not find the requested resource");
        autoscaler(CPU_50, "");
        api.settle();

        String why =
                "failed to get cpu utilization: unable to get metrics for resource cpu: unable to"
                        + " fetch metrics from resource metrics API: the server could not find the"
                        + " requested resource (get pods.metrics.k8s.io)";
        assertThat(api.told())
                .containsExactly(
                        "FailedGetResourceMetric: " + why,
                        "FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first"
                                + " error is: failed to get cpu resource metric value: "
                                + why);
        assertThat(condition("ScalingActive")).isEqualTo("False FailedGetResourceMetric");
        assertThat(message("ScalingActive"))
                .isEqualTo("the HPA was unable to compute the replica count: " + why);
    }

    @Test
    void theHighestOfSeveralMetricsWinsAndAnUnknownOneForbidsToGoDown() {
        metrics.replicas(4);
        metrics.pod("a", "100m");
        String external =
                "{'type':'External','external':{'metric':{'name':'queue','selector':{'matchLabels':{'q':'jobs'}}},"
                        + "'target':{'type':'AverageValue','averageValue':'10'}}}";
        autoscaler(CPU_50 + "," + external, "");
        api.settle();
        api.pass(900);
        assertThat(metrics.written()).isEmpty();
        assertThat(condition("ScalingActive")).isEqualTo("False FailedGetExternalMetric");

        metrics.answers(
                "/apis/external.metrics.k8s.io/v1beta1/namespaces/default/queue",
                "{'items':[{'metricName':'queue','value':'40'},{'metricName':'queue','value':'30'}]}");
        api.pass(15);
        assertThat(metrics.written()).containsExactly(7);
        assertThat(metrics.asked())
                .anyMatch(each -> "q=jobs".equals(each.parameters().get("labelSelector")));
        assertThat(api.told())
                .contains(
                        "SuccessfulRescale: New size: 7; reason: external metric"
                                + " queue(&LabelSelector{MatchLabels:map[string]string{q:"
                                + " jobs,},MatchExpressions:[]LabelSelectorRequirement{},}) above"
                                + " target");
    }

    @Test
    void asksAnOlderAdapterForMetricsOfPodsAndObjects() {
        metrics.pod("a", "1");
        metrics.pod("b", "1");
        metrics.answers(
                "/apis/custom.metrics.k8s.io/v1beta1/namespaces/default/pods/*/hits",
                "{'items':[{'describedObject':{'name':'a'},'value':'30'},"
                        + "{'describedObject':{'name':'b'},'value':'10'}]}");
        metrics.answers(
                "/apis/custom.metrics.k8s.io/v1beta1/namespaces/default/deployments.apps/web/lag",
                "{'items':[{'value':'3'}]}");
        autoscaler(
                "{'type':'Pods','pods':{'metric':{'name':'hits'},'target':{'type':'AverageValue','averageValue':'20'}}},"
                        + "{'type':'Object','object':{'metric':{'name':'lag'},'describedObject':{'apiVersion':'apps/v1',"
                        + "'kind':'Deployment','name':'web'},'target':{'type':'Value','value':'2'}}}",
                "");
        api.settle();

        assertThat(metrics.written()).containsExactly(3);
        assertThat(api.told())
                .containsExactly(
                        "SuccessfulRescale: New size: 3; reason: Deployment metric lag above target");
    }

    @Test
    void twoAutoscalersOfTheSamePodsDoNothing() {
        metrics.pod("a", "1");
        metrics.pod("b", "1");
        autoscaler("other", CPU_50, "");
        autoscaler("web", CPU_50, "");
        api.settle();
        api.pass(15);

        assertThat(condition("ScalingActive")).isEqualTo("False AmbiguousSelector");
        assertThat(message("ScalingActive"))
                .isEqualTo(
                        "pods by selector app=web are controlled by multiple HPAs: [default/other"
                                + " default/web]");
    }

    @Test
    void aTargetThatCannotBeScaledIsTold() {
        metrics.refuses(MetricsApis.SCALE, 404, "deployments.apps \"web\" not found");
        autoscaler(CPU_50, "");
        api.settle();

        assertThat(condition("AbleToScale")).isEqualTo("False FailedGetScale");
        assertThat(api.told())
                .containsExactly("FailedGetScale: deployments.apps \"web\" not found");
    }

    @Test
    void asksForTheScaleFirstAndThenForWhatItsSelectorSelects() {
        autoscaler(CPU_50, "");
        assertThat(controller.liveReads(WEB, new Unanswered(api)).queries())
                .extracting(each -> each.path())
                .containsExactly(MetricsApis.SCALE);
        assertThat(controller.liveReads(WEB, api)).isEqualTo(LiveReads.NONE);
    }

    /** What is known before the API was asked. */
    private record Unanswered(SimulatedApi api) implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return api.get(key);
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return api.list(resource);
        }
    }

    private void autoscaler(String metric, String more) {
        autoscaler("web", metric, more);
    }

    private void autoscaler(String name, String metric, String more) {
        api.create(
                HorizontalPodAutoscalerController.AUTOSCALERS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler',
                         'metadata':{'name':'%s','namespace':'default'},
                         'spec':{'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'web'},
                           'minReplicas':1,'maxReplicas':10,'metrics':[%s]%s},'status':{}}
                        """
                                .formatted(name, metric, more)));
    }

    private JsonNode status() {
        return api.get(WEB).orElseThrow().status();
    }

    private String condition(String type) {
        JsonNode found = Conditions.find(status().path("conditions"), type).orElseThrow();
        return Resource.text(found, "status") + " " + Resource.text(found, "reason");
    }

    private String message(String type) {
        return Resource.text(
                Conditions.find(status().path("conditions"), type).orElseThrow(), "message");
    }
}
