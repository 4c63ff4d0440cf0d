package dev.gantry.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.WholeObjects;
import dev.gantry.controller.identity.accounttoken.AccountTokenController;
import dev.gantry.controller.identity.bootstraptoken.BootstrapSigner;
import dev.gantry.controller.identity.rootca.RootCaPublisher;
import dev.gantry.controller.identity.serviceaccount.ServiceAccountController;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollector;
import dev.gantry.controller.lifecycle.namespace.NamespaceController;
import dev.gantry.controller.policy.resourcequota.ResourceQuotaController;
import dev.gantry.controller.workload.job.JobController;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the controllers that follow every kind let the others keep. */
final class WholeObjectsTest {
    private static final List<Controller> OF_ALL_KINDS =
            List.of(
                    new GarbageCollector(),
                    new NamespaceController(),
                    new ResourceQuotaController(),
                    new BootstrapSigner(),
                    new AccountTokenController("certificate"),
                    new ServiceAccountController(),
                    new RootCaPublisher("certificate"));

    private final WholeObjects whole = new WholeObjects(OF_ALL_KINDS);

    @Test
    void ofConfigMapsOnlyThoseThatAreWrittenHere() {
        assertThat(isWhole(Resources.CONFIG_MAPS, "kube-root-ca.crt")).isTrue();
        assertThat(isWhole(Resources.CONFIG_MAPS, "settings")).isFalse();
        assertThat(whole.contains(key(Resources.CONFIG_MAPS, "kube-public", "cluster-info")))
                .isTrue();
        assertThat(isWhole(Resources.CONFIG_MAPS, "cluster-info")).isFalse();
    }

    @Test
    void whatNobodyReconcilesIsKnownByItsMetadata() {
        assertThat(isWhole(Resources.ROLES, "a")).isFalse();
        assertThat(isWhole(Kinds.INGRESS.resource(), "a")).isFalse();
        assertThat(isWhole(new GroupResource("example.com", "chairs"), "a")).isFalse();
    }

    @Test
    void whatIsReadStaysWhole() {
        for (GroupResource each :
                List.of(
                        Resources.NAMESPACES,
                        Resources.SECRETS,
                        Resources.PODS,
                        Resources.RESOURCE_QUOTAS,
                        Kinds.CUSTOM_RESOURCE_DEFINITION.resource(),
                        Kinds.API_SERVICE.resource())) {
            assertThat(isWhole(each, "a")).as("%s", each).isTrue();
        }
    }

    @Test
    void aKindIsWholeOnceSomebodyReconcilesIt() {
        assertThat(isWhole(Resources.JOBS, "a")).isFalse();
        var withJobs = new WholeObjects(List.of(new GarbageCollector(), new JobController()));
        assertThat(withJobs.contains(key(Resources.JOBS, "n", "a"))).isTrue();
    }

    private boolean isWhole(GroupResource resource, String name) {
        return whole.contains(key(resource, "n", name));
    }

    private static ObjectKey key(GroupResource resource, String namespace, String name) {
        return new ObjectKey(resource, namespace, name);
    }
}
