package dev.gantry.acceptance.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Refuses Sites that have nothing to say. */
public final class SiteWebhook {
    private SiteWebhook() {}

    /** Serves on port 8443, with the certificate and the key of that folder. */
    public static void serve(Path folder) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(8443), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(folder)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", SiteWebhook::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            byte[] answer = asked.length == 0 ? asked : judge(asked);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static byte[] judge(byte[] asked) {
        JsonNode review = JsonMapper.shared().readTree(asked);
        boolean isAllowed =
                !review.at("/request/object/spec/message").asString("").contains("nothing");
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.set("apiVersion", review.path("apiVersion"));
        answer.set("kind", review.path("kind"));
        ObjectNode response = answer.putObject("response");
        response.set("uid", review.at("/request/uid"));
        response.put("allowed", isAllowed);
        if (!isAllowed) {
            response.putObject("status").put("message", "a Site has to say something");
        }
        return JsonMapper.shared().writeValueAsBytes(answer);
    }

    private static SSLContext identity(Path folder) throws IOException, GeneralSecurityException {
        Certificate certificate;
        try (var in = Files.newInputStream(folder.resolve("tls.crt"))) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (Reader in = Files.newBufferedReader(folder.resolve("tls.key"));
                var key = new PEMParser(in)) {
            store.setKeyEntry(
                    "webhook",
                    new JcaPEMKeyConverter()
                            .getPrivateKey(((PEMKeyPair) key.readObject()).getPrivateKeyInfo()),
                    new char[0],
                    new Certificate[] {certificate});
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
