package dev.gantry.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
    private final Links links = new Links("/ns/p/proxy", "10.0.0.7:80", "cluster:6443");

    @ParameterizedTest
    @CsvSource({
        "/a,                           /ns/p/proxy/a",
        "/a/,                          /ns/p/proxy/a/",
        "/,                            /ns/p/proxy/",
        "/a%20b?c=/d#/e,               /ns/p/proxy/a%20b?c=/d#/e",
        "http://10.0.0.7/a,            /ns/p/proxy/a",
        "http://10.0.0.7:80/a?b,       /ns/p/proxy/a?b",
        "https://cluster:6443/a,       https://cluster:6443/ns/p/proxy/a",
        "//cluster:6443/a,             //cluster:6443/ns/p/proxy/a",
        "/ns/p/proxy/a,                /ns/p/proxy/a",
        "/../../secrets,               /ns/p/proxy/secrets",
        "//10.0.0.7:80//a/./b/../c,    /ns/p/proxy/a/c"
    })
    void leadThroughTheProxy(String link, String turned) {
        assertThat(links.turned(link)).isEqualTo(turned);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b",
        "../a",
        "?b=/c",
        "#top",
        "''",
        "http://example.com/a",
        "//example.com/a",
        "http://10.0.0.7:8080/a",
        "mailto:a@example.com",
        "javascript:go()",
        "http://10.0.0.7"
    })
    void elsewhereStayAsTheyAre(String link) {
        assertThat(links.turned(link)).isEqualTo(link);
    }
}
