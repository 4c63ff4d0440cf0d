package dev.gantry.agent.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.spec.ImageName;
import dev.gantry.model.meta.Resource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RegistryKeyringTest {
    @Test
    void takesTheMoreExactKeyFirst() {
        var keyring =
                keyring(
                        config("reg.example.com", "all"),
                        config("https://reg.example.com/team/", "team"),
                        config("other.example.com", "other"));
        assertThat(users(keyring, "reg.example.com/team/app:1")).containsExactly("team", "all");
        assertThat(users(keyring, "reg.example.com/app")).containsExactly("all");
        assertThat(users(keyring, "none.example.com/app")).isEmpty();
    }

    @Test
    void aStarStandsForOnePartOfAHost() {
        var keyring = keyring(config("*.example.com:5000", "star"));
        assertThat(users(keyring, "reg.example.com:5000/app")).containsExactly("star");
        assertThat(users(keyring, "reg.example.com/app")).isEmpty();
        assertThat(users(keyring, "a.reg.example.com:5000/app")).isEmpty();
    }

    @Test
    void knowsDockerHubByItsOldAddress() {
        var keyring = keyring(config("https://index.docker.io/v1/", "hub"));
        assertThat(users(keyring, "busybox")).containsExactly("hub");
        assertThat(users(keyring, "reg.example.com/busybox")).isEmpty();
    }

    @Test
    void readsTheOlderFormToo() {
        String entry = "{\"reg.example.com\": {\"auth\": \"%s\"}}".formatted(encoded("old:secret"));
        var keyring = keyring(secret(".dockercfg", entry));
        assertThat(keyring.of(ImageName.of("reg.example.com/app")))
                .containsExactly(new RegistryCredentials("old", "secret", "reg.example.com", ""));
    }

    @Test
    void leavesOutWhatIsNoListOfCredentials() {
        var keyring =
                keyring(secret(".dockerconfigjson", "no json"), config("reg.example.com", "good"));
        assertThat(users(keyring, "reg.example.com/app")).containsExactly("good");
    }

    private static List<String> users(RegistryKeyring keyring, String image) {
        return keyring.of(ImageName.of(image)).stream().map(RegistryCredentials::user).toList();
    }

    private static RegistryKeyring keyring(Resource... secrets) {
        return new RegistryKeyring(Arrays.asList(secrets));
    }

    private static Resource config(String server, String user) {
        return secret(
                ".dockerconfigjson",
                "{\"auths\": {\"%s\": {\"username\": \"%s\", \"password\": \"p\"}}}"
                        .formatted(server, user));
    }

    private static Resource secret(String file, String content) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.putObject("data").put(file, encoded(content));
        return new Resource(tree);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
