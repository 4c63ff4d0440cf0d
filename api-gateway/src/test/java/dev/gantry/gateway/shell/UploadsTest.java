package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Uploads that break off, or never go on. */
@Timeout(180)
class UploadsTest {
    private static final String PATH = "/api/v1/namespaces/default/configmaps";
    private static final int LARGEST = 3 << 20;

    /** More than all bodies together may hold, were they counted by what they announce. */
    private static final int MANY = 70;

    private static final Logger HTTP =
            (Logger) LoggerFactory.getLogger("dev.gantry.gateway.shell.http");
    private static final Logger NETTY = (Logger) LoggerFactory.getLogger("reactor.netty");

    @TempDir Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder);
        gateway.grant("Group", "writers", "configmaps", "create");
        gateway.restart();
    }

    @AfterEach
    void stop() {
        HTTP.setLevel(null);
        HTTP.detachAndStopAllAppenders();
        NETTY.detachAndStopAllAppenders();
        gateway.close();
    }

    @Test
    void theUnauthenticatedAreRefusedBeforeTheySendABody() throws Exception {
        try (Socket socket = upload(nobody(), "Authorization: Bearer rubbish\r\n", LARGEST, 0)) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 401 ");
        }
        try (Socket socket = upload(nobody(), "", LARGEST, 0)) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 403 ");
        }
        SSLContext jane = gateway.pki.clientOf("CN=jane");
        try (Socket socket = upload(jane, "Expect: 100-continue\r\n", LARGEST, 0)) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void whatBreaksOffTakesNothingWithIt() throws Exception {
        SSLContext nobody = nobody();
        for (int i = 0; i < MANY; i++) {
            upload(nobody, "Authorization: Bearer rubbish\r\n", LARGEST, 1000).close();
        }
        var events = listen();
        SSLContext admin = gateway.admin();
        for (int i = 0; i < MANY; i++) {
            upload(admin, "", LARGEST, 1 << 20).close();
        }
        String body = "{\"kind\":\"ConfigMap\",\"data\":{\"a\":\"" + "x".repeat(2 << 20) + "\"}}";
        Patience.await()
                .untilAsserted(
                        () ->
                                assertThat(gateway.post(admin, PATH, body).statusCode())
                                        .isEqualTo(201));
        Patience.await()
                .until(
                        () ->
                                heardBy(events).stream()
                                        .anyMatch(each -> each.getMessage().contains("broke off")));
        assertThat(heardBy(events)).allMatch(each -> each.getThrowableProxy() == null);
    }

    @Test
    void whoStopsInTheMiddleHinderNobodyElse() throws Exception {
        SSLContext jane = gateway.pki.clientOf("CN=jane,O=writers");
        SSLContext joe = gateway.pki.clientOf("CN=joe,O=writers");
        String small = "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}";
        Patience.await()
                .untilAsserted(
                        () ->
                                assertThat(gateway.post(joe, PATH, small).statusCode())
                                        .isEqualTo(201));
        List<Socket> stuck = new ArrayList<>();
        var answers = new LinkedBlockingQueue<String>();
        try {
            for (int i = 0; i < 12; i++) {
                Socket socket = upload(jane, "", LARGEST, LARGEST - 1);
                stuck.add(socket);
                Thread.ofVirtual().start(() -> answers.add(heard(socket)));
            }
            // One of them was told that she has too much under way: which, is open.
            assertThat(answers.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .startsWith("HTTP/1.1 429 ");
            assertThat(gateway.post(jane, PATH, small).statusCode()).isIn(201, 429);
            assertThat(gateway.post(joe, PATH, small).statusCode()).isEqualTo(201);
        } finally {
            for (Socket each : stuck) {
                each.close();
            }
        }
        Patience.await()
                .untilAsserted(
                        () ->
                                assertThat(gateway.post(jane, PATH, small).statusCode())
                                        .isEqualTo(201));
    }

    @Test
    void theTimeForARequestIncludesThatForItsBody() throws Exception {
        String line = "POST " + PATH + "?timeout=300ms HTTP/1.1\r\n";
        try (Socket socket = send(gateway.admin(), line, "", LARGEST, 1000)) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 504 ");
        }
    }

    private SSLContext nobody() throws Exception {
        return gateway.pki.anonymousClient();
    }

    private Socket upload(SSLContext tls, String headers, int announced, int sent)
            throws IOException {
        return send(tls, "POST " + PATH + " HTTP/1.1\r\n", headers, announced, sent);
    }

    private Socket send(SSLContext tls, String line, String headers, int announced, int sent)
            throws IOException {
        Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", gateway.port());
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        String head =
                line
                        + headers
                        + "Host: gateway\r\nContent-Type: application/json\r\nContent-Length: "
                        + announced
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        try {
            socket.getOutputStream().write(new byte[sent]);
        } catch (IOException refusedMeanwhile) {
            assertThat(socket.isConnected()).isTrue();
        }
        return socket;
    }

    private static String heard(Socket socket) {
        try {
            return answer(socket);
        } catch (IOException ended) {
            return ended.toString();
        }
    }

    private static String answer(Socket socket) throws IOException {
        byte[] some = new byte[4096];
        int read = socket.getInputStream().read(some);
        return read < 0 ? "" : new String(some, 0, read, UTF_8);
    }

    /** An appender adds under its own lock. */
    private static List<ILoggingEvent> heardBy(ListAppender<ILoggingEvent> appender) {
        synchronized (appender) {
            return List.copyOf(appender.list);
        }
    }

    private ListAppender<ILoggingEvent> listen() {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        HTTP.setLevel(Level.DEBUG);
        HTTP.addAppender(appender);
        NETTY.addAppender(appender);
        return appender;
    }
}
