package dev.gantry.state.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EncryptionConfigurationTest {
    private static final String KMS =
            "{'apiVersion':'v2','name':'vault','endpoint':'unix:///run/k.sock'%s}";
    private static final String KEY =
            "{'aesgcm':{'keys':[{'name':'a','secret':'AAAAAAAAAAAAAAAAAAAAAA=='}]}}";

    @Test
    void providersComeInTheirOrder() {
        String keys = "{'keys':[{'name':'a','secret':'AAAAAAAAAAAAAAAAAAAAAA=='}]}";
        var configuration =
                read(
                        "{'kms':%s},{'aesgcm':%s},{'identity':{}}"
                                .formatted(KMS.formatted(",'timeout':'500ms'"), keys));

        List<Provider> providers = configuration.rules().getFirst().providers();
        assertThat(providers).hasSize(3);
        assertThat(providers.getFirst())
                .isEqualTo(new Provider.Kms("vault", "/run/k.sock", Duration.ofMillis(500)));
        assertThat(providers.get(1)).isInstanceOf(Provider.AesGcm.class);
        assertThat(providers.getLast()).isEqualTo(new Provider.Identity());
    }

    @Test
    void aPluginHasThreeSecondsIfNothingIsSaid() {
        assertThat(read("{'kms':%s}".formatted(KMS.formatted(""))).rules())
                .flatExtracting(EncryptionRule::providers)
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
    void theFirstRuleThatConcernsAResourceCounts() {
        var configuration =
                of(
                        rule("'configmaps'", "{'identity':{}}"),
                        rule("'*.','*.example.com','jobs.batch'", KEY),
                        rule("'*.apps'", "{'identity':{}}," + KEY));

        assertThat(configuration.seals(GroupResource.parse("configmaps"))).isFalse();
        assertThat(configuration.seals(GroupResource.parse("pods"))).isTrue();
        assertThat(configuration.seals(GroupResource.parse("widgets.example.com"))).isTrue();
        assertThat(configuration.seals(GroupResource.parse("widgets.of.example.com"))).isFalse();
        assertThat(configuration.seals(GroupResource.parse("jobs.batch"))).isTrue();
        assertThat(configuration.seals(GroupResource.parse("cronjobs.batch"))).isFalse();
        assertThat(configuration.seals(GroupResource.parse("deployments.apps"))).isFalse();
        assertThat(of(rule("'*.*'", KEY)).seals(GroupResource.parse("leases.x.y"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ConfigMaps' | capital letters",
                "'*' | use \"*.\" for the core group",
                "'deployments.*' | across groups",
                "'events.events.k8s.io' | stored as \"events\"",
                "'pods','pods' | named twice",
                "'*.','pods' | named twice, or by its name and by",
                "'*.*','jobs.batch' | named twice, or by its name and by",
                "'*.*','*.' | named twice, or by its name and by"
            })
    void saysWhatCannotBeNamed(String resources, String why) {
        assertThatThrownBy(() -> of(rule(resources, KEY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resources[0].resources")
                .hasMessageContaining(why);
    }

    @Test
    void aPluginHasOneNameInAllRules() {
        String kms = "{'kms':%s}".formatted(KMS.formatted(""));
        assertThatThrownBy(() -> of(rule("'secrets'", kms), rule("'configmaps'", kms)))
                .hasMessageContaining("two KMS providers are named vault");
        assertThatThrownBy(() -> of()).hasMessageContaining("at least one item is required");
    }

    private static EncryptionConfiguration read(String providers) {
        return of(rule("'secrets'", providers));
    }

    private static String rule(String resources, String providers) {
        return "{'resources':[%s],'providers':[%s]}".formatted(resources, providers);
    }

    private static EncryptionConfiguration of(String... rules) {
        String text =
                """
                {'apiVersion':'apiserver.config.k8s.io/v1','kind':'EncryptionConfiguration',
                 'resources':[%s]}
                """
                        .formatted(String.join(",", rules));
        return EncryptionConfiguration.of(JsonMapper.shared().readTree(text.replace('\'', '"')));
    }
}
