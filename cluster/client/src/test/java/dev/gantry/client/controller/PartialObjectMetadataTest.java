package dev.gantry.client.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.json.Trees;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

final class PartialObjectMetadataTest {
    private static final String MAP =
            """
            {"data":{"metadata":"x","kind":"y"},"kind":"ConfigMap","metadata":{"name":"a",\
            "namespace":"n","annotations":{"long":"text"},"managedFields":[{"manager":"m"}],\
            "labels":{"annotations":"kept"},"finalizers":["f"],"ownerReferences":[{"uid":"u",\
            "controller":true}],"resourceVersion":"7"},"apiVersion":"v1","immutable":true}""";
    private static final String PARTIAL =
            """
            {"kind":"ConfigMap","metadata":{"name":"a","namespace":"n",\
            "labels":{"annotations":"kept"},"finalizers":["f"],"ownerReferences":[{"uid":"u",\
            "controller":true}],"resourceVersion":"7"},"apiVersion":"v1"}""";

    @Test
    void hasTheKindAndTheMetadataWithoutAnnotations() {
        assertThat(PartialObjectMetadata.read(MAP.getBytes(UTF_8)).tree()).hasToString(PARTIAL);
    }

    @Test
    void isTheSameOfATextAndOfATreeWhichStaysAsItIs() {
        var whole = new Resource(Trees.read(MAP.getBytes(UTF_8)));

        assertThat(PartialObjectMetadata.of(whole))
                .isEqualTo(PartialObjectMetadata.read(MAP.getBytes(UTF_8)));
        assertThat(whole.tree()).hasToString(MAP);
    }

    @Test
    void ofAnObjectWithoutMetadataThereIsNothing() {
        byte[] json = "{\"spec\":{\"a\":1}}".getBytes(UTF_8);

        assertThat(PartialObjectMetadata.read(json).tree()).isEmpty();
        assertThat(PartialObjectMetadata.of(new Resource(Trees.read(json))).tree()).isEmpty();
    }

    @Test
    void saysNoToWhatIsNoObjectOrEndsWithinItsMetadata() {
        for (String text : new String[] {"[]", "7", "{\"metadata\":{\"name\":"}) {
            assertThatThrownBy(() -> PartialObjectMetadata.read(text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOf(JacksonException.class);
        }
    }
}
