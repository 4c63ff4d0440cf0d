package dev.gantry.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class NfsExportTest {
    @Test
    void takesItsOptionsFromThePersistentVolume() {
        Resource volume =
                new Resource(
                        tree(
                                "{'spec':{'mountOptions':['hard','nfsvers=4.1'],"
                                        + "'nfs':{'server':'nas','path':'/data'}}}"));
        assertThat(NfsExport.of(volume, false).options()).containsExactly("hard", "nfsvers=4.1");
        assertThat(NfsExport.of(volume, true).options())
                .containsExactly("hard", "nfsvers=4.1", "ro");
    }

    @Test
    void isReadOnlyWhereEitherSaysSo() {
        assertThat(NfsExport.of(tree("{'server':'nas','path':'/d','readOnly':true}")).options())
                .containsExactly("ro");
    }

    @Test
    void anAddressOfIpv6StandsInBrackets() {
        assertThat(NfsExport.of(tree("{'server':'2001:db8::1','path':'/d'}")).source())
                .isEqualTo("[2001:db8::1]:/d");
    }

    @Test
    void aPathIsNeverTakenForAnOption() {
        NfsExport odd = NfsExport.of(tree("{'server':'nas','path':'/d\\nsuid'}"));
        assertThat(NfsExport.parse(odd.text())).isEqualTo(odd);
        assertThat(odd.folderName())
                .isNotEqualTo(new NfsExport("nas:/d", List.of("suid")).folderName());
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }
}
