package dev.gantry.scheduler.snapshot.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.snapshot.Sample;
import org.junit.jupiter.api.Test;

final class PodSightingTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void sidecarsInitContainersAndOverheadCountAsUpstreamCountsThem() {
        PodShape shape =
                shape(
                        """
                        'overhead':{'cpu':'10m'},
                        'initContainers':[
                          {'name':'side','restartPolicy':'Always','resources':{'requests':{'cpu':'100m','memory':'64Mi'}}},
                          {'name':'init','resources':{'requests':{'cpu':'2','memory':'1Mi'}}}],
                        'containers':[{'name':'c','resources':{'requests':
                          {'cpu':'300m','memory':'128Mi','ephemeral-storage':'1Mi','nvidia.com/gpu':'1'}}}]
                        """);

        assertThat(shape.asked().milliCpu()).as("side with init, and overhead").isEqualTo(2110);
        assertThat(shape.asked().memoryBytes()).isEqualTo(192 * MEBIBYTE);
        assertThat(shape.asked().ephemeralBytes()).isEqualTo(MEBIBYTE);
        assertThat(shape.asked().extended()).containsEntry("nvidia.com/gpu", 1L);
    }

    @Test
    void scoresAssumeRequestsForContainersThatHaveNone() {
        PodShape shape =
                shape(
                        "'containers':[{'name':'a'},{'name':'b','resources':{'requests':{'cpu':'1'}}}]");

        assertThat(shape.asked().memoryBytes()).isZero();
        assertThat(shape.scored().milliCpu()).isEqualTo(1100);
        assertThat(shape.scored().memoryBytes()).isEqualTo(400 * MEBIBYTE);
    }

    @Test
    void whatThePodAsksForAsAWholeReplacesWhatItsContainersAskFor() {
        PodShape shape =
                shape(
                        """
                        'resources':{'requests':{'cpu':'2','memory':'1Mi'}},
                        'containers':[{'name':'a'},{'name':'b','resources':{'requests':{'cpu':'1'}}}]
                        """);

        assertThat(shape.asked().milliCpu()).isEqualTo(2000);
        assertThat(shape.scored().milliCpu()).isEqualTo(2000);
        assertThat(shape.scored().memoryBytes()).isEqualTo(MEBIBYTE);
    }

    @Test
    void whereThePodAsksAsAWholeNothingIsAssumedOfWhatSomeContainerAsksFor() {
        PodShape shape =
                shape(
                        """
                        'resources':{'requests':{'cpu':'2'}},
                        'containers':[{'name':'a'},{'name':'b','resources':{'requests':{'memory':'1Mi'}}}]
                        """);

        assertThat(shape.scored().milliCpu()).isEqualTo(2000);
        assertThat(shape.scored().memoryBytes()).isEqualTo(MEBIBYTE);
        assertThat(
                        shape(
                                        "'resources':{'requests':{'cpu':'2'}},'containers':[{'name':'a'},{'name':'b'}]")
                                .scored()
                                .memoryBytes())
                .isEqualTo(400 * MEBIBYTE);
    }

    @Test
    void aPodBeingResizedTakesTheLargerOfWhatItHasAndWhatItAsksFor() {
        PodShape shape =
                PodSighting.of(
                                Sample.object(
                                        """
                                        {'metadata':{'name':'p','namespace':'default','uid':'p'},
                                         'spec':{'nodeName':'n','containers':[{'name':'a',
                                           'resources':{'requests':{'cpu':'1','memory':'2Mi'}}}]},
                                         'status':{'containerStatuses':[{'name':'a',
                                           'allocatedResources':{'cpu':'2','memory':'1Mi'},
                                           'resources':{'requests':{'cpu':'2','memory':'1Mi'}}}]}}
                                        """))
                        .demand()
                        .shape();

        assertThat(shape.asked().milliCpu()).isEqualTo(2000);
        assertThat(shape.asked().memoryBytes()).isEqualTo(2 * MEBIBYTE);
        assertThat(shape.scored()).isEqualTo(shape.asked());
    }

    @Test
    void imagesHaveTheNamesThatNodesHaveForThem() {
        PodShape shape =
                shape(
                        """
                        'containers':[{'name':'a','image':'host:5000/web'},{'name':'b','image':'db:2'},
                          {'name':'c','image':'x@sha256:00'}],
                        'initContainers':[{'name':'i','image':'tool'}],
                        'volumes':[{'name':'t','emptyDir':{}},{'name':'v','image':{'reference':'model'}}]
                        """);

        assertThat(shape.images())
                .containsExactly(
                        "tool:latest",
                        "host:5000/web:latest",
                        "db:2",
                        "x@sha256:00",
                        "model:latest");
    }

    private static PodShape shape(String spec) {
        return PodSighting.of(
                        Sample.object(
                                "{'metadata':{'name':'p','namespace':'n','uid':'u'},'spec':{%s}}"
                                        .formatted(spec)))
                .demand()
                .shape();
    }
}
