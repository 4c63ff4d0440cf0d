package dev.gantry.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlLinksTest {
    private static final Links LINKS = new Links("/p", "10.0.0.7:80", "cluster");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <a href="/x">y</a>                  | <a href="/p/x">y</a>
                    <A  HREF = '/x' >                   | <A  HREF = '/p/x' >
                    <a href=/x>                         | <a href=/p/x>
                    <a href=/x/>                        | <a href=/p/x/>
                    <img src="/a" alt="/b" longdesc=/c> | <img src="/p/a" alt="/b" longdesc=/p/c>
                    <form method=post action="/do">     | <form method=post action="/p/do">
                    <script src="/s.js">"<a href='/x'>"</script> <a href=/y> | <script src="/p/s.js">"<a href='/x'>"</script> <a href=/p/y>
                    <a href="/x?a=1&amp;b=2">           | <a href="/p/x?a=1&amp;b=2">
                    <a title=">" href="/x">             | <a title=">" href="/p/x">
                    <br/><link href="/x"/>              | <br/><link href="/p/x"/>
                    """)
    void leadThroughTheProxy(String page, String turned) {
        assertThat(turned(page, page.length())).isEqualTo(turned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text, 1 < 2 & 3 > 2 <",
                "<p href=\"/x\">no link</p>",
                "<!-- <a href=\"/x\"> --><!DOCTYPE html><?php <a href='/x'?>",
                "<a href=\"x\"><a href='http://example.com/'>",
                "</a href=\"/x\">",
                "<textarea><a href=\"/x\"></textarea>",
                "<title><a href=\"/x\">",
                "<a href=\"/never ends",
                "<a href",
                "<a =x = y>",
                "grüße 漢字 <b class='ü'>"
            })
    void everythingElsePassesAsItIs(String page) {
        assertThat(turned(page, page.length())).isEqualTo(page);
    }

    @Test
    void piecesMakeNoDifference() {
        String page =
                "<!DOCTYPE html><html manifest='/m'><!-- <a href=/no> --><body background=/b>"
                        + "<script>if (a<b) '</scrip'</script><a href=\"/x&#39;y\">ü</a></body></html>";
        String whole = turned(page, page.length() * 2);
        assertThat(whole)
                .contains("manifest='/p/m'", "=/p/b", "href=\"/p/x&#39;y\"", "<a href=/no>");
        for (int size = 1; size < 40; size++) {
            assertThat(turned(page, size)).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void holdsNoMoreBackThanATag() {
        var html = new HtmlLinks(LINKS);
        byte[] piece = "<a href=\"".getBytes(UTF_8);
        byte[] endless = "x".repeat(10_000).getBytes(UTF_8);
        int came = html.turned(piece).length;
        for (int i = 0; i < 100; i++) {
            came += html.turned(endless).length;
        }
        assertThat(came).isGreaterThan(900_000);
    }

    private static String turned(String page, int size) {
        var html = new HtmlLinks(LINKS);
        var out = new ByteArrayOutputStream();
        byte[] bytes = page.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            int end = Math.min(bytes.length, at + size);
            out.writeBytes(html.turned(Arrays.copyOfRange(bytes, at, end)));
        }
        out.writeBytes(html.rest());
        return out.toString(UTF_8);
    }
}
