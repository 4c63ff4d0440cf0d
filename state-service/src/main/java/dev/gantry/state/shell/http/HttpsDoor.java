package dev.gantry.state.shell.http;

import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.model.exchange.ApiBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/** Tomcat on virtual threads, with one servlet: HTTPS, client certificate required. */
public final class HttpsDoor implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 65_536;
    private static final int MOST_HEADER_BYTES = 64 * 1024;

    private final Tomcat tomcat;
    private final Path base;

    /**
     * @param port 0 for any
     */
    public record Place(String address, int port) {}

    /** PEM files: who this server is, and whose certificates it takes. */
    public record Identity(Path certificate, Path key, Path authority) {}

    private HttpsDoor(Tomcat tomcat, Path base) {
        this.tomcat = tomcat;
        this.base = base;
    }

    public static HttpsDoor open(ApiBackend backend, Place place, Identity identity) {
        try {
            Path base = Files.createTempDirectory("gantry-state");
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(base.toString());
            tomcat.setConnector(connector(place, identity));
            Context context = tomcat.addContext("", base.toString());
            ((StandardHost) tomcat.getHost()).setErrorReportValveClass("");
            var wrapper = Tomcat.addServlet(context, "api", new ApiServlet(backend));
            wrapper.setAsyncSupported(false);
            wrapper.addMapping("/*");
            tomcat.start();
            return new HttpsDoor(tomcat, base);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (LifecycleException fault) {
            throw new IllegalStateException("the HTTPS port cannot be opened: " + place, fault);
        }
    }

    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            try (var files = Files.walk(base)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(HttpsDoor::delete);
            }
        } catch (IOException | LifecycleException fault) {
            throw new IllegalStateException("the HTTPS port cannot be closed", fault);
        }
    }

    private static Connector connector(Place place, Identity identity) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(place.port);
        connector.setProperty("address", place.address);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("SSLEnabled", "true");
        // A watch holds its connection (or its stream) for an hour: thousands of them are normal.
        connector.setProperty("maxConnections", Integer.toString(MOST_CONNECTIONS));
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(MOST_HEADER_BYTES));
        connector.setProperty("maxHttpResponseHeaderSize", Integer.toString(MOST_HEADER_BYTES));
        // The gateway hands queries on as its clients wrote them.
        connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
        // The path of an object may hold an encoded slash; it is the API that judges paths.
        connector.setEncodedSolidusHandling("decode");
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        tls.setCertificateVerification("required");
        // Set as a store: a file of authorities is for OpenSSL, and without a store the JDK's own
        // list of public authorities would count.
        tls.setTrustStore(new PemFile(identity.authority).trusted());
        SSLHostConfigCertificate own =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.EC);
        own.setCertificateFile(identity.certificate.toAbsolutePath().toString());
        own.setCertificateKeyFile(identity.key.toAbsolutePath().toString());
        tls.addCertificate(own);
        connector.addSslHostConfig(tls);
        connector.addUpgradeProtocol(http2());
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setExecutor(new VirtualThreadExecutor("state-https-"));
        }
        return connector;
    }

    /** The one client is trusted, and keeps many streams open that rarely say something. */
    private static Http2Protocol http2() {
        Http2Protocol http2 = new Http2Protocol();
        http2.setMaxConcurrentStreams(MOST_CONNECTIONS);
        http2.setMaxConcurrentStreamExecution(MOST_CONNECTIONS);
        // Ended watches are reset streams: a sign of life, not of an attack.
        http2.setOverheadCountFactor(0);
        http2.setOverheadResetFactor(0);
        http2.setOverheadWindowUpdateThreshold(0);
        return http2;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
