package dev.gantry.model.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GangTest {
    @Test
    void annotationsNameTheGangAndItsSize() {
        Gang gang = Gang.of(pod("'gantry.dev/pod-group':'a','gantry.dev/pod-group-size':'3'", ""));

        assertThat(gang).isEqualTo(new Gang("default", "a", 3));
        assertThat(gang.isForPodGroupToSay()).isFalse();
    }

    @Test
    void theSizeAloneGoesWithTheNameInTheField() {
        assertThat(Gang.of(pod("'gantry.dev/pod-group-size':'3'", "g")))
                .isEqualTo(new Gang("default", "g", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'gantry.dev/pod-group-size':'0'", "'gantry.dev/pod-group':'a'"})
    void withoutASizeItIsForThePodGroupToSay(String annotations) {
        Gang gang = Gang.of(pod(annotations, "g"));

        assertThat(gang).isEqualTo(new Gang("default", "g", 0));
        assertThat(gang.isForPodGroupToSay()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'gantry.dev/pod-group-size':'3'", "'gantry.dev/pod-group':'a'"})
    void halfOfTheAnnotationsBindNobody(String annotations) {
        Gang gang = Gang.of(pod(annotations, ""));

        assertThat(gang.isNone()).isTrue();
        assertThat(gang.isForPodGroupToSay()).isFalse();
    }

    @Test
    void aPodGroupIsAGangByItsPolicy() {
        assertThat(Gang.of(group("'gang':{'minCount':4}"))).isEqualTo(new Gang("default", "g", 4));
        assertThat(Gang.of(group("'basic':{}")).isNone()).isTrue();
    }

    private static PodGroup group(String policy) {
        return PodGroup.of(
                object(
                        "{'metadata':{'namespace':'default','name':'g'},"
                                + "'spec':{'schedulingPolicy':{%s}}}".formatted(policy)));
    }

    private static Resource pod(String annotations, String group) {
        String field =
                group.isEmpty() ? "" : "'schedulingGroup':{'podGroupName':'%s'}".formatted(group);
        return object(
                "{'metadata':{'namespace':'default','name':'p','annotations':{%s}},'spec':{%s}}"
                        .formatted(annotations, field));
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
