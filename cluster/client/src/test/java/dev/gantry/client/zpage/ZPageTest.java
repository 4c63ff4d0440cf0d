package dev.gantry.client.zpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.version.ServerVersion;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ZPageTest {
    private static final Instant STARTED = Instant.parse("2026-03-05T07:08:09.5Z");

    private final ZPage status =
            StatusPage.of(
                    "kube-apiserver",
                    STARTED,
                    STARTED.plusSeconds(90_061),
                    List.of("/api/v1", "/readyz", "/livez/ping", "/livez", "/openapi/v3", "/", ""));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/plain",
                "text/*",
                "application/json, */*",
                "application/json;v=v9;g=config.k8s.io;as=Statusz,*/*"
            })
    void isTextForPeople(String accept) {
        assertThat(body(status, accept, "text/plain; charset=utf-8"))
                .isEqualTo(
                        """

                        kube-apiserver statusz
                        Warning: This endpoint is not meant to be machine parseable, has no \
                        formatting compatibility guarantees and is for debugging purposes only.

                        Started: Thu Mar  5 07:08:09 UTC 2026
                        Up: 25 hr 01 min 01 sec
                        Go version: %s
                        Binary version: %s
                        Emulation version: 1.36
                        Paths: /livez /readyz
                        """
                                .formatted(ServerVersion.language(), ServerVersion.binary()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1beta1", "v1alpha1"})
    void isAnObjectForToolsThatNameIt(String version) {
        String accept = "application/json;v=%s;g=config.k8s.io;as=Statusz".formatted(version);
        JsonNode object = JsonMapper.shared().readTree(body(status, accept, "application/json"));
        assertThat(object)
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"kind":"Statusz","apiVersion":"config.k8s.io/%s",
                                         "metadata":{"name":"kube-apiserver"},
                                         "startTime":"2026-03-05T07:08:09Z","uptimeSeconds":90061,
                                         "goVersion":"%s","binaryVersion":"%s",
                                         "emulationVersion":"1.36","paths":["/livez","/readyz"]}
                                        """
                                                .formatted(
                                                        version,
                                                        ServerVersion.language(),
                                                        ServerVersion.binary())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;q=0, text/plain;q=0",
                "application/xml",
                "application/json;v=v1beta1;g=config.k8s.io",
                "application/json;v=v1beta1;g=config.k8s.io;as=Flagz",
                "text/plain;v=v1beta1;g=config.k8s.io;as=Statusz",
                "application/vnd.kubernetes.protobuf;v=v1beta1;g=config.k8s.io;as=Statusz"
            })
    void whatIsAskedForWithoutItsNameIsNotAcceptable(String accept) {
        assertThat(status.answer(accept))
                .isEqualTo(
                        new ZPage.Answer.NotAcceptable(
                                "only the following media types are accepted: application/json,"
                                        + " application/yaml, text/plain"));
    }

    @Test
    void flagsAreTextAndYaml() {
        var settings = new TreeMap<String, String>();
        settings.put("gantry.gateway.port", "6443");
        settings.put("gantry.gateway.addresses", "");
        ZPage flags = FlagPage.of("kube-apiserver", settings);
        assertThat(body(flags, "", "text/plain; charset=utf-8"))
                .startsWith("\nkube-apiserver flagz\nWarning: ")
                .endsWith(" only.\ngantry.gateway.addresses=\ngantry.gateway.port=6443\n");
        String accept = "application/yaml;v=v1beta1;g=config.k8s.io;as=Flagz";
        assertThat(body(flags, accept, "application/yaml"))
                .isEqualTo(
                        """
                        kind: Flagz
                        apiVersion: config.k8s.io/v1beta1
                        metadata:
                          name: kube-apiserver
                        flags:
                          gantry.gateway.addresses: ''
                          gantry.gateway.port: '6443'
                        """);
    }

    private static String body(ZPage page, String accept, String contentType) {
        assertThat(page.answer(accept)).isInstanceOf(ZPage.Answer.Page.class);
        var found = (ZPage.Answer.Page) page.answer(accept);
        assertThat(found.contentType()).isEqualTo(contentType);
        return new String(found.body(), UTF_8);
    }
}
