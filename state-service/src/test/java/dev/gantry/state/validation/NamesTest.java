package dev.gantry.state.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b", "0", "a0", "123-abc"})
    void acceptsLabels(String text) {
        assertThat(Names.dnsLabel(text)).isEmpty();
        assertThat(Names.dnsSubdomain(text + "." + text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "ä", "a b", "a\n"})
    void refusesWhatIsNoLabel(String text) {
        assertThat(Names.dnsLabel(text)).containsExactly(Names.NOT_A_LABEL);
        assertThat(Names.dnsSubdomain(text)).containsExactly(Names.NOT_A_SUBDOMAIN);
    }

    @Test
    void tellsDotsFromOtherFaults() {
        assertThat(Names.dnsLabel("a.b")).containsExactly("must not contain dots");
        assertThat(Names.dnsSubdomain("a..b")).containsExactly(Names.NOT_A_SUBDOMAIN);
    }

    @Test
    void countsBytes() {
        assertThat(Names.dnsLabel("a".repeat(64)))
                .containsExactly("must be no more than 63 characters");
        assertThat(Names.dnsSubdomain("a".repeat(254)))
                .containsExactly("must be no more than 253 characters");
    }

    @Test
    void survivesHugeNames() {
        assertThat(Names.dnsSubdomain("a.".repeat(500_000) + "a")).hasSize(1);
    }

    @Test
    void servicesStartWithALetter() {
        assertThat(Names.dns1035Label("web-1")).isEmpty();
        assertThat(Names.dns1035Label("1-web")).hasSize(1);
        assertThat(Names.dns1035Label("")).hasSize(1);
    }

    @Test
    void qualifiedNamesHaveAtMostOnePrefix() {
        assertThat(Names.qualified("example.com/Name_1.x")).isEmpty();
        assertThat(Names.qualified("/name")).containsExactly("prefix part must be non-empty");
        assertThat(Names.qualified("a/b/c"))
                .singleElement()
                .asString()
                .startsWith("a valid label key");
        assertThat(Names.qualified("a/" + "b".repeat(64)))
                .containsExactly("name part must be no more than 63 bytes");
    }

    @Test
    void prefixesMayEndInADash() {
        assertThat(Names.maskTrailingDash("web-")).isEqualTo("wea");
        assertThat(Names.maskTrailingDash("-")).isEqualTo("-");
    }

    @Test
    void rolesMayHaveAnyNameThatAPathCanHold() {
        assertThat(Names.pathSegment("system:controller:x y")).isEmpty();
        assertThat(Names.pathSegment("a/b%"))
                .containsExactly("may not contain '/'", "may not contain '%'");
        assertThat(Names.pathSegment("..")).containsExactly("may not be '..'");
    }
}
