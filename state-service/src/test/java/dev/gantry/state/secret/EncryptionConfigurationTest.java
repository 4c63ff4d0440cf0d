package dev.gantry.state.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EncryptionConfigurationTest {
    private static final String KMS =
            "{'apiVersion':'v2','name':'vault','endpoint':'unix:///run/k.sock'%s}";

    @Test
    void providersComeInTheirOrder() {
        String keys = "{'keys':[{'name':'a','secret':'AAAAAAAAAAAAAAAAAAAAAA=='}]}";
        var configuration =
                read(
                        "{'kms':%s},{'aesgcm':%s},{'identity':{}}"
                                .formatted(KMS.formatted(",'timeout':'500ms'"), keys));

        assertThat(configuration.providers()).hasSize(3);
        assertThat(configuration.providers().getFirst())
                .isEqualTo(new Provider.Kms("vault", "/run/k.sock", Duration.ofMillis(500)));
        assertThat(configuration.providers().get(1)).isInstanceOf(Provider.AesGcm.class);
        assertThat(configuration.providers().getLast()).isEqualTo(new Provider.Identity());
    }

    @Test
    void aPluginHasThreeSecondsIfNothingIsSaid() {
        assertThat(read("{'kms':%s}".formatted(KMS.formatted(""))).providers())
                .containsExactly(new Provider.Kms("vault", "/run/k.sock", Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'secretbox':{}} | no provider \"secretbox\"",
                "{'kms':{'name':'x','endpoint':'unix:///a'}} | only v2 is supported",
                "{'kms':{'apiVersion':'v2','name':'x','endpoint':'http://a'}} | unix:///PATH",
                "{'kms':{'apiVersion':'v2','endpoint':'unix:///a'}} | name: required",
                "{'kms':{'apiVersion':'v2','name':'x','endpoint':'unix:///a','timeout':'0s'}} | positive time",
                "{'kms':{},'identity':{}} | expected one provider",
                "{'aesgcm':{'keys':[]}} | at least one key",
                "{'aesgcm':{'keys':[{'name':'a','secret':'AAAA'}]}} | 16, 24 or 32 bytes",
                "{'aesgcm':{'keys':[{'name':'a','secret':'?'}]}} | not Base64"
            })
    void saysWhatIsWrong(String provider, String why) {
        assertThatThrownBy(() -> read(provider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatWouldNotBeEncryptedIsRefused() {
        assertThatThrownBy(() -> read("{'identity':{}}", "'secrets','configmaps'"))
                .hasMessageContaining("only \"secrets\" are encrypted, found \"configmaps\"");
        assertThatThrownBy(() -> read("{'identity':{}}", "'*.*'"))
                .hasMessageContaining("only \"secrets\"");
    }

    private static EncryptionConfiguration read(String providers) {
        return read(providers, "'secrets'");
    }

    private static EncryptionConfiguration read(String providers, String resources) {
        String text =
                """
                {'apiVersion':'apiserver.config.k8s.io/v1','kind':'EncryptionConfiguration',
                 'resources':[{'resources':[%s],'providers':[%s]}]}
                """
                        .formatted(resources, providers);
        return EncryptionConfiguration.of(JsonMapper.shared().readTree(text.replace('\'', '"')));
    }
}
