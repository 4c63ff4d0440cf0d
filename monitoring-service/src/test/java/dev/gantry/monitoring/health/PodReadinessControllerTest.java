package dev.gantry.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.monitoring.heartbeat.EchoCheck;
import dev.gantry.monitoring.heartbeat.Heartbeats;
import dev.gantry.monitoring.heartbeat.LastHeartbeat;
import dev.gantry.monitoring.heartbeat.SilenceCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodReadinessControllerTest {
    private static final ObjectKey NODE = new ObjectKey(Resources.NODES, "", "n");

    @ParameterizedTest
    @CsvSource({
        "True,false,0",
        "False,false,2",
        "False,true,2",
        "Unknown,false,2",
        "Unknown,true,0"
    })
    void podsAreMarkedWhereTheNodeIsNotReadyOrSilentBeyondDoubt(
            String readiness, boolean isMassSilence, int actions) {
        var controller = new PodReadinessController(new Silence(isMassSilence));
        List<Action> found =
                controller.reconcile(NODE, new Cluster(readiness), Sample.NOW).actions();
        assertThat(found).hasSize(actions);
    }

    @Test
    void aNodeThatWasNeverHeardOfIsLeftAlone() {
        var controller = new PodReadinessController(new Silence(false));
        assertThat(controller.reconcile(NODE, new Cluster(""), Sample.NOW).actions()).isEmpty();
    }

    /** One node with one pod that is ready. */
    private record Cluster(String readiness) implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            String conditions = "{'type':'Ready','status':'%s'}".formatted(readiness);
            return Optional.of(
                    Sample.object(
                            "{'metadata':{'name':'n'},'status':{'conditions':[%s]}}"
                                    .formatted(readiness.isEmpty() ? "" : conditions)));
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return List.of(
                    Sample.object(
                            """
                            {'metadata':{'name':'p','namespace':'default','uid':'u'},'spec':{'nodeName':'n'},
                             'status':{'conditions':[{'type':'Ready','status':'True'},{'type':'ContainersReady','status':'True'}]}}
                            """));
        }
    }

    private record Silence(boolean isMass) implements Heartbeats {
        @Override
        public Optional<LastHeartbeat> of(String node) {
            return Optional.empty();
        }

        @Override
        public EchoCheck echoCheck() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(10);
        }

        @Override
        public SilenceCount silenceCount() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isMassSilence(Instant now) {
            return isMass;
        }
    }
}
