package dev.gantry.acceptance.operator.informer;

import dev.gantry.acceptance.Cluster;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import java.util.List;
import java.util.Map;

/** What a Site consists of. */
final class Dependents {
    private static final String SERVE =
            "mkdir /www; echo $MESSAGE > /www/index.html; exec httpd -f -p 8080 -h /www";

    private Dependents() {}

    static V1Deployment deployment(Site site) {
        Map<String, String> labels = Map.of("site", site.name());
        V1Container container =
                new V1Container()
                        .name("web")
                        .image(Cluster.IMAGE)
                        .command(List.of("sh", "-c", SERVE))
                        .env(List.of(new V1EnvVar().name("MESSAGE").value(site.spec().message())))
                        .ports(List.of(new V1ContainerPort().name("http").containerPort(8080)));
        V1PodSpec pod =
                new V1PodSpec().terminationGracePeriodSeconds(1L).containers(List.of(container));
        return new V1Deployment()
                .apiVersion("apps/v1")
                .kind("Deployment")
                .metadata(metadata(site))
                .spec(
                        new V1DeploymentSpec()
                                .replicas(site.spec().replicas())
                                .selector(new V1LabelSelector().matchLabels(labels))
                                .template(
                                        new V1PodTemplateSpec()
                                                .metadata(new V1ObjectMeta().labels(labels))
                                                .spec(pod)));
    }

    static V1Service service(Site site) {
        return new V1Service()
                .apiVersion("v1")
                .kind("Service")
                .metadata(metadata(site))
                .spec(
                        new V1ServiceSpec()
                                .selector(Map.of("site", site.name()))
                                .ports(
                                        List.of(
                                                new V1ServicePort()
                                                        .name("http")
                                                        .port(80)
                                                        .targetPort(new IntOrString("http")))));
    }

    private static V1ObjectMeta metadata(Site site) {
        return new V1ObjectMeta()
                .name(site.name())
                .namespace(site.namespace())
                .ownerReferences(List.of(site.asOwner()));
    }
}
