package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A workload that grows with its load. */
@ExtendWith(Cluster.Shared.class)
final class AutoscalingTest {
    @AutoClose private final TestNamespace ns;

    AutoscalingTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void aDeploymentUnderLoadGrowsToItsLimitAndSaysWhy() {
        ns.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: busy}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: busy}}
                  template:
                    metadata: {labels: {app: busy}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: c
                        image: "${image}"
                        command: [sh, -c, "while :; do :; done"]
                        resources: {requests: {cpu: 10m}, limits: {cpu: 100m}}
                """);
        ns.rolledOut("busy");
        ns.kubectl("autoscale", "deployment/busy", "--min=1", "--max=3", "--cpu-percent=50");
        eventually(() -> ns.at("/spec/replicas", "get", "deployment", "busy").equals("3"));

        // It scales before it writes down that it did.
        for (String word : List.of("ValidMetricFound", "TooManyReplicas", "SuccessfulRescale")) {
            eventually(() -> ns.kubectl("describe", "hpa", "busy").contains(word));
        }
        eventually(
                () ->
                        ns.kubectl("get", "hpa", "busy")
                                .matches("(?s).*Deployment/busy .*\\d%/50%.*"));
    }

    @Test
    void whatStandsOutsideItsBoundsIsBroughtBackWithoutAnyMetric() {
        ns.web("web", 1);
        ns.kubectl("autoscale", "deployment/web", "--min=2", "--max=4", "--cpu-percent=50");
        ns.rolledOut("web");
        eventually(() -> ns.at("/spec/replicas", "get", "deployment", "web").equals("2"));
        eventually(
                () ->
                        ns.kubectl("get", "events")
                                .contains("Current number of replicas below Spec.MinReplicas"));
    }
}
