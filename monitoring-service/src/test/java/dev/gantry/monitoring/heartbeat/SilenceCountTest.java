package dev.gantry.monitoring.heartbeat;

import static dev.gantry.monitoring.heartbeat.Echoes.START;
import static dev.gantry.monitoring.heartbeat.Echoes.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.health.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class SilenceCountTest {
    private final Heard heard = new Heard();
    private final List<Resource> nodes = new ArrayList<>();

    @Test
    void aNodeIsQuietAfterHalfThePatience() {
        join("a", 100);
        join("b", 95);

        assertThat(silenceCount(99)).isEqualTo(new SilenceCount(2, 0));
        assertThat(silenceCount(100)).isEqualTo(new SilenceCount(2, 1));
        assertThat(silenceCount(105)).isEqualTo(new SilenceCount(2, 2));
    }

    @Test
    void whatSilencesAllNodesIsSeenBeforeTheFirstOfThemIsSilent() {
        for (int number = 0; number < 10; number++) {
            join("n" + number, 98 + number / 5);
        }

        assertThat(heard.silentAt(nodes.getFirst(), at(104))).contains(at(108));
        assertThat(silenceCount(104).isMass()).isTrue();
    }

    @Test
    void nodesThatNobodyRunsAreNotToBeHeard() {
        join("a", 100);
        nodes.add(
                Sample.object(
                        "{'metadata':{'name':'s','annotations':{'gantry.dev/simulated':'true'}}}"));

        assertThat(silenceCount(130)).isEqualTo(new SilenceCount(1, 1));
    }

    @Test
    void ofTwoNodesOneMayFail() {
        assertThat(new SilenceCount(2, 1).isMass()).isFalse();
        assertThat(new SilenceCount(1, 1).isMass()).isTrue();
        assertThat(SilenceCount.NONE.isMass()).isFalse();
    }

    @Test
    void silenceSpeaksAgainstUsUntilWeHaveListenedForAsLongAsOurPatienceLasts() {
        heard.echoCheck = Echoes.between(0, 10);
        assertThat(heard.isMassSilence(at(9))).isTrue();
        assertThat(heard.isMassSilence(at(10))).isFalse();
    }

    @Test
    void silenceSpeaksAgainstUsWhileWeAreDeaf() {
        assertThat(heard.isMassSilence(at(201))).isFalse();
        assertThat(heard.isMassSilence(at(207))).isTrue();
    }

    @Test
    void aDecisionAboutSilenceAsksNoNode() {
        join("a", 100);
        heard.silenceCount = silenceCount(200);
        heard.asked = 0;

        assertThat(heard.isMassSilence(at(200))).isTrue();
        assertThat(heard.asked).isZero();
    }

    private SilenceCount silenceCount(int second) {
        return SilenceCount.of(nodes, heard, at(second));
    }

    private void join(String name, int heardAt) {
        nodes.add(Sample.object("{'metadata':{'name':'" + name + "'}}"));
        var json = JsonNodeFactory.instance;
        var beat =
                new Heartbeat(
                        name, 1, START, json.arrayNode(), json.objectNode(), json.objectNode());
        heard.heartbeats.put(name, new LastHeartbeat(beat, at(heardAt)));
    }

    /** Heard every echo so far; counts what it is asked for. */
    private static final class Heard implements Heartbeats {
        private final Map<String, LastHeartbeat> heartbeats = new TreeMap<>();
        private EchoCheck echoCheck = Echoes.between(0, 200);
        private SilenceCount silenceCount = SilenceCount.NONE;
        private int asked;

        @Override
        public Optional<LastHeartbeat> of(String node) {
            asked++;
            return Optional.ofNullable(heartbeats.get(node));
        }

        @Override
        public EchoCheck echoCheck() {
            return echoCheck;
        }

        @Override
        public SilenceCount silenceCount() {
            return silenceCount;
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(10);
        }
    }
}
