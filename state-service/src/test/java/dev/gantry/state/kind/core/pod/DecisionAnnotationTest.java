package dev.gantry.state.kind.core.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DecisionAnnotationTest {
    private static final String DECIDED = "{'gantry.dev/decision':'kept','note':'theirs'}";

    @Test
    void anUpdateWithoutItLosesNothing() {
        ObjectNode updated = pod("{'note':'new'}");

        new PodStrategy().prepareForUpdate(updated, pod(DECIDED));

        assertThat(annotations(updated))
                .isEqualTo(annotations(pod("{'gantry.dev/decision':'kept','note':'new'}")));
    }

    @Test
    void nobodyForgesIt() {
        ObjectNode forged = pod("{'gantry.dev/decision':'forged'}");
        ObjectNode invented = pod("{'gantry.dev/decision':'forged'}");

        new PodStrategy().prepareForUpdate(forged, pod(DECIDED));
        new PodStrategy().prepareForStatusUpdate(invented, pod("{'note':'theirs'}"));

        assertThat(forged.at("/metadata/annotations/gantry.dev~1decision").asString())
                .isEqualTo("kept");
        assertThat(invented.at("/metadata/annotations").isMissingNode()).isTrue();
    }

    @Test
    void aCopyOfAPodStartsWithoutIt() {
        ObjectNode copy = pod(DECIDED);

        new PodStrategy().prepareForCreate(copy);

        assertThat(annotations(copy)).isEqualTo(annotations(pod("{'note':'theirs'}")));
    }

    private static String annotations(ObjectNode pod) {
        var sorted = new java.util.TreeMap<String, String>();
        pod.at("/metadata/annotations")
                .properties()
                .forEach(each -> sorted.put(each.getKey(), each.getValue().asString()));
        return sorted.toString();
    }

    private static ObjectNode pod(String annotations) {
        String json = "{'metadata':{'name':'p','annotations':%s},'spec':{'containers':[]}}";
        return (ObjectNode)
                JsonMapper.shared().readTree(json.formatted(annotations).replace('\'', '"'));
    }
}
