package dev.gantry.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "busybox,docker.io,library/busybox",
        "busybox:1.36,docker.io,library/busybox",
        "team/app,docker.io,team/app",
        "index.docker.io/team/app:v1,docker.io,team/app",
        "localhost/app,localhost,app",
        "registry.k8s.io/e2e/agnhost:2.63.0,registry.k8s.io,e2e/agnhost",
        "10.0.0.1:5000/a/b,10.0.0.1:5000,a/b"
    })
    void findsRegistryAndRepository(String text, String registry, String repository) {
        assertThat(ImageName.of(text)).isEqualTo(new ImageName(registry, repository));
        assertThat(ImageName.problem(text)).isEmpty();
        assertThat(ImageName.of(text + DIGEST)).isEqualTo(ImageName.of(text));
        assertThat(ImageName.problem(text + DIGEST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a//b", "a:", "a:t:u", "-a", "a@sha256:12", "host.io:x/a", "a/"})
    void saysWhatIsNoName(String text) {
        assertThat(ImageName.problem(text)).hasValue("invalid reference format");
    }

    @Test
    void namesOfRepositoriesAreInLowerCase() {
        assertThat(ImageName.problem("Busybox"))
                .hasValue(
                        "invalid reference format: repository name (library/Busybox) must be lowercase");
    }
}
