package dev.gantry.agent.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JoinOptionsTest {
    private static final String HASH = "sha256:" + "0a".repeat(32);
    private static final String WHOLE =
            "192.0.2.1:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash " + HASH;

    @Test
    void readsTheCommandAsItWasPrinted() {
        JoinOptions options = parse(WHOLE);
        assertThat(options.server()).isEqualTo("https://192.0.2.1:6443");
        assertThat(options.token().bearer()).isEqualTo("abcdef.0123456789abcdef");
        assertThat(options.authority()).hasToString(HASH);
        assertThat(options.name()).isEmpty();
        assertThat(options.addresses()).isEmpty();
        assertThat(options.life()).isEmpty();
    }

    @Test
    void readsWhatAPersonAdds() {
        JoinOptions options =
                parse(
                        WHOLE
                                + " --node-name=n3 --node-addresses 192.0.2.9,2001:db8::9"
                                + " --root /data --certificate-seconds 600");
        assertThat(options.name()).contains("n3");
        assertThat(options.addresses()).containsExactly("192.0.2.9", "2001:db8::9");
        assertThat(options.root()).isEqualTo(Path.of("/data"));
        assertThat(options.life()).contains(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--token abcdef.0123456789abcdef | which cluster?",
                "a:1 --discovery-token-ca-cert-hash sha256:00 | --token is to be",
                "a:1 --token abcdef.0123456789abcdef | hash is to be",
                "a:1 --tokem x | what is \"--tokem\"?",
                "a:1 b:2 | what is \"b:2\"?",
                "a:1 --token | --token needs a value"
            })
    void saysWhatIsWrong(String line, String words) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(CannotJoin.class)
                .hasMessageContaining(words)
                .hasMessageContaining("Usage:");
    }

    @ParameterizedTest
    @CsvSource({"599", "-1", "0", "ten", "99999999999"})
    void aCertificateHoldsForTenMinutesOrMore(String seconds) {
        assertThatThrownBy(() -> parse(WHOLE + " --certificate-seconds=" + seconds))
                .isInstanceOf(CannotJoin.class)
                .hasMessageContaining("600 or more");
    }

    private static JoinOptions parse(String line) {
        return JoinOptions.parse(List.of(line.split(" ")));
    }
}
