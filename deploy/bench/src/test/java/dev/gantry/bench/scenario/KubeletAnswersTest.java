package dev.gantry.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.bench.client.Burst.Request;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class KubeletAnswersTest {
    private static final String PATH = "/api/v1/namespaces/ns/pods/p";

    private final KubeletAnswers answers = new KubeletAnswers();

    @Test
    void aPodWithoutANodeIsNobodys() {
        assertThat(heard("ADDED", "", "'spec':{}")).isEmpty();
    }

    @Test
    void aBoundPodIsReadyOnce() {
        Request told = heard("MODIFIED", "", "'spec':{'nodeName':'n'}").orElseThrow();
        assertThat(told.method()).isEqualTo("PATCH");
        assertThat(told.path()).isEqualTo(PATH + "/status");
        assertThat(told.body()).contains("\"Running\"", "\"podIP\":\"100.64.0.2\"", "\"True\"");
        assertThat(heard("MODIFIED", "", "'spec':{'nodeName':'n'}")).isEmpty();
    }

    @Test
    void aPodOfAJobHasEnded() {
        String spec = "'spec':{'nodeName':'n','restartPolicy':'Never'}";
        assertThat(heard("ADDED", "", spec).orElseThrow().body()).contains("Succeeded");
    }

    @Test
    void aPodThatGoesIsGoneAtOnceAndForgotten() {
        heard("ADDED", "", "'spec':{'nodeName':'n'}");
        String going = ",'deletionTimestamp':'2026-01-01T00:00:00Z'";
        assertThat(heard("MODIFIED", going, "'spec':{'nodeName':'n'}"))
                .contains(new Request("DELETE", PATH + "?gracePeriodSeconds=0", ""));
        assertThat(heard("MODIFIED", going, "'spec':{'nodeName':'n'}")).isEmpty();
        assertThat(heard("DELETED", going, "'spec':{'nodeName':'n'}")).isEmpty();
        assertThat(heard("ADDED", "", "'spec':{'nodeName':'n'}")).isPresent();
    }

    private Optional<Request> heard(String type, String metadata, String spec) {
        String event =
                "{'type':'%s','object':{'metadata':{'name':'p','namespace':'ns','uid':'u'%s},%s}}"
                        .formatted(type, metadata, spec);
        return answers.to(JsonMapper.shared().readTree(event.replace('\'', '"')));
    }
}
