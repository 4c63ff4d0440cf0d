package dev.gantry.state.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.Samples;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MaskingTest {
    private static final ObjectKey WIDGET =
            new ObjectKey(new GroupResource("example.com", "widgets"), "default", "w");

    private final ObjectEncoder everything =
            new ObjectEncoder(BuiltinKinds.CATALOG.concealing(_ -> true));
    private final ObjectEncoder nothing = new ObjectEncoder(BuiltinKinds.CATALOG);

    @Test
    void ofASecretTheNamesOfItsValuesStay() {
        ObjectKey key = Samples.key(Kinds.SECRET, "default", "s");
        Resource secret = Samples.object(Kinds.SECRET, key);
        secret.tree().put("type", "Opaque").putObject("data").put("a", "eA==");
        String shown = text(Masking.masked(nothing.encode(key, secret), nothing));
        assertThat(shown).contains("\"type\":\"Opaque\"", "\"data\":{\"a\":\"\"}");
    }

    @Test
    void ofOthersOnlyTheMetadataStays() {
        assertThat(text(Masking.masked(widget(everything), everything)))
                .contains("\"labels\":{\"l\":\"v\"}")
                .doesNotContain("spec", "status", "hidden");
        assertThat(text(Masking.masked(widget(nothing), nothing))).contains("hidden");
    }

    @Test
    void theFeedTellsWhatPartsOfThePlatformRead() {
        EncodedObject map =
                everything.encode(Samples.configMap("m"), Samples.configMapWith("m", "hidden"));
        assertThat(text(Masking.told(map, everything))).contains("hidden");
        assertThat(text(Masking.told(widget(everything), everything))).doesNotContain("hidden");
    }

    private static EncodedObject widget(ObjectEncoder encoder) {
        String json =
                """
                {"apiVersion":"example.com/v1","kind":"Widget",
                 "metadata":{"name":"w","namespace":"default","labels":{"l":"v"},
                   "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"hidden"}},
                 "spec":{"x":"hidden"},"status":{"y":"hidden"}}
                """;
        return encoder.encode(
                WIDGET, new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }

    private static String text(EncodedObject object) {
        return object.decode().tree().toString();
    }
}
