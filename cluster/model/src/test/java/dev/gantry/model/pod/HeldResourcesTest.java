package dev.gantry.model.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class HeldResourcesTest {
    private static final String SPEC =
            """
            'spec':{
              'containers':[{'name':'a','resources':{'requests':{'cpu':'1'}}},{'name':'b'}],
              'initContainers':[
                {'name':'s','restartPolicy':'Always','resources':{'requests':{'cpu':'1'}}},
                {'name':'i','resources':{'requests':{'cpu':'1'}}}]}
            """;

    @Test
    void whatIsGivenUpCountsUntilTheNodeHasTakenIt() {
        assertThat(requests("'containerStatuses':[%s]".formatted(container("a", "3", "1"))))
                .isEqualTo("{cpu=4}");
    }

    @Test
    void whatIsAskedForCountsBeforeTheNodeGivesIt() {
        assertThat(requests("'containerStatuses':[%s]".formatted(container("a", "500m", "500m"))))
                .isEqualTo("{cpu=2}");
    }

    @Test
    void whatWasAllocatedCountsBeforeItRunsWithIt() {
        assertThat(requests("'containerStatuses':[%s]".formatted(container("a", "1", "2"))))
                .isEqualTo("{cpu=3}");
    }

    @Test
    void whatCanNeverBeGivenDoesNotCount() {
        String never = "'conditions':[{'type':'PodResizePending','reason':'Infeasible'}],";
        String status = "'containerStatuses':[%s]".formatted(container("a", "250m", "250m"));
        assertThat(requests(never + status)).isEqualTo("{cpu=2}");
        assertThat(
                        requests(
                                never
                                        + status
                                        + ",'initContainerStatuses':[%s]"
                                                .formatted(container("s", "500m", "500m"))))
                .as("the init container with its sidecar")
                .isEqualTo("{cpu=1500m}");
    }

    @Test
    void sidecarsAreResizedAndOtherInitContainersAreNot() {
        assertThat(requests("'initContainerStatuses':[%s]".formatted(container("s", "5", "5"))))
                .isEqualTo("{cpu=6}");
        assertThat(requests("'initContainerStatuses':[%s]".formatted(container("i", "5", "5"))))
                .isEqualTo("{cpu=2}");
    }

    @Test
    void thePodAsAWholeIsResizedLikewise() {
        Resource pod =
                read(
                        """
                        {'spec':{'containers':[{'name':'a'}],'resources':{'requests':{'cpu':'1'}}},
                         'status':{'resources':{'requests':{'cpu':'2'}},
                                   'allocatedResources':{'cpu':'3'}}}
                        """);
        assertThat(PodResources.requests(HeldResources.spec(pod)).toString()).isEqualTo("{cpu=3}");
    }

    @Test
    void aPodThatIsNotBeingResizedHasTheVeryRequestsOfItsSpec() {
        Resource pod =
                read(
                        "{%s,'status':{'containerStatuses':[%s,{'name':'b','resources':{}}]}}"
                                .formatted(SPEC, container("a", "1", "1")));
        assertThat(HeldResources.spec(pod)).isSameAs(pod.spec());
    }

    private static String requests(String status) {
        Resource pod = read("{%s,'status':{%s}}".formatted(SPEC, status));
        String before = pod.tree().toString();
        String requests = PodResources.requests(HeldResources.spec(pod)).toString();
        assertThat(pod.tree().toString()).as("the pod itself stays").isEqualTo(before);
        return requests;
    }

    private static String container(String name, String running, String allocated) {
        return "{'name':'%s','resources':{'requests':{'cpu':'%s'}},'allocatedResources':{'cpu':'%s'}}"
                .formatted(name, running, allocated);
    }

    private static Resource read(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
