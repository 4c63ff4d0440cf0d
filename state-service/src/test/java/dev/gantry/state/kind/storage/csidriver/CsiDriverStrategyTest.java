package dev.gantry.state.kind.storage.csidriver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CsiDriverStrategyTest {
    @Test
    void warnsWhereTokensMightBeLogged() {
        assertThat(warnings("{\"tokenRequests\":[{\"audience\":\"\"}]}"))
                .containsExactly(
                        "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI"
                                + " driver, set to true to prevent possible logging of tokens in"
                                + " volume attributes");
        assertThat(warnings("{\"tokenRequests\":[]}")).isEmpty();
        assertThat(warnings("{\"tokenRequests\":[{}],\"serviceAccountTokenInSecrets\":false}"))
                .isEmpty();
    }

    private static List<String> warnings(String spec) {
        ObjectNode driver = JsonMapper.shared().createObjectNode();
        driver.set("spec", JsonMapper.shared().readTree(spec));
        return new CsiDriverStrategy().warnings(driver);
    }
}
