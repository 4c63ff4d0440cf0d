package dev.gantry.acceptance.operator.sdk;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** The address of a Site. */
@KubernetesDependent(informer = @Informer(labelSelector = "managed-by=site-operator"))
public final class SiteService extends CRUDKubernetesDependentResource<Service, Site> {
    public SiteService() {
        super(Service.class);
    }

    @Override
    protected Service desired(Site site, Context<Site> context) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(site.name())
                .withNamespace(site.namespace())
                .addToLabels("managed-by", "site-operator")
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("site", site.name()))
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build();
    }
}
