package dev.gantry.scheduler.snapshot.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.snapshot.Sample;
import org.junit.jupiter.api.Test;

final class PodSightingTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void sidecarsInitContainersAndOverheadCountAsUpstreamCountsThem() {
        PodSignature signature =
                signature(
                        """
                        'overhead':{'cpu':'10m'},
                        'initContainers':[
                          {'name':'side','restartPolicy':'Always','resources':{'requests':{'cpu':'100m','memory':'64Mi'}}},
                          {'name':'init','resources':{'requests':{'cpu':'2','memory':'1Mi'}}}],
                        'containers':[{'name':'c','resources':{'requests':
                          {'cpu':'300m','memory':'128Mi','ephemeral-storage':'1Mi','nvidia.com/gpu':'1'}}}]
                        """);

        assertThat(signature.asked().milliCpu()).as("side with init, and overhead").isEqualTo(2110);
        assertThat(signature.asked().memoryBytes()).isEqualTo(192 * MEBIBYTE);
        assertThat(signature.asked().ephemeralBytes()).isEqualTo(MEBIBYTE);
        assertThat(signature.asked().extended()).containsEntry("nvidia.com/gpu", 1L);
    }

    @Test
    void scoresAssumeRequestsForContainersThatHaveNone() {
        PodSignature signature =
                signature(
                        "'containers':[{'name':'a'},{'name':'b','resources':{'requests':{'cpu':'1'}}}]");

        assertThat(signature.asked().memoryBytes()).isZero();
        assertThat(signature.scored().milliCpu()).isEqualTo(1100);
        assertThat(signature.scored().memoryBytes()).isEqualTo(400 * MEBIBYTE);
    }

    @Test
    void whatThePodAsksForAsAWholeReplacesWhatItsContainersAskFor() {
        PodSignature signature =
                signature(
                        """
                        'resources':{'requests':{'cpu':'2','memory':'1Mi'}},
                        'containers':[{'name':'a'},{'name':'b','resources':{'requests':{'cpu':'1'}}}]
                        """);

        assertThat(signature.asked().milliCpu()).isEqualTo(2000);
        assertThat(signature.scored().milliCpu()).isEqualTo(2000);
        assertThat(signature.scored().memoryBytes()).isEqualTo(MEBIBYTE);
    }

    @Test
    void whereThePodAsksAsAWholeNothingIsAssumedOfWhatSomeContainerAsksFor() {
        PodSignature signature =
                signature(
                        """
                        'resources':{'requests':{'cpu':'2'}},
                        'containers':[{'name':'a'},{'name':'b','resources':{'requests':{'memory':'1Mi'}}}]
                        """);

        assertThat(signature.scored().milliCpu()).isEqualTo(2000);
        assertThat(signature.scored().memoryBytes()).isEqualTo(MEBIBYTE);
        assertThat(
                        signature(
                                        "'resources':{'requests':{'cpu':'2'}},'containers':[{'name':'a'},{'name':'b'}]")
                                .scored()
                                .memoryBytes())
                .isEqualTo(400 * MEBIBYTE);
    }

    @Test
    void aPodBeingResizedTakesTheLargerOfWhatItHasAndWhatItAsksFor() {
        PodSignature signature =
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
                        .info()
                        .signature();

        assertThat(signature.asked().milliCpu()).isEqualTo(2000);
        assertThat(signature.asked().memoryBytes()).isEqualTo(2 * MEBIBYTE);
        assertThat(signature.scored()).isEqualTo(signature.asked());
    }

    @Test
    void imagesHaveTheNamesThatNodesHaveForThem() {
        PodSignature signature =
                signature(
                        """
                        'containers':[{'name':'a','image':'host:5000/web'},{'name':'b','image':'db:2'},
                          {'name':'c','image':'x@sha256:00'}],
                        'initContainers':[{'name':'i','image':'tool'}],
                        'volumes':[{'name':'t','emptyDir':{}},{'name':'v','image':{'reference':'model'}}]
                        """);

        assertThat(signature.images())
                .containsExactly(
                        "tool:latest",
                        "host:5000/web:latest",
                        "db:2",
                        "x@sha256:00",
                        "model:latest");
    }

    private static PodSignature signature(String spec) {
        return PodSighting.of(
                        Sample.object(
                                "{'metadata':{'name':'p','namespace':'n','uid':'u'},'spec':{%s}}"
                                        .formatted(spec)))
                .info()
                .signature();
    }
}
