package dev.gantry.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkedLinesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void linesAreWholeWhereverChunksEnd(int chunk) throws IOException {
        ChunkedLines lines = new ChunkedLines(body("one\n\n{\"name\":\"m-42\"}\n", chunk));
        List<String> read = new ArrayList<>();
        int number = 0;
        while (lines.next()) {
            read.add(lines.text());
            int name = lines.find("m-".getBytes(StandardCharsets.US_ASCII), 0);
            number = name < 0 ? number : lines.number(name + 2);
        }
        assertThat(read).containsExactly("one", "", "{\"name\":\"m-42\"}");
        assertThat(number).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000})
    void aLineMayBeLongerThanTheBuffer(int chunk) throws IOException {
        String line = "x".repeat(200_000);
        ChunkedLines lines = new ChunkedLines(body(line + "\nend\n", chunk));
        assertThat(lines.next()).isTrue();
        assertThat(lines.text()).isEqualTo(line);
        assertThat(lines.next()).isTrue();
        assertThat(lines.text()).isEqualTo("end");
        assertThat(lines.next()).isFalse();
    }

    private static ByteArrayInputStream body(String text, int chunk) {
        StringBuilder encoded = new StringBuilder();
        for (int at = 0; at < text.length(); at += chunk) {
            String part = text.substring(at, Math.min(text.length(), at + chunk));
            encoded.append(Integer.toHexString(part.length())).append("\r\n");
            encoded.append(part).append("\r\n");
        }
        encoded.append("0\r\n\r\n");
        return new ByteArrayInputStream(encoded.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
