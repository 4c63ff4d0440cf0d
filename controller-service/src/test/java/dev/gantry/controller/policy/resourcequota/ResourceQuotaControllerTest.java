package dev.gantry.controller.policy.resourcequota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResourceQuotaControllerTest {
    private final SimulatedApi api = new SimulatedApi(new ResourceQuotaController());
    private final Pods pods = new Pods(api);

    @Test
    void tellsWhatIsTakenAndThenKeepsQuiet() {
        pods.make("a", "'app':'web'");
        quota("'pods':'5','configmaps':'3','count/chairs.example.com':'1'");
        api.settle();
        assertThat(status())
                .isEqualTo(
                        "{\"hard\":{\"pods\":\"5\",\"configmaps\":\"3\",\"count/chairs.example.com\":\"1\"},"
                                + "\"used\":{\"configmaps\":\"0\",\"pods\":\"1\"}}");
        int before = api.actions();
        api.pass(3600);
        assertThat(api.actions()).isEqualTo(before);
    }

    @Test
    void countsCustomResourcesOnceTheyAreDefined() {
        quota("'count/chairs.example.com':'1'");
        api.settle();
        assertThat(stored().status().path("used").isEmpty()).isTrue();

        api.create(
                Kinds.CUSTOM_RESOURCE_DEFINITION.resource(),
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'chairs.example.com'},
                         'spec':{'group':'example.com','scope':'Namespaced',
                          'versions':[{'name':'v1','served':true,'storage':true}]},
                         'status':{'acceptedNames':{'kind':'Chair','plural':'chairs'},
                          'conditions':[{'type':'Established','status':'True'}]}}
                        """));
        api.settle();
        assertThat(used("count/chairs.example.com")).isEqualTo("0");

        api.create(
                new GroupResource("example.com", "chairs"),
                SimulatedApi.object("{'metadata':{'name':'a','namespace':'default'}}"));
        api.settle();
        assertThat(used("count/chairs.example.com")).isEqualTo("1");
    }

    @Test
    void followsPodsThatComeAndEnd() {
        quota("'pods':'5','count/pods':'9'");
        pods.make("a", "'app':'web'");
        pods.make("b", "'app':'web'");
        api.settle();
        assertThat(used("pods")).isEqualTo("2");

        Resource over = pods.all().getFirst().copy();
        Resource.child(over.tree(), "status").put("phase", "Succeeded");
        api.putStatus(Resources.PODS, over);
        api.settle();
        assertThat(used("pods")).isEqualTo("1");
        assertThat(used("count/pods")).isEqualTo("2");

        api.drop(pods.all().getLast().key(Resources.PODS));
        api.settle();
        assertThat(used("pods")).isEqualTo("0");
    }

    @Test
    void isAskedNothingWhereSomethingThatItOnlyCountsChanges() {
        quota("'count/deployments.apps':'5'");
        Resource before = SimulatedApi.object("{'metadata':{'name':'a'},'spec':{'replicas':1}}");
        Resource after = SimulatedApi.object("{'metadata':{'name':'a'},'spec':{'replicas':2}}");
        var key = new ObjectKey(Resources.DEPLOYMENTS, namespace(), "a");

        assertThat(asked(new Change(key, Optional.of(before), Optional.of(after)))).isEmpty();
        assertThat(asked(new Change(key, Optional.empty(), Optional.of(after)))).hasSize(1);
    }

    private List<ObjectKey> asked(Change change) {
        List<ObjectKey> asked = new ArrayList<>();
        new ResourceQuotaController().keysFor(change, api, asked::add);
        return asked;
    }

    @Test
    void followsWhatIsAllowed() {
        quota("'pods':'5'");
        api.settle();
        Resource next = stored().copy();
        Resource.child(Resource.child(next.tree(), "spec"), "hard").put("pods", "7");
        api.update(Resources.RESOURCE_QUOTAS, next);
        api.settle();
        assertThat(stored().status().at("/hard/pods").asString()).isEqualTo("7");
    }

    private void quota(String hard) {
        api.create(
                Resources.RESOURCE_QUOTAS,
                SimulatedApi.object(
                        "{'metadata':{'name':'small','namespace':'%s'},'spec':{'hard':{%s}}}"
                                .formatted(namespace(), hard)));
    }

    private String namespace() {
        return "default";
    }

    private Resource stored() {
        return api.get(new ObjectKey(Resources.RESOURCE_QUOTAS, namespace(), "small"))
                .orElseThrow();
    }

    private String status() {
        return stored().status().toString();
    }

    private String used(String name) {
        return stored().status().path("used").path(name).asString();
    }
}
