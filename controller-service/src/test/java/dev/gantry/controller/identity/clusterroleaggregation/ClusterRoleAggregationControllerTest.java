package dev.gantry.controller.identity.clusterroleaggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.identity.rootca.RootCaPublisher;
import dev.gantry.controller.identity.serviceaccount.ServiceAccountController;
import dev.gantry.controller.lifecycle.podgc.PodGcController;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;

/** The small controllers. */
final class ClusterRoleAggregationControllerTest {
    private static final GroupResource ROLES = Resources.CLUSTER_ROLES;

    @Test
    void anAggregateIsTheSumOfItsParts() {
        var api = new SimulatedApi(new ClusterRoleAggregationController());
        Resource sum =
                api.create(
                        ROLES,
                        SimulatedApi.object(
                                "{'metadata':{'name':'sum'},'aggregationRule':{'clusterRoleSelectors':"
                                        + "[{'matchLabels':{'part':'yes'}}]}}"));
        part(api, "b", "pods");
        part(api, "a", "nodes");
        part(api, "c", "pods");

        Resource found = api.get(sum.key(ROLES)).orElseThrow();
        assertThat(found.tree().path("rules").toString())
                .isEqualTo("[{\"resources\":[\"nodes\"]},{\"resources\":[\"pods\"]}]");
    }

    @Test
    void everyNamespaceHasItsDefaultAccountAndRootCertificate() {
        var api =
                new SimulatedApi(
                        new ServiceAccountController(), new RootCaPublisher("PEM"));
        api.create(
                Resources.NAMESPACES,
                SimulatedApi.object("{'metadata':{'name':'team'},'spec':{},'status':{}}"));
        api.settle();
        var account = new ObjectKey(Resources.SERVICE_ACCOUNTS, "team", "default");
        var map = new ObjectKey(Resources.CONFIG_MAPS, "team", "kube-root-ca.crt");
        assertThat(api.get(account)).isPresent();

        Resource spoilt = api.get(map).orElseThrow().copy();
        Resource.child(spoilt.tree(), "data").put("ca.crt", "other");
        api.update(Resources.CONFIG_MAPS, spoilt);
        api.drop(account);
        api.settle();
        assertThat(api.get(account)).isPresent();
        assertThat(api.get(map).orElseThrow().tree().path("data").path("ca.crt").asString())
                .isEqualTo("PEM");
    }

    @Test
    void podsOfANodeThatIsGoneAreRemoved() {
        var api = new SimulatedApi(new PodGcController(10));
        var pods = new Pods(api);
        Resource node =
                api.create(
                        Resources.NODES,
                        SimulatedApi.object("{'metadata':{'name':'n1'},'spec':{}}"));
        pods.make("a", "");
        pods.bindAll();
        api.settle();
        assertThat(pods.all()).hasSize(1);

        api.drop(node.key(Resources.NODES));
        api.settle();
        assertThat(pods.all()).isEmpty();
    }

    @Test
    void theOldestFinishedPodsAreRemovedWhenThereAreTooMany() {
        var api = new SimulatedApi(new PodGcController(2));
        var pods = new Pods(api);
        for (String name : new String[] {"a", "b", "c", "d"}) {
            Resource done = pods.make(name, "").copy();
            Resource.child(done.tree(), "status").put("phase", "Succeeded");
            api.putStatus(Resources.PODS, done);
            api.pass(1);
        }
        pods.all().forEach(pod -> pods.ready(pod, true));
        assertThat(pods.all()).extracting(Resource::name).contains("c", "d");
    }

    private static void part(SimulatedApi api, String name, String resource) {
        api.create(
                ROLES,
                SimulatedApi.object(
                        "{'metadata':{'name':'%s','labels':{'part':'yes'}},'rules':[{'resources':['%s']}]}"
                                .formatted(name, resource)));
        api.settle();
    }
}
