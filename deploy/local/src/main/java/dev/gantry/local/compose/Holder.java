package dev.gantry.local.compose;

import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.local.component.KafkaTls;
import dev.gantry.local.component.ServiceProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One container's folder, which it sees as {@code /etc/gantry}.
 *
 * @param folder where it lies for whoever fills it
 * @param user the number of the user that its processes run as
 */
record Holder(Path folder, int user) {
    private static final String SEEN_AS = "/etc/gantry/";

    /** Takes over files of the authority, under their own names. */
    void keep(Path pki, String... names) throws IOException {
        for (String name : names) {
            PrivateFile.write(folder.resolve(name), Files.readString(pki.resolve(name)));
        }
    }

    /** The key store of a client or of the broker. */
    void keepPair(Path pki, String name) throws IOException {
        write("kafka.pem", KafkaTls.pair(pki, name));
    }

    /** Settings that every client of Kafka has, with the certificate of {@code identity}. */
    ServiceProperties kafkaClient(Path pki, String identity) throws IOException {
        keepPair(pki, identity);
        keep(pki, "ca.crt");
        var properties = new ServiceProperties();
        properties.kafka(KafkaTls.client(Compose.KAFKA, seen("kafka.pem"), seen("ca.crt")));
        properties.put("gantry.pki.dir", SEEN_AS);
        return properties;
    }

    void write(String name, String text) throws IOException {
        PrivateFile.write(folder.resolve(name), text);
    }

    static String seen(String name) {
        return SEEN_AS + name;
    }

    /** To be called last: from then on they are the container's own. */
    void giveAway() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Files.setAttribute(each, "unix:uid", user);
                Files.setAttribute(each, "unix:gid", user);
            }
        }
    }
}
