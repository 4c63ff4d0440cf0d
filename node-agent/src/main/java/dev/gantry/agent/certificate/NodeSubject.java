package dev.gantry.agent.certificate;

import java.util.List;
import java.util.stream.Stream;

/**
 * The subject of a node's certificates.
 *
 * @param addresses IP addresses that its server is reached at
 */
public record NodeSubject(String node, List<String> addresses) {
    public static final String ORGANIZATION = "system:nodes";

    public String commonName() {
        return "system:node:" + node;
    }

    /** Names and addresses that a certificate says of itself; a client's says none. */
    public List<String> namesIn(NodeCertificate certificate) {
        return switch (certificate) {
            case CLIENT -> List.of();
            case SERVING -> Stream.concat(Stream.of(node), addresses.stream()).toList();
        };
    }
}
