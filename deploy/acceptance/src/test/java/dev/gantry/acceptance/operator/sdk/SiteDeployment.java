package dev.gantry.acceptance.operator.sdk;

import dev.gantry.acceptance.Cluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** The pods that serve a Site. */
@KubernetesDependent(informer = @Informer(labelSelector = "managed-by=site-operator"))
public final class SiteDeployment extends CRUDKubernetesDependentResource<Deployment, Site> {
    public SiteDeployment() {
        super(Deployment.class);
    }

    @Override
    protected Deployment desired(Site site, Context<Site> context) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(site.name())
                .withNamespace(site.namespace())
                .addToLabels("managed-by", "site-operator")
                .endMetadata()
                .withNewSpec()
                .withReplicas(site.getSpec().replicas())
                .withNewSelector()
                .withMatchLabels(Map.of("site", site.name()))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("site", site.name()))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("web")
                .withImage(Cluster.IMAGE)
                .withCommand(
                        "sh",
                        "-c",
                        "mkdir /www; echo $MESSAGE > /www/index.html; exec httpd -f -p 8080 -h /www")
                .addNewEnv()
                .withName("MESSAGE")
                .withValue(site.getSpec().message())
                .endEnv()
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
