package dev.gantry.agent.shell.http;

import static dev.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.shell.http.ServedPod.Run;
import dev.gantry.agent.stream.ChannelProtocol;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** kubectl on one end, containerd on the other: exec, attach and cp. */
@ExtendWith(ServedPod.Shared.class)
final class StreamRouteTest {
    @TempDir private Path folder;
    private final ServedPod web;

    StreamRouteTest(ServedPod web) {
        this.web = web;
    }

    @Test
    void execGivesBothStreamsAndTheExitCode() throws Exception {
        Run run = web.kubectl("exec", "web", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).contains("err\n").contains("exit code 7");
        assertThat(web.kubectl("exec", "web", "-c", "main", "--", "true"))
                .isEqualTo(new Run(0, "", ""));
    }

    @Test
    void execCarriesInputToItsEndAndMuchOutput() throws Exception {
        byte[] much = new byte[3 << 20];
        new Random(7).nextBytes(much);
        Path file = Files.write(folder.resolve("much"), much);
        Path copy = folder.resolve("copy");
        Run run =
                web.shell(
                        "%s exec -i web -- cat < %s > %s"
                                .formatted(web.kubectlCommand(), file, copy));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
    }

    /** As kubectl before 1.31 does, and client-go's executor in other programs today. */
    @Test
    void execOverSpdyGivesStreamsExitCodeAndInputToItsEnd() throws Exception {
        String spdy = "KUBECTL_REMOTE_COMMAND_WEBSOCKETS=false " + web.kubectlCommand();
        Run run = web.shell(spdy + " exec web -- sh -c 'echo out; echo err >&2; exit 7'");
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).contains("err\n").contains("exit code 7");
        byte[] much = new byte[3 << 20];
        new Random(7).nextBytes(much);
        Path file = Files.write(folder.resolve("much"), much);
        Path copy = folder.resolve("copy");
        Run piped = web.shell("%s exec -i web -- cat < %s > %s".formatted(spdy, file, copy));
        assertThat(piped.code()).as(piped.err()).isZero();
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
        Run missing = web.shell(spdy + " exec web -- no-such-program");
        assertThat(missing.err()).contains("no-such-program");
    }

    /** Output and error of a command that fails, as messages of the channels 1, 2 and 3. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '', false, exit
                    channel.k8s.io, false, exit
                    base64.channel.k8s.io, true, exit
                    v4.channel.k8s.io, false, "reason":"NonZeroExitCode"
                    v4.base64.channel.k8s.io, true, "reason":"NonZeroExitCode"
                    v5.channel.k8s.io, false, "reason":"NonZeroExitCode"
                    """)
    void execSpeaksEveryProtocolThatClientsHave(String name, boolean isText, String verdict)
            throws Exception {
        var heard = new Heard();
        String path =
                "/exec/default/web/main?stdout=true&stderr=true&command=sh&command=-c&command="
                        + URLEncoder.encode("echo out; echo err >&2; exit 7", UTF_8);
        try (var http = HttpClient.newBuilder().sslContext(web.gateway()).build()) {
            var builder = http.newWebSocketBuilder();
            var socket =
                    (name.isEmpty() ? builder : builder.subprotocols(name))
                            .buildAsync(web.uri("wss", path), heard)
                            .get();
            assertThat(socket.getSubprotocol()).isEqualTo(name);
            await().until(socket::isInputClosed);
        }
        ChannelProtocol protocol =
                ChannelProtocol.forCommands(name.isEmpty() ? List.of() : List.of(name))
                        .orElseThrow();
        assertThat(heard.on(1, protocol)).isEqualTo("out\n");
        assertThat(heard.on(2, protocol)).isEqualTo("err\n");
        assertThat(heard.on(3, protocol)).contains(verdict);
        assertThat(heard.texts > 0).isEqualTo(isText);
    }

    @Test
    void execOnATerminalKnowsItsSize() throws Exception {
        Run run =
                web.shell(
                        "script -qec 'stty rows 33 cols 77; %s exec -it web -- sh -c \"until stty size | grep -v ^0; do sleep 0.1; done\"' /dev/null"
                                .formatted(web.kubectlCommand()));
        assertThat(run.out()).contains("33 77");
    }

    @Test
    void execOfWhatIsNotThereSaysSo() throws Exception {
        Run run = web.kubectl("exec", "web", "--", "no-such-program");
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("no-such-program");
        assertThat(web.kubectl("exec", "web", "-c", "main", "--", "sh", "-c", "kill -9 $$").code())
                .isEqualTo(137);
    }

    @Test
    void copiesFilesBothWays() throws Exception {
        Path file = Files.writeString(folder.resolve("letter"), "dear pod\n".repeat(1000));
        Path back = folder.resolve("back");
        Run there = web.kubectl("cp", file.toString(), "web:/tmp/letter");
        assertThat(there.code()).as(there.err()).isZero();
        Run again = web.kubectl("cp", "web:/tmp/letter", back.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    }

    @Test
    void attachShowsWhatTheContainerWrites() throws Exception {
        Path said = folder.resolve("said");
        Process attached = web.kubectlTo(said, "attach web");
        try {
            await().until(() -> Files.readString(said).contains("tick\n"));
        } finally {
            attached.destroyForcibly().waitFor();
        }
    }

    @Test
    void attachCarriesInputToAContainerThatReads() throws Exception {
        Path said = folder.resolve("said");
        Process attached = web.kubectlTo(said, "attach -i web -c echo");
        try {
            var letters = attached.outputWriter();
            letters.write("hello\n");
            letters.flush();
            await().until(() -> Files.readString(said).contains("hello\n"));
        } finally {
            attached.destroyForcibly().waitFor();
        }
    }

    /** Keeps whole messages. */
    private static final class Heard implements java.net.http.WebSocket.Listener {
        private final List<byte[]> messages = new CopyOnWriteArrayList<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private volatile int texts;

        @Override
        public @Nullable CompletionStage<?> onText(
                java.net.http.WebSocket socket, CharSequence data, boolean last) {
            texts++;
            return add(socket, data.toString().getBytes(UTF_8), last);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                java.net.http.WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            return add(socket, bytes, last);
        }

        private @Nullable CompletionStage<?> add(
                java.net.http.WebSocket socket, byte[] bytes, boolean last) {
            message.writeBytes(bytes);
            if (last) {
                messages.add(message.toByteArray());
                message.reset();
            }
            socket.request(1);
            return null;
        }

        String on(int channel, ChannelProtocol protocol) {
            var text = new StringBuilder();
            for (byte[] each : messages) {
                if (protocol.channelOf(each) == channel) {
                    text.append(new String(protocol.payloadOf(each).orElseThrow(), UTF_8));
                }
            }
            return text.toString();
        }
    }
}
