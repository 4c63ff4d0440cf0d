package dev.gantry.acceptance.operator.informer;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentList;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceList;
import io.kubernetes.client.util.generic.GenericKubernetesApi;

/** The kinds that the operator reads or writes. */
record Apis(
        GenericKubernetesApi<Site, Site.Many> sites,
        GenericKubernetesApi<V1Deployment, V1DeploymentList> deployments,
        GenericKubernetesApi<V1Service, V1ServiceList> services,
        GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> entries) {
    static Apis of(ApiClient client) {
        return new Apis(
                new GenericKubernetesApi<>(
                        Site.class, Site.Many.class, Site.GROUP, "v1", "sites", client),
                new GenericKubernetesApi<>(
                        V1Deployment.class,
                        V1DeploymentList.class,
                        "apps",
                        "v1",
                        "deployments",
                        client),
                new GenericKubernetesApi<>(
                        V1Service.class, V1ServiceList.class, "", "v1", "services", client),
                new GenericKubernetesApi<>(
                        V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client));
    }
}
