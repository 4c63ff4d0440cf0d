package dev.gantry.local.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Mutual TLS with a Kafka broker, as all of its clients speak it. */
public final class KafkaTls {
    private KafkaTls() {}

    /**
     * Client properties.
     *
     * @param keystore where the client finds what {@link #pair} gave
     * @param authority where it finds the authority's certificate
     */
    public static SortedMap<String, String> client(
            String bootstrap, String keystore, String authority) {
        var properties = new TreeMap<String, String>();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("security.protocol", "SSL");
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.location", keystore);
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", authority);
        return properties;
    }

    /** Key and certificate in one text, as Kafka wants a PEM key store. */
    public static String pair(Path pki, String name) throws IOException {
        return Files.readString(pki.resolve(name + ".key"))
                + Files.readString(pki.resolve(name + ".crt"));
    }
}
